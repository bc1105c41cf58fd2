"""What is added is there once, and gives the events of linking everything at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Row, select

from dateline.ledger import Ledger, linker
from dateline.ledger.checking import problems
from dateline.ledger.keys import Known, keys_of
from dateline.ledger.tables import pairs
from dateline.ledger.writing import reports
from dateline.linking import link
from dateline.model import Account, Coding, Span
from dateline.model.event import Event
from tests.ledger.conftest import coded


def accounts_of(ledger: Ledger) -> set[frozenset[str]]:
    return {frozenset(f"{row.report_uri}#{row.account_id}" for row in event.accounts) for event in ledger.all_events()}


def whole(ledger: Ledger) -> list[str]:
    with ledger.store.reading() as connection:
        return [str(problem) for problem in problems(connection, deep=True)]


@pytest.mark.parametrize("batch", [1, 7, 100])
def test_batches_of_any_size_give_the_events_of_all_at_once(
    ledger: Ledger, world: list[Coding], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_BATCH", batch)
    some = world[:60] if batch == 1 else world
    ledger.add(some)
    at_once = {event.id: event for event in link(some)}
    kept = {record.id: record for record in ledger.all_events()}
    assert kept.keys() == at_once.keys()
    for name, record in kept.items():
        told = at_once[name]
        assert replace(record, accounts=told.accounts) == told
        assert [a.account_id for a in record.accounts] == [a.account_id for a in told.accounts]
    assert whole(ledger) == []


def test_any_order_gives_the_same_events(
    opened: Callable[..., Ledger], codings: list[Coding], tmp_path: object
) -> None:
    found = set()
    for number, order in enumerate(itertools.permutations(codings)):
        with Ledger.open(f"{tmp_path}/{number}.sqlite", create=True) as ledger:
            for coding in order:
                ledger.add([coding])
            found.add(frozenset(accounts_of(ledger)))
    assert len(found) == 1


def test_the_same_again_adds_nothing(ledger: Ledger, codings: list[Coding]) -> None:
    first = ledger.add(codings)
    before = list(ledger.all_events())
    again = ledger.add(codings)
    assert (first.new, again.new, again.known, again.accounts) == (4, 0, 4, 0)
    assert ledger.revision() == first.revision == 1
    assert list(ledger.all_events()) == before


def test_a_report_twice_in_one_batch_is_one(ledger: Ledger, codings: list[Coding]) -> None:
    added = ledger.add([codings[0], codings[0]])
    assert (added.new, added.known) == (1, 1)


def test_two_reports_of_one_uri_are_told_apart(ledger: Ledger, codings: list[Coding]) -> None:
    other = replace(codings[2], report=replace(codings[2].report, uri="wire"))
    ledger.add([codings[0], other])
    assert ledger.info()["reports"] == 2
    assert whole(ledger) == []


def test_a_nul_is_turned_away_and_the_rest_goes_on(ledger: Ledger, codings: list[Coding]) -> None:
    bad = replace(codings[0], report=replace(codings[0].report, text="x\x00y"))
    added = ledger.add([bad, codings[2]])
    assert (added.unstorable, added.new) == (1, 1)


def test_an_event_keeps_its_id_as_it_grows(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add([codings[0]])
    [before] = [e for e in ledger.all_events() if e.type == "bombing"]
    ledger.add([codings[1]])
    after = ledger.event(before.id).event
    assert len(after.accounts) == 2
    assert after.sources == 2
    assert {f.best for c in after.counts if c.what == "killed" for f in c.figures} == {12, 14}


def test_a_copy_counts_as_one_source_whenever_it_comes(ledger: Ledger, codings: list[Coding]) -> None:
    copy = replace(codings[0], report=replace(codings[0].report, uri="copy"))
    ledger.add([codings[0]])
    ledger.add([codings[1]])
    ledger.add([copy])
    [event] = [e for e in ledger.all_events() if e.type == "bombing"]
    assert (len(event.accounts), event.sources) == (3, 2)


def _add(address: str, lines: list[str]) -> None:
    with Ledger.open(address, create=True) as ledger:
        for line in lines:
            ledger.add([Coding.from_json(line)])


def test_two_writers_on_the_same_reports_double_nothing(
    url: str, opened: Callable[..., Ledger], world: list[Coding]
) -> None:
    lines = [coding.to_json() for coding in world[:30]]
    opened()
    context = get_context("spawn")
    writers = [context.Process(target=_add, args=(url, part)) for part in (lines, lines[::-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    ledger = opened()
    assert ledger.info()["reports"] == 30
    assert ledger.revision() == 30
    assert whole(ledger) == []


def test_readers_do_not_wait_for_a_writer(opened: Callable[..., Ledger], codings: list[Coding]) -> None:
    writer, reader = opened(), opened()
    writer.add(codings[:1])
    with writer.store.writing() as connection:
        writer._revision(connection, "add", "")
        assert reader.revision() == 1
        assert reader.count() == len(list(reader.all_events()))
    assert reader.revision() == 2


# ---------------------------------------------------------------- keys


def _account(name: str, type_: str, start: int) -> Account:
    return Account(name, type_, "occurred", "event", Span(start, start + 3), (Span(start - start % 50, start + 30),))  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from(["arrest", "bombing", "clash"]), st.integers(0, 300)), max_size=6), st.data())
def test_keys_are_unique_and_stay(rows: list[tuple[str, int]], data: st.DataObject) -> None:
    old = [_account(f"a{n}", type_, start) for n, (type_, start) in enumerate(rows, 1)]
    keys = keys_of("r", old)
    assert len(set(keys)) == len(keys)
    known = [Known(k, a.type, a.scope, a.trigger, a.sentences) for k, a in zip(keys, old, strict=True)]
    # Coded again to the same accounts, whatever their names and order: the keys are those from before.
    order = data.draw(st.permutations(range(len(old))))
    again = [replace(old[k], id=f"a{n}") for n, k in enumerate(order, 1)]
    kept = keys_of("r", again, known, keys)
    triggers = {key: (a.trigger, a.type) for key, a in zip(keys, old, strict=True)}
    assert sorted(kept) == sorted(keys)
    assert all(triggers[key] == (a.trigger, a.type) for key, a in zip(kept, again, strict=True))
    fresh = keys_of("r", [_account("a1", "protest", 900)], known, keys)
    assert not set(fresh) & set(keys)


#: A total and two parts of it, and another report's telling of the total.
_PARTS = (
    "Security forces have captured nearly 3,000 militants in Iraq since January 1, 2024, the ministry said. On May 14, "
    "2024, security forces captured 15 militants in Mosul. On May 16, 2024, security forces captured 8 militants in "
    "Tikrit."
)
_TWO = (
    "A bomb exploded at a market in Mosul on Tuesday, killing five people, Colonel Saad Hamdani said. Another bomb "
    "exploded at a bus station in Basra on Monday, killing two people, Colonel Omar Khalaf said."
)
_TOTAL = "Security forces in Iraq have captured 2,900 militants since January 1, 2024, the ministry said."


def wholes(events: list[Event]) -> dict[str, str | None]:
    return {e.id: e.part_of for e in events}


def test_all_parts_of_a_total_say_so(ledger: Ledger) -> None:
    one = coded("parts", _PARTS, "2024-05-20")
    ledger.add([one])
    found = wholes(list(ledger.all_events()))
    assert found == {e.id: e.part_of for e in link([one])}
    assert len([whole for whole in found.values() if whole]) == 2


def test_parts_follow_a_total_whose_id_changes(ledger: Ledger) -> None:
    ledger.add([coded("total", _TOTAL, "2024-05-25")])
    ledger.add([coded("parts", _PARTS, "2024-05-20")])
    [first, second] = [e.id for e in ledger.all_events() if e.scope == "rollup"]
    number = ledger.judge("same", first, other=second)
    [total] = [e.id for e in ledger.all_events() if e.scope == "rollup"]
    gone = {first, second} - {total}
    assert len(ledger.held(total)) == 2
    assert gone.isdisjoint(wholes(list(ledger.all_events())).values())
    ledger.withdraw(number)
    assert len(set(filter(None, wholes(list(ledger.all_events())).values()))) == 1
    assert whole(ledger) == []


def test_linking_anew_parts_no_report(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add([coded(uri, _TWO + end) for uri, end in (("one", ""), ("two", " Police gave no details."))])
    before = _pairs(ledger)
    assert any(row.beside for row in before)
    monkeypatch.setattr(linker, "_BATCH", 1)
    assert ledger.link_anew() == 0
    assert _pairs(ledger) == before


def _pairs(ledger: Ledger) -> list[Row[Any]]:
    with ledger.store.reading() as connection:
        return list(connection.execute(select(pairs).order_by(pairs.c.a, pairs.c.b)))
