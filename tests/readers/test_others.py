"""A reader of another package: found by its entry point, asked first, and unable to stop others."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from dateline.model import RejectedReport, Report
from dateline.readers import read_paths, registry, reports_of
from dateline.readers.contract import check
from dateline.readers.given import Given, Reader
from dateline.readers.text import report_of

_WORDS = "A bomb killed two people in Kano on Monday, police said."


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    """One report for each line after the first."""
    for number, line in enumerate(given.data().decode("utf-8", "replace").splitlines()[1:], 2):
        try:
            yield report_of(line, f"{given.name}:{number}")
        except RejectedReport as rejected:
            yield rejected


def _fails(given: Given) -> Iterator[Report | RejectedReport]:
    raise KeyError("none")
    yield


OURS = Reader("wire", "a wire", _read, lambda head, name: head.startswith(b"WIRE\n"), (".wire",))
FAILS = Reader("wire", "a wire", _fails, lambda head, name: head.startswith(b"WIRE\n"), (".wire",))
NONE = "not a reader"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    points: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    registry.readers.cache_clear()
    yield points
    registry.readers.cache_clear()


def _point(name: str) -> EntryPoint:
    return EntryPoint(name, f"tests.readers.test_others:{name}", registry.GROUP)


def test_a_reader_of_others_is_found_and_asked(installed: list[EntryPoint], tmp_path: Path) -> None:
    installed.extend([_point("OURS"), _point("NONE"), _point("MISSING")])
    (tmp_path / "a.wire").write_text(f"WIRE\n{_WORDS}\n")
    (tmp_path / "b.txt").write_text(_WORDS)
    with pytest.warns(UserWarning, match="MISSING"):
        found = list(read_paths([str(tmp_path)]))
    assert [Path(one.uri).name for one in found if isinstance(one, Report)] == ["a.wire:2", "b.txt"]


def test_others_can_hold_their_reader_against_the_contract() -> None:
    check(OURS, "a.wire", f"WIRE\n{_WORDS}\n{_WORDS} Again.\n".encode(), 2)
    with pytest.raises(AssertionError, match="3 reports were read, not 2"):
        check(OURS, "a.wire", f"WIRE\n{f'{_WORDS}{chr(10)}' * 3}".encode(), 2)
    with pytest.raises(AssertionError, match="others' files"):
        check(Reader("odd", "odd", _read, lambda head, name: True), "a.odd", b"WIRE\nx\n", 1)


def test_a_reader_that_fails_takes_no_file_but_its_own(installed: list[EntryPoint]) -> None:
    installed.append(_point("FAILS"))
    (failed,) = reports_of(b"WIRE\nx", "a.wire")
    assert isinstance(failed, RejectedReport) and (failed.code, failed.where) == ("DL-R022", "a.wire")
    assert isinstance(next(iter(reports_of(_WORDS.encode(), "b.txt"))), Report)
