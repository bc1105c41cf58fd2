"""Files that are no reports, or broken ones: each is read or rejected with its code, in little time."""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path

from dateline.model.errors import DatelineError
from dateline.readers import read_paths
from tests.attack.budget import Budget, Result

#: Seconds of processor time that a small bad file may take, whatever else the machine does.
_PATIENCE = 10.0
_TEXT = "KABUL, 3 May - Gunmen shot dead two teachers in Kabul on Monday, the education ministry said.\n" * 20
_PAGE = f"<html><head><title>News</title></head><body><article><p>{_TEXT}</p></article></body></html>"
_ENDINGS = (".txt", ".html", ".jsonl", ".json", ".csv", ".zip", ".xml", ".pdf", ".gz", "")


def bad_files(budget: Budget) -> Result:
    """Random bytes, and sound files with bytes turned, left out, doubled or cut off, under every ending."""
    result, choice = Result(), budget.chance()
    sound = _sound()
    with tempfile.TemporaryDirectory(prefix="dateline-files-") as name:
        for number in budget.rounds():
            kind, data = choice.choice(sound)
            ending = kind if choice.random() < 0.7 else choice.choice(_ENDINGS)
            path = Path(name) / f"file{ending}"
            path.write_bytes(_broken(choice, data))
            _read(result, path, f"file {number + 1} of seed {budget.seed} ({kind} as {ending or 'no ending'})")
            path.unlink()
    return result


def _sound() -> list[tuple[str, bytes]]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", _TEXT)
        archive.writestr("b.html", _PAGE)
    line = json.dumps({"text": _TEXT, "uri": "x", "title": "News", "published": "2024-05-03"}) + "\n"
    table = f'text,title,published\n"{_TEXT}",News,2024-05-03\n'
    return [
        (".txt", _TEXT.encode()), (".html", _PAGE.encode()), (".jsonl", (line * 5).encode()), (".csv", table.encode()),
        (".zip", packed.getvalue()), (".txt", _TEXT.encode("utf-16")), (".gz", gzip.compress(_TEXT.encode())),
        (".html", _PAGE.encode("cp1254")), (".txt", b""),
    ]  # fmt: skip


def _broken(choice: random.Random, sound: bytes) -> bytes:
    data = bytearray(sound or choice.randbytes(choice.randrange(2_000)))
    for _ in range(choice.choice((1, 2, 10, 100))):
        at = choice.randrange(len(data) + 1)
        turn = choice.randrange(5)
        if turn == 0 and at < len(data):
            data[at] = choice.randrange(256)
        elif turn == 1:
            del data[at : at + choice.randrange(1, 50)]
        elif turn == 2:
            data[at:at] = choice.randbytes(choice.randrange(1, 20))
        elif turn == 3:
            data[at:at] = choice.choice(
                (b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b"<", b"\\ud800", b"\xed\xa0\x80")
            )
        elif len(data) > 200:
            data[at:at] = data[at : at + 100]
    return bytes(data[: choice.randrange(1, len(data))] if data and choice.random() < 0.1 else data)


def _read(result: Result, path: Path, name: str) -> None:
    begun = time.process_time()
    try:
        for _ in read_paths((str(path),), None):
            pass
        result.expect(True, "")
    except DatelineError:
        result.expect(True, "")
    except Exception as error:
        result.expect(False, f"{name}: {error!r}")
    if time.process_time() - begun > _PATIENCE:
        result.failed.append(f"{name}: took {time.process_time() - begun:.0f} s")
