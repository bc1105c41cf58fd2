"""Cases in the ledger: those of linking all at once, whatever comes, goes or is judged; each change is in history."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from dateline.cli import cli
from dateline.ledger import Ledger, Query
from dateline.ledger.digests import SEALED
from dateline.ledger.store import Store
from dateline.ledger.writing import reports
from dateline.linking import link
from dateline.linking.weights import laid_over
from dateline.model import Coding
from dateline.model.event import Event
from tests.ledger.test_adding import whole


def cases_of(ledger: Ledger) -> set[frozenset[str]]:
    """The accounts of each case."""
    found: dict[str, set[str]] = {}
    for event in ledger.all_events():
        if event.case is not None:
            own = {f"{a.report_uri}#{a.account_id}" for a in event.accounts}
            found.setdefault(event.case, set()).update(own)
    return {frozenset(own) for own in found.values()}


def case_of(ledger: Ledger, uri: str, type_: str) -> Event:
    """The event of a type that a report tells of."""
    return next(e for e in ledger.all_events() if e.type == type_ and uri in {a.report_uri for a in e.accounts})


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_cases_are_those_of_linking_all_at_once(
    ledger: Ledger, case_reports: list[Coding], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_BATCH", batch)
    ledger.add(case_reports)
    at_once = {event.id: event.case for event in link(case_reports)}
    assert {event.id: event.case for event in ledger.all_events()} == at_once
    assert len(set(at_once.values()) - {None}) == 2
    assert whole(ledger) == []


def test_any_order_gives_the_same_cases(case_reports: list[Coding], tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(itertools.permutations(case_reports[1:5])):
        with Ledger.open(f"{tmp_path}/{number}.sqlite", create=True) as ledger:
            for coding in (*order, case_reports[5]):
                ledger.add([coding])
            found.add(frozenset(cases_of(ledger)))
            assert whole(ledger) == []
    assert len(found) == 1


@given(st.lists(st.tuples(st.sampled_from(("add", "remove", "reject", "withdraw", "weights")), st.integers(0, 5))))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_cases_are_those_worked_out_anew(
    case_reports: list[Coding], tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    with Ledger.open(str(tmp_path_factory.mktemp("cases") / "ledger.sqlite"), create=True) as ledger:
        ledger.add(case_reports[:3])
        judged: list[int] = []
        for kind, n in steps:
            standing = [event.id for event in ledger.all_events()]
            if kind == "add":
                ledger.add([case_reports[n]])
            elif kind == "remove" and n in (1, 4) and any(case_reports[n].report.uri == u for u in _uris(ledger)):
                ledger.remove(case_reports[n].report.uri, "gone")
            elif kind == "reject" and standing:
                judged.append(ledger.judge("reject", standing[n % len(standing)]))
            elif kind == "withdraw" and judged:
                ledger.withdraw(judged.pop())
            elif kind == "weights":
                ledger.set_weights(laid_over({"prior": {"any": -float(n)}}, "test"))
            assert whole(ledger) == []


def _uris(ledger: Ledger) -> set[str]:
    return {a.report_uri for event in ledger.all_events() for a in event.accounts}


def test_a_case_that_changes_elsewhere_shows_in_history(ledger: Ledger, case_reports: list[Coding]) -> None:
    wire, _, arrest, court, *_ = case_reports
    ledger.add([wire])
    bombing = case_of(ledger, "wire", "bombing")
    assert bombing.case is None
    ledger.add([arrest])
    ledger.add([court])
    found = [case_of(ledger, *one) for one in (("wire", "bombing"), ("arrest", "arrest"), ("court", "sentence"))]
    assert len({event.case for event in found}) == 1
    assert found[0].case is not None
    [_, second, *_] = ledger.history(bombing.id)
    assert "case" in second["changed"]
    assert ledger.event(bombing.id, as_of=1).event.case is None
    changed = {change.event: change.fields for change in ledger.diff(1, 2)}
    assert changed[bombing.id]["case"] == (None, found[0].case)


def test_the_other_stages_come_in_order_of_day(ledger: Ledger, case_reports: list[Coding]) -> None:
    ledger.add(case_reports)
    arrest = case_of(ledger, "arrest", "arrest")
    assert [event.type for event in ledger.case(arrest.id)] == ["bombing", "sentence"]
    assert ledger.case(arrest.id, as_of=1)
    assert {e.id for e in ledger.all_events(Query(case=arrest.case))} == {
        arrest.id,
        *(event.id for event in ledger.case(arrest.id)),
    }
    assert list(ledger.all_events(Query(case="c-none"))) == []


def test_a_rejected_event_is_of_no_case_and_comes_back(ledger: Ledger, case_reports: list[Coding]) -> None:
    ledger.add(case_reports[:4])
    bombing, arrest = case_of(ledger, "wire", "bombing"), case_of(ledger, "arrest", "arrest")
    number = ledger.judge("reject", bombing.id)
    assert [ledger.event(e.id).event.case for e in (bombing, arrest)] == [None, None]
    assert whole(ledger) == []
    ledger.withdraw(number)
    assert [ledger.event(e.id).event.case for e in (bombing, arrest)] == [bombing.case] * 2
    assert whole(ledger) == []


def test_a_report_that_is_taken_out_parts_what_it_joined(ledger: Ledger, case_reports: list[Coding]) -> None:
    wire, _, arrest, *_ = case_reports
    ledger.add([wire, arrest])
    bombing = case_of(ledger, "wire", "bombing")
    assert bombing.case is not None
    ledger.remove("arrest", "wrong")
    assert ledger.event(bombing.id).event.case is None
    assert whole(ledger) == []


def test_a_report_coded_again_keeps_its_case(ledger: Ledger, case_reports: list[Coding]) -> None:
    ledger.add(case_reports)
    before = cases_of(ledger)
    ledger.add(case_reports[2:4], every=True)
    assert cases_of(ledger) == before
    assert whole(ledger) == []


def test_an_older_ledger_is_linked_anew_and_gets_its_cases(tmp_path: Path, case_reports: list[Coding]) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger.open(path, create=True) as ledger:
        ledger.add(case_reports)
        before, events = cases_of(ledger), list(ledger.all_events())
    _age(path)
    _age_links(path)
    upgraded = CliRunner().invoke(cli, ["ledger", "upgrade", "--ledger", path])
    with Ledger.open(path) as ledger:
        assert cases_of(ledger) == before
        assert list(ledger.all_events()) == events
        assert f"{len(events)} events are not as before" in upgraded.output
        assert {event.case for event in ledger.all_events(as_of=1)} == {None}
        assert ledger.revisions()[0]["kind"] == "upgrade"
        assert ledger.link_anew() == 0
        assert whole(ledger) == []


def test_an_older_ledger_that_is_only_written_to_is_whole_where_it_was_touched(
    tmp_path: Path, case_reports: list[Coding]
) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger.open(path, create=True) as ledger:
        ledger.add(case_reports[:3])
    _age(path)
    Store(path).upgrade()
    with Ledger.open(path) as ledger:
        assert [event.case for event in ledger.all_events()] == [None, None]
        ledger.add(case_reports[3:])
        assert len(cases_of(ledger)) == 2
        assert whole(ledger) == []


def _age(path: str) -> None:
    """Make a ledger what it was before it knew of cases."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX versions_case"))
        connection.execute(text("DROP INDEX versions_totals"))
        connection.execute(text('ALTER TABLE versions DROP COLUMN "case"'))
        connection.execute(text("ALTER TABLE versions DROP COLUMN killed"))
        later = ("related", "coders", "readings", "differing", "custody", "successions", "access")
        for name in later:
            connection.execute(text(f"DROP TABLE {name}"))
        for table in (t for t in SEALED if t.name not in later):
            connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN digest"))
        connection.execute(text("ALTER TABLE revisions DROP COLUMN upto"))
        connection.execute(text("UPDATE versions SET body = json_remove(body, '$.case')"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    engine.dispose()


def _age_links(path: str) -> None:
    """... and before linking compared what it does now, in other blocks and by other weights."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE compared SET body = json_remove(body, '$.large', '$.accounts[0].first')"))
        connection.execute(text("DELETE FROM blocks"))
        connection.execute(text("UPDATE pairs SET weight = -weight"))
    engine.dispose()
