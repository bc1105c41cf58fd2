"""Questions: each filter, pages, earlier states, what changed; the tables and their migrations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from dateline.ledger import Ledger, Query, schema
from dateline.ledger.errors import BadQuery, BadUrl, CorruptLedger, NoLedger, NoSuchReport, NoSuchRevision, OtherVersion
from dateline.ledger.search import OWN, folded
from dateline.ledger.tables import metadata
from dateline.model import Coding
from dateline.model.event import Event


@pytest.fixture
def filled(ledger: Ledger, world: list[Coding]) -> Ledger:
    ledger.add(world)
    return ledger


_ASKED: list[tuple[Query, Callable[[Event], bool]]] = [
    (Query(), lambda e: True),
    (Query(types=("bombing", "clash")), lambda e: e.type in ("bombing", "clash")),
    (Query(statuses=("foiled",)), lambda e: e.status == "foiled"),
    (Query(scope="event"), lambda e: e.scope == "event"),
    (Query(since="2015-01-04"), lambda e: e.when is not None and e.when.end >= "2015-01-04"),
    (Query(until="2015-01-04"), lambda e: e.when is not None and e.when.start <= "2015-01-04"),
    (Query(dated=False), lambda e: e.when is None),
    (Query(placed=True), lambda e: any(p.lat is not None for p in e.where)),
    (Query(placed=False), lambda e: all(p.lat is None for p in e.where)),
    (Query(places=("NG",)), lambda e: any(p.country == "NG" for p in e.where)),
    (Query(places=("made:3",)), lambda e: any(p.gazetteer_id == "made:3" for p in e.where)),
    (Query(places=("province 4",)), lambda e: any(p.admin1 == "Province 4" for p in e.where)),
    (
        Query(box=(0.0, -10.0, 80.0, 40.0)),
        lambda e: any(-10 <= p.lat <= 40 and 0 <= p.lon <= 80 for p in e.where),
    ),
    (
        Query(box=(100.0, -90.0, -20.0, 90.0)),
        lambda e: any(p.lon >= 100 or p.lon <= -20 for p in e.where),
    ),
    (Query(actors=("front-7",)), lambda e: any(a.id == "front-7" for a in e.actors)),
    (
        Query(places=("NG", "made:3")),
        lambda e: any(p.country == "NG" or p.gazetteer_id == "made:3" for p in e.where),
    ),
    (Query(disputed=True), lambda e: bool(e.disagreements)),
    (Query(disputed=False), lambda e: not e.disagreements),
    (Query(min_confidence=0.8), lambda e: e.confidence >= 0.8),
    (Query(min_people=10), lambda e: any((c.best or 0) >= 10 for c in e.counts)),
    (Query(min_killed=10), lambda e: sum((c.best or 0) for c in e.counts if c.what == "killed") >= 10),
    (Query(review=("accepted",)), lambda e: e.review == "accepted"),
    (
        Query(types=("bombing",), places=("IQ",), since="2015-01-02"),
        lambda e: e.type == "bombing" and any(p.country == "IQ" for p in e.where)
        and e.when.end >= "2015-01-02",
    ),
]  # fmt: skip


def test_each_filter_gives_what_it_says(filled: Ledger) -> None:
    every = list(filled.all_events())
    assert len(every) > 50
    for query, holds in _ASKED:
        found = {e.id for e in filled.all_events(query)}
        assert found == {e.id for e in every if holds(e)}, query
        assert filled.count(query) == len(found)


def test_what_is_understood_by_names_is_said(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    told = ledger.understood(Query(places=("Irak", "Mossoul", "Mosull", "Kabul, Afghanistan"), actors=("teachers",)))
    land, town, mistaken, inside, people = told
    assert [(r.label, r.write) for r in land.readings] == [("Iraq", "IQ")] and land.events == 1
    assert town.is_plain and town.readings[0].label.startswith("Mosul (town")
    assert (mistaken.events, mistaken.readings, mistaken.near) == (0, (), ("Mosul",))
    assert inside.events == ledger.count(Query(places=("AF",))) == 1
    assert people.readings[0].label == "whoever is called so"
    assert ledger.count(Query(places=("Irak",))) == ledger.count(Query(places=("IQ",))) == 1
    assert ledger.understood(Query()) == []


def test_a_search_for_words_looks_at_what_reports_say(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    for words, types in (("ZAYTUN market", {"bombing"}), ("teachers", {"attack"}), ("zaytun teachers", set())):
        assert {e.type for e in ledger.all_events(Query(text=words))} == types, words
    assert ledger.count(Query(text='"; DROP TABLE words; -- AND OR NEAR(')) == 0
    assert folded("Türkiye’s  ŞANLIURFA") == folded("türkiye's Şanlıurfa") == "turkiye s sanliurfa"


@pytest.mark.parametrize("order", ["newest", "oldest", "doubt"])
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_hold_each_event_once(filled: Ledger, order: str, limit: int, codings: list[Coding]) -> None:
    filled.add([codings[3]])
    query = Query(order=order)  # type: ignore[arg-type]
    found, after = [], None
    while True:
        page = filled.events(query, limit=limit, after=after)
        found += [e.id for e in page.events]
        after = page.next
        if after is None:
            break
    assert found == [e.id for e in filled.all_events(query)]
    assert len(set(found)) == filled.count(query)


def test_questions_that_make_no_sense_are_refused(ledger: Ledger) -> None:
    for query in (Query(types=("war",)), Query(statuses=("x",)), Query(since="May"), Query(review=("seen",))):
        with pytest.raises(BadQuery, match="DL-L014"):
            ledger.count(query)
    for cursor in ("nonsense", "W10", "eyJhIjoxfQ"):
        with pytest.raises(BadQuery):
            ledger.events(after=cursor)
    with pytest.raises(NoSuchRevision, match="DL-L008"):
        ledger.count(as_of=5)
    with pytest.raises(NoSuchReport):
        ledger.report("none")


def test_every_earlier_state_can_be_read(ledger: Ledger, codings: list[Coding]) -> None:
    states: list[list[Event]] = [[]]
    for coding in codings:
        ledger.add([coding])
        states.append(list(ledger.all_events()))
    event = next(e for e in states[-1] if len(e.accounts) > 1)
    ledger.judge("accept", event.id)
    states.append(list(ledger.all_events()))
    for revision, state in enumerate(states):
        assert list(ledger.all_events(as_of=revision)) == state


def test_what_changed_leads_from_one_state_to_the_other(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:1])
    ledger.add(codings[1:])
    [first] = ledger.all_events(as_of=1)
    changes = {change.event: change for change in ledger.diff(1, 2)}
    assert changes[first.id].kind == "changed"
    assert {"accounts", "counts", "sources"} <= changes[first.id].fields.keys()
    [then], [now] = ([e.as_record() for e in ledger.all_events(as_of=n) if e.id == first.id] for n in (1, 2))
    told = changes[first.id].as_record()
    assert told["fields"]["counts"] == (then["counts"], now["counts"])
    assert told["when"] == now["when"]
    assert {c.kind for name, c in changes.items() if name != first.id} == {"new"}
    assert {c.kind for c in ledger.diff(2, 0)} == {"gone"}
    other = next(e.id for e in ledger.all_events() if e.id != first.id and e.when)
    ledger.judge("same", first.id, other=other)
    merged = {change.event: change for change in ledger.diff(2, 3)}
    gone = next(c for c in merged.values() if c.kind == "gone")
    assert gone.into in merged
    assert [row["revision"] for row in ledger.history(first.id)][:2] == [1, 2]


def test_near_events_are_told(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:2])
    [event] = [e for e in ledger.all_events() if len(e.accounts) > 1]
    keys = [row.key for row in event.accounts]
    ledger.judge("split", event.id, groups=[keys[:1], keys[1:]])
    one, two = sorted(e.id for e in ledger.all_events())
    [(name, weight)] = ledger.near(one)
    assert (name, weight > 1) == (two, True)


# ---------------------------------------------------------------- tables


def test_migrations_make_the_tables(ledger: Ledger) -> None:
    with ledger.store.reading() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not OWN.match(name or "")}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        drift = [d for d in found if "places_point" not in str(d)]
        assert drift == []
        assert schema.version_of(connection) == schema.head()


def test_the_newest_migration_is_the_head() -> None:
    assert ScriptDirectory.from_config(schema._config()).get_current_head() == schema.head()


def test_tables_of_another_version_are_refused(ledger: Ledger, url: str) -> None:
    with ledger.store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OtherVersion, match="DL-L003"):
        Ledger.open(url)


def test_what_is_no_ledger_is_refused(url: str, tmp_path: object) -> None:
    with pytest.raises(NoLedger, match="DL-L001"):
        Ledger.open(url)
    for address in ("mysql://x/y", "", "postgresql//x", "://"):
        with pytest.raises((BadUrl, NoLedger)):
            Ledger.open(address)
    from pathlib import Path

    other = Path(str(tmp_path)) / "other.txt"
    other.write_text("This is a text, and it is long enough to be no empty database at all. " * 20)
    with pytest.raises(CorruptLedger, match=r"DL-L002.*restore"):
        Ledger.open(str(other), create=True)


def test_what_stands_at_a_revision_is_what_stood_and_what_changed(filled: Ledger) -> None:
    one = filled.revision()
    before = dict(filled.standing(one))
    ids = [event.id for event in filled.events(limit=3).events]
    filled.judge("accept", ids[0])
    filled.judge("same", ids[1], other=ids[2])
    gone, fresh = filled.changes(one, filled.revision())
    assert gone and {num: row for num, row in before.items() if num not in gone} | dict(fresh) == dict(
        filled.standing()
    )
    nums = sorted(before, reverse=True)[:5]
    assert filled.versions(nums) == [before[num] for num in nums]
    assert filled.saying("bomb") == {n for n, e in filled.standing() if e.id in _ids(filled, Query(text="bomb"))}


def _ids(ledger: Ledger, query: Query) -> set[str]:
    return {event.id for event in ledger.all_events(query)}
