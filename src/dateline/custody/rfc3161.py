"""Time stamps of an authority (RFC 3161): the authority signs that a hash existed at a time.

openssl makes the request and verifies the stamp, offline, with the authority's certificate. A stamp is the answer of
the authority (.tsr)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dateline.custody.errors import NoStamp, NoTool, WrongStamp

#: A function that posts a body to an address (address, body, content type); it gives the status and body of the answer.
Post = Callable[[str, bytes, str], tuple[int, bytes]]
_SECONDS = 60
_TIME = re.compile(r"Time stamp: ([^\n]{1,60})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A verified stamp: the time that its authority signed, as openssl writes it."""

    time: str


def stamp(digest: str, authority: str, post: Post) -> bytes:
    """Get a stamp for a SHA-256 (hexadecimal). Raises NoStamp (DL-L025), NoTool (DL-L027)."""
    with tempfile.TemporaryDirectory(prefix="dateline-tsa-") as folder:
        query = Path(folder) / "query"
        _openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", str(query))
        status, answer = post(authority, query.read_bytes(), "application/timestamp-query")
    if status != 200 or not answer:
        raise NoStamp(f"It answers with {status}.", where=authority)
    told = _told(answer)
    if "Status: Granted" not in told or digest not in _imprint(told):
        raise NoStamp("Its answer grants no stamp of this hash.", where=authority)
    return answer


def verified(digest: str, answer: bytes, authority: bytes, untrusted: bytes | None = None) -> Stamp:
    """Verify a stamp: it must be of this SHA-256, and signed under one of the authority's certificates (PEM). Raises
    WrongStamp (DL-L026), NoTool (DL-L027)."""
    with tempfile.TemporaryDirectory(prefix="dateline-tsa-") as folder:
        paths = {name: Path(folder) / name for name in ("answer", "authority", "untrusted")}
        paths["answer"].write_bytes(answer)
        paths["authority"].write_bytes(authority)
        more: tuple[str, ...] = ()
        if untrusted:
            paths["untrusted"].write_bytes(untrusted)
            more = ("-untrusted", str(paths["untrusted"]))
        done = _run(
            "ts", "-verify", "-digest", digest, "-in", str(paths["answer"]), "-CAfile", str(paths["authority"]), *more
        )
    if done.returncode != 0:
        raise WrongStamp(f"It does not hold ({_reason(done.stderr)}).")
    found = _TIME.search(_told(answer))
    if found is None:
        raise WrongStamp("It tells no time.")
    return Stamp(found[1].strip())


def _told(answer: bytes) -> str:
    with tempfile.NamedTemporaryFile(prefix="dateline-tsa-") as file:
        file.write(answer)
        file.flush()
        return _run("ts", "-reply", "-in", file.name, "-text").stdout


def _imprint(told: str) -> str:
    """The hash that a stamp signs, read from openssl's printout of the stamp."""
    lines = told.partition("Message data:\n")[2].splitlines()
    dump = [line.partition(" - ")[2][:48] for line in lines[:2] if " - " in line]
    return "".join(re.findall(r"[0-9a-f]{2}", " ".join(dump)))


def _reason(said: str) -> str:
    return next(
        (line.rpartition(":")[2].strip() or line for line in said.splitlines() if "error" in line.lower()), said
    )


def _openssl(*args: str) -> None:
    done = _run(*args)
    if done.returncode != 0:
        raise NoStamp(f"openssl fails ({done.stderr.strip()[:200]}).")


def _run(*args: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("openssl")
    if program is None:
        raise NoTool("There is no openssl.")
    return subprocess.run(
        [program, *args], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
    )
