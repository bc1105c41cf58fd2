"""A web archive (WACZ 1.1.1) of the original bytes of reports, with an index: players of web archives can show it."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

from dateline.custody import warc
from dateline.custody.errors import NoOriginals
from dateline.custody.originals import Originals
from dateline.ledger import Ledger
from dateline.ledger.access import ALL
from dateline.version import CODER, VERSION

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DATA = "archive/data.warc.gz"


@dataclass(frozen=True, slots=True)
class Kept:
    """Original bytes that are kept of a report: its key, address, when they were fetched, HTTP status, media type, and
    the name and SHA-256 of the bytes."""

    report: str
    url: str
    at: str
    status: int
    kind: str
    name: str
    digest: str


def kept_of(entries: Iterable[Mapping[str, Any]]) -> list[Kept]:
    """The bytes that are kept of reports, from the entries of their custody logs, each once."""
    found: dict[tuple[str, str], Kept] = {}
    for entry in entries:
        told = entry["body"]
        if told.get("kept"):
            headers = {name.lower(): value for name, value in told.get("headers", ())}
            kind = headers.get("content-type") or mimetypes.guess_type(told["source"])[0] or "application/octet-stream"
            at = told.get("at") or entry["at"]
            own = Kept(entry["report"], told["source"], at, told.get("status") or 200, kind.partition(";")[0].strip(),
                       told["kept"], told["sha256"])  # fmt: skip
            found[own.url, own.name] = own
    return list(found.values())


def readable(ledger: Ledger, kept: list[Kept], revision: int) -> list[Kept]:
    """The kept bytes that the user of this ledger may read: not those that a report hidden from them was read from, too
    (one file can hold many reports)."""
    hidden = ledger.hidden()
    theirs = {one.name for one in kept_of(ledger.seen_by(ALL).lives(hidden, revision))} if hidden else set()
    return [one for one in kept if one.name not in theirs]


def written(
    kept: Iterable[Kept], originals: Originals, titles: Mapping[str, str | None], at: str, out: IO[bytes]
) -> int:
    """Write an archive (`at`: its date) into a file; returns the number of records. The same reports give the same
    bytes. Raises NoOriginals (DL-L028) where no bytes are kept."""
    lines: list[str] = []
    pages: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Reports"}]
    with zipfile.ZipFile(out, "w") as archive:
        pack = _Pack(archive)
        with pack.open(_DATA) as stream:
            offset = stream.write(warc.info(at, f"{CODER} {VERSION}"))
            for one, record in _records(kept, originals):
                size = stream.write(record)
                lines.append(_index_line(one, offset, size))
                pages.append(
                    {"id": one.name[:16], "url": _url(one), "ts": one.at, "title": titles.get(one.report) or ""}
                )
                offset += size
        if not lines:
            raise NoOriginals("Of none of these reports are the original bytes kept.")
        pack.write("indexes/index.cdxj", "".join(sorted(lines)))
        pack.write("pages/pages.jsonl", "".join(json.dumps(page, ensure_ascii=False) + "\n" for page in pages))
        package = {
            "profile": "data-package", "wacz_version": "1.1.1", "title": "Reports", "created": at,
            "software": f"{CODER} {VERSION}", "resources": pack.resources,
        }  # fmt: skip
        told = json.dumps(package, ensure_ascii=False, indent=1)
        pack.write("datapackage.json", told)
        digest = hashlib.sha256(told.encode()).hexdigest()
        pack.write("datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": f"sha256:{digest}"}))
    return len(lines)


def _records(kept: Iterable[Kept], originals: Originals) -> Iterator[tuple[Kept, bytes]]:
    for one in sorted(kept, key=lambda k: (k.url, k.at, k.name)):
        data = originals.read(one.name)
        if data is not None:
            is_page = one.name.endswith(".warc.gz")
            yield one, data if is_page else warc.resource(_url(one), one.at, one.kind, data)


def _url(one: Kept) -> str:
    return one.url if "://" in one.url else f"file:///{one.url.lstrip('/')}"


def _index_line(one: Kept, offset: int, size: int) -> str:
    told = {
        "url": _url(one), "mime": one.kind, "status": str(one.status), "digest": f"sha256:{one.digest}",
        "filename": _DATA.partition("/")[2], "offset": str(offset), "length": str(size),
    }  # fmt: skip
    stamp = "".join(c for c in one.at if c.isdigit())[:14]
    return f"{surt(_url(one))} {stamp} {json.dumps(told, ensure_ascii=False)}\n"


def surt(url: str) -> str:
    """An address in the form that indexes are sorted by (SURT): the host's parts in reverse order, then the path."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}){parts.path or '/'}{'?' + parts.query if parts.query else ''}".lower().replace(" ", "%20")


class _Counted:
    """A stream that counts the bytes written to it, and computes their SHA-256."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)


class _Pack:
    """The files of an archive. They are stored without compression, because players read parts of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.resources: list[dict[str, Any]] = []

    def open(self, path: str) -> _Entry:
        return _Entry(self, self._archive, path)

    def write(self, path: str, text: str) -> None:
        with self.open(path) as stream:
            stream.write(text.encode())


class _Entry:
    """A file while it is written; when it is closed, it is added to the archive's resources."""

    def __init__(self, pack: _Pack, archive: zipfile.ZipFile, path: str) -> None:
        info = zipfile.ZipInfo(path, _EPOCH)
        info.external_attr = 0o644 << 16
        self._pack, self._path = pack, path
        self._stream = archive.open(info, "w", force_zip64=True)
        self._counted = _Counted(self._stream)

    def __enter__(self) -> _Counted:
        return self._counted

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        name, digest = self._path.rpartition("/")[2], self._counted.digest.hexdigest()
        self._pack.resources.append(
            {"name": name, "path": self._path, "hash": f"sha256:{digest}", "bytes": self._counted.size}
        )
