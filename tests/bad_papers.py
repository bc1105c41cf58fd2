"""Documents, mail, chats, feeds and archives that are torn, damaged, mislabelled or cut into by pieces of others.

They are the good files of tests/readers/samples.py, so that each reader gets bad files of its own format.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from tests.readers.samples import samples

#: What formats are made of, put where it does not belong.
_PIECES = (
    b"\x00" * 40, b"\xff\xfe", b"<![CDATA[", b"]]>", b"&a;&#xD800;", b"{\\rtf1 \\u-1? \\bin9999 ", b"From a 00:00\n",
    b"%PDF-1.7\n", b"endstream endobj", b"WARC/1.0\r\nContent-Length: 99999999\r\n", b"PK\x03\x04", b"\x1f\x8b\x08",
    b"[" * 3_000, b"<div>" * 3_000, b"\xed\xa0\x80", b"9" * 4_000, b"PAR1", b'"', b"\r", b"\n\n\n",
)  # fmt: skip
#: Where each file is torn off, in parts of its length, and how many are damaged by chance.
_TORN, _DAMAGED, _CUT_INTO = (0.05, 0.4, 0.9), 6, 3


def bad_papers(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Fifteen bad files of each reader, as an ending and bytes."""
    good = _good()
    for ending, data in good:
        for share in _TORN:
            yield ending, data[: int(len(data) * share)]
        yield ending, data[len(data) // 3 :]
        for _ in range(_DAMAGED):
            yield ending, _damaged(choice, data)
        for _ in range(_CUT_INTO):
            at = choice.randrange(len(data) + 1)
            yield ending, data[:at] + choice.choice(_PIECES) + data[at:]
        yield choice.choice([other for other, _ in good if other != ending]), data
        yield ending, data + choice.choice(good)[1]


@cache
def _good() -> list[tuple[str, bytes]]:
    """Ending and bytes of a good file of each reader. Kept, because some hold the time at which they were made."""
    return [(name.partition(".")[2], data) for name, data, _ in samples().values()]


def _damaged(choice: random.Random, data: bytes) -> bytes:
    """Bytes changed, lost and doubled at random."""
    broken = bytearray(data)
    for _ in range(choice.choice((1, 5, 40))):
        at = choice.randrange(len(broken))
        broken[at : at + choice.randrange(4)] = choice.randbytes(choice.randrange(4))
    return bytes(broken)
