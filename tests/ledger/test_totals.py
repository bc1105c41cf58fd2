"""Totals hold the events of other reports, whichever came first, and say so wherever an event is read."""

from __future__ import annotations

import itertools
from pathlib import Path

from dateline.ledger import Ledger
from dateline.linking import link
from dateline.model import Coding
from dateline.model.event import Event
from tests.ledger.conftest import coded

_TOTAL = "Forty-seven people were killed in 31 bomb attacks in Iraq in May 2024, the monitoring centre said on Tuesday."
_YEAR = "Three hundred people were killed in 190 bomb attacks in Iraq in 2024, the ministry said."
_BOMB = "A bomb exploded at a market in {}, Iraq, on {}, 2024, killing {} people, police said."


def reports() -> list[Coding]:
    bombs = [("Mosul", "May 14", "five"), ("Basra", "May 20", "three"), ("Mosul", "July 2", "four")]
    told = [coded(f"bomb {n}", _BOMB.format(*bomb), "2024-07-03") for n, bomb in enumerate(bombs)]
    return [coded("month", _TOTAL, "2024-06-04"), *told, coded("year", _YEAR, "2025-01-10")]


def wholes(events: list[Event]) -> dict[str, str | None]:
    """The report of each event's total, by the event's first report."""
    first = {e.id: e.accounts[0].report_uri for e in events}
    return {first[e.id]: first.get(e.part_of) for e in events}


def test_any_order_gives_the_totals_of_all_at_once(tmp_path: Path) -> None:
    found = reports()
    expected = wholes(link(found))
    assert expected == {"month": None, "year": None, "bomb 0": "month", "bomb 1": "month", "bomb 2": "year"}
    for n, order in enumerate(itertools.islice(itertools.permutations(found), 0, 120, 29)):
        with Ledger.open(str(tmp_path / f"{n}.sqlite"), create=True) as ledger:
            for one in order:
                ledger.add([one])
            assert wholes(list(ledger.all_events())) == expected
            assert wholes(ledger.events().events) == expected


def test_a_total_says_what_it_holds(ledger: Ledger) -> None:
    month, *rest = reports()
    ledger.add(rest)
    before = ledger.revision()
    ledger.add([month])
    by = {e.accounts[0].report_uri: e.id for e in ledger.all_events()}
    assert ledger.held(by["month"]) == [by["bomb 0"], by["bomb 1"]]
    assert ledger.held(by["year"]) == [by["bomb 2"]]
    assert ledger.held(by["bomb 0"]) == []
    assert ledger.event(by["bomb 0"]).event.part_of == by["month"]
    # As it was before the month's total came.
    assert ledger.event(by["bomb 0"], before).event.part_of == by["year"]
    assert ledger.held(by["year"], before) == [by["bomb 0"], by["bomb 1"], by["bomb 2"]]
    ledger.judge("reject", by["month"], "not ours")
    assert ledger.event(by["bomb 0"]).event.part_of == by["year"]
