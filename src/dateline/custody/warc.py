"""Web archives: WARC records (ISO 28500, WARC/1.1), each gzipped on its own, as is usual in web archives."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Sequence

#: The UUID namespace from which ids of records are made, so the same record always has the same id.
_NAMES = uuid.UUID("6f7c3a52-5f0e-4f4e-9d3f-0c7b6a3d9e11")
#: HTTP headers that describe how bytes were sent, and are not true of the bytes that are kept.
_SENT = ("content-encoding", "transfer-encoding", "connection", "content-length", "set-cookie")


def response(url: str, at: str, status: int, headers: Sequence[tuple[str, str]], data: bytes) -> bytes:
    """A record of a web address's answer (`at`: ISO 8601, UTC), gzipped. The same answer gives the same bytes."""
    kept = [(name, value) for name, value in headers if name.lower() not in _SENT]
    lines = [f"HTTP/1.1 {status} ", *(f"{n}: {_line(v)}" for n, v in kept), f"Content-Length: {len(data)}"]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
    return _record("response", url, at, "application/http; msgtype=response", head + data, data)


def resource(url: str, at: str, kind: str, data: bytes) -> bytes:
    """A record of the bytes of a file, which no web server sent."""
    return _record("resource", url, at, kind, data, data)


def info(at: str, software: str) -> bytes:
    """The first record of a WARC file: which software wrote it, and when."""
    body = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _record("warcinfo", None, at, "application/warc-fields", body, None)


def _record(kind: str, url: str | None, at: str, content: str, block: bytes, payload: bytes | None) -> bytes:
    told = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_NAMES, f'{kind} {url} {at} {digest(block)}')}>",
        "WARC-Date": at.replace("+00:00", "Z"),
        "WARC-Target-URI": None if url is None else _line(url),
        "WARC-Block-Digest": digest(block),
        "WARC-Payload-Digest": None if payload is None else digest(payload),
        "Content-Type": content,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return gzip.compress(head.encode("utf-8", "replace") + b"\r\n" + block + b"\r\n\r\n", 6, mtime=0)


def digest(data: bytes) -> str:
    """A digest as WARC writes it: in base 32 with its padding (without padding other readers do not recognise it)."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def _line(words: str) -> str:
    return " ".join(words.split())
