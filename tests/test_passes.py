"""Each pass of coding reads and writes the fields of a draft that it declares, and none before it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import dateline
from dateline.coding.draft import Draft
from dateline.coding.order import PASSES
from dateline.coding.passes.step import FIELDS
from dateline.coding.reading import Reading, read_report
from dateline.model import Report

SAMPLES = sorted((Path(dateline.__file__).parent / "samples").glob("*.txt"))
#: Fields that a draft is made with.
GIVEN = {f.name for f in fields(Draft) if f.default is MISSING and f.default_factory is MISSING}
#: What passes only add to, from nothing, or set and read back.
EMPTY_AT_FIRST = {"joined", "links", "heard"}
#: What the others are at first.
EMPTY = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(Draft)}


@pytest.fixture(scope="module", params=["rules", "learned"])
def readings(request: pytest.FixtureRequest) -> list[Reading]:
    reports = [Report(id=p.stem, uri=p.name, text=p.read_text(encoding="utf-8")) for p in SAMPLES]
    return [read_report(report, learned=request.param == "learned") for report in reports]


def _held(draft: Draft) -> dict[str, object]:
    """The values of a draft, so that a change in place can be seen."""
    raw = {name: object.__getattribute__(draft, name) for name in FIELDS}
    return {n: v.copy() if isinstance(v, list | set | dict) else v for n, v in raw.items()}


class _Watch:
    """Which fields of which draft are read and set, while it watches."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.read: set[str] = set()
        self.on = False
        plain = object.__getattribute__

        def get(draft: Draft, name: str) -> object:
            if self.on and name in FIELDS:
                self.read.add(name)
            return plain(draft, name)

        patch.setattr(Draft, "__getattribute__", get, raising=False)


def _seen(readings: list[Reading], watch: _Watch) -> Iterator[tuple[str, set[str], set[str]]]:
    """The fields that each pass was seen to read and to write, a report at a time."""
    for reading in readings:
        drafts: list[Draft] = []
        for one in PASSES:
            before = {id(d): (d, _held(d)) for d in drafts}
            watch.read, watch.on = set(), True
            drafts = one(reading, drafts)
            watch.on = False
            now = [(_held(d), old) for d, old in before.values()]
            written = {name for new, old in now for name in FIELDS if new[name] != old[name]}
            # What a new draft has beside its defaults was written by the pass that made it.
            made = [_held(d) for d in drafts if id(d) not in before]
            written |= {n for held in made for n in FIELDS if n in GIVEN or held[n] != EMPTY[n]}
            yield one.name, set(watch.read), written


def test_a_pass_touches_what_it_declares(readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    declared = {one.name: one for one in PASSES}
    wrong: dict[str, set[str]] = defaultdict(set)
    for name, read, written in _seen(readings, _Watch(monkeypatch)):
        made = declared[name].writes if name == "coding.drafting" else frozenset()
        wrong[f"{name} reads"] |= read - declared[name].reads - made
        wrong[f"{name} writes"] |= written - declared[name].writes
    assert not {name: sorted(found) for name, found in wrong.items() if found}


def test_nothing_is_read_before_it_is_written() -> None:
    written = set[str]()
    for one in PASSES:
        assert one.reads <= FIELDS and one.writes <= FIELDS, one.name
        early = one.reads - written - EMPTY_AT_FIRST
        assert not early, f"{one.name} reads {sorted(early)} too early"
        written |= one.writes
    assert written == FIELDS, sorted(FIELDS - written)


def test_names_of_passes_are_their_own() -> None:
    names = [one.name for one in PASSES]
    assert len(set(names)) == len(names)
    assert all(name.startswith("coding.") for name in names)
