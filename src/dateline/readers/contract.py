"""The contract of readers, as tests that every reader can run, also one of another package.

    from dateline.readers.contract import check
    check(MY_READER, "sample.xyz", data, reports=3)

raises AssertionError, which says where the reader breaks the contract. `damaged` makes the damaged files on which the
reader is tried: cut off, changed, empty.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import re
from collections.abc import Iterator
from typing import cast

from dateline.model import RejectedReport, Report
from dateline.model.record import as_read
from dateline.readers.formats import read_by
from dateline.readers.given import HEAD, Given, Reader
from dateline.readers.text import is_unicode

_FIELDS = frozenset(("published", "title", "publisher", "author", "lang"))


def check(reader: Reader, name: str, data: bytes, reports: int, damage: int = 40) -> list[Report]:
    """Test a reader on a good file of `reports` reports and on damaged copies of it. Returns those reports.

    `damage`: how many files are damaged at random. Raises AssertionError.
    """
    assert re.fullmatch(r"[a-z][a-z0-9_-]*", reader.name) and reader.what, "a reader has a name, and one for people"
    assert all(re.fullmatch(r"\.[a-z0-9]+", suffix) for suffix in reader.suffixes), "endings are small, with a dot"
    assert reader.owns(data[:HEAD], name), "a reader knows its files by their first bytes"
    assert not reader.owns(b"", name) and not reader.owns(b"Words, and no more.\n", "a.txt"), "others' files"
    found = rows(reader, name, data)
    kept = [row for row in found if isinstance(row, Report)]
    assert len(kept) == reports, f"{len(kept)} reports were read, not {reports}"
    for row in found:
        check_row(row, data)
    assert [_same(row) for row in found] == [_same(row) for row in rows(reader, name, data)], (
        "the same file, the same rows"
    )
    assert [_same(row) for row in found] == [_same(row) for row in rows(reader, name, data, once=True)], (
        "a stream that can be read only once gives the same rows"
    )
    for broken in damaged(data, damage):
        for row in rows(reader, name, broken):
            check_row(row, broken)
    return kept


def check_row(row: Report | RejectedReport, data: bytes) -> None:
    """Check that a row keeps the contract. Raises AssertionError."""
    if isinstance(row, RejectedReport):
        assert re.fullmatch(r"DL-[A-Z]\d{3}", row.code), "a rejection has a code"
        assert row.code != "DL-R022", f"the reader failed: {row}"
        assert row.what and row.where and row.remedy, f"a rejection says what, where, and what to do: {row}"
        assert is_unicode(str(row)), "a rejection can be written"
        return
    assert row.text.strip() and is_unicode(row.text), "a report has words that can be written"
    assert row.id and row.uri and is_unicode(row.uri), "a report has an id, and says where it is from"
    for known in row.known:
        assert known.field in _FIELDS and known.value and known.source, f"what is known says from where: {known}"
        assert known.field != "published" or dt.date.fromisoformat(known.value), "days are ISO dates"
    for field in ("published", "title", "publisher"):
        assert sum(one.chosen for one in row.known if one.field == field) <= 1, f"one {field} is chosen"
    end = 0
    for origin in row.origins:
        assert 0 <= origin.span.start <= origin.span.end <= len(row.text), f"origins lie in the text: {origin}"
        assert origin.first <= origin.last, f"origins begin before they end: {origin}"
        end = max(end, origin.span.end)
    json.dumps(as_read(row))


def rows(reader: Reader, name: str, data: bytes, once: bool = False) -> list[Report | RejectedReport]:
    """The rows that a reader yields; a rejection that it raises is the last row. `once`: give it a stream that can be
    read only once."""
    found: list[Report | RejectedReport] = []
    stream = io.BufferedReader(cast(io.RawIOBase, _Once(data))) if once else io.BytesIO(data)
    try:
        found.extend(read_by(reader, Given(name, stream)))
    except RejectedReport as rejected:
        found.append(rejected)
    return found


class _Once(io.RawIOBase):
    """A stream that can be read only once, as a pipe."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        """It is read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Read a piece."""
        return self._rest.readinto(buffer)


def damaged(data: bytes, many: int, seed: int = 5) -> Iterator[bytes]:
    """A file cut off, doubled, without its beginning, and with bytes changed at random."""
    choice = random.Random(seed)
    yield from (data[: int(len(data) * share)] for share in (0, 0.01, 0.3, 0.7, 0.99))
    yield from (data[len(data) // 3 :], data + data, bytes(len(data) % 5_000), data[:64] * 50)
    for _ in range(many):
        broken = bytearray(data)
        for _ in range(choice.randrange(1, 30)):
            at = choice.randrange(len(broken) or 1)
            broken[at : at + choice.randrange(4)] = choice.randbytes(choice.randrange(4))
        yield bytes(broken)


def _same(row: Report | RejectedReport) -> tuple[object, ...]:
    if isinstance(row, RejectedReport):
        return (row.code, row.what, row.where)
    return (row, row.known, row.origins, row.notes)
