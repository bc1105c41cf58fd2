"""Exploring in memory gives what the ledger gives; what is left out of a view is counted, not lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ledger import Ledger, Query
from dateline.ledger.query import ORDERS, Order
from dateline.ledger.reviewing import STATES
from dateline.model import Coding
from dateline.service.exploring import Columns, Keeper, masks_of, rows_of
from dateline.service.exploring.atlas import View, atlas
from dateline.service.exploring.columns import NO_DAY
from dateline.service.exploring.counting import Counted
from dateline.service.exploring.facets import facets
from dateline.service.exploring.timeline import Window, timeline
from tests.ledger.conftest import world  # noqa: F401  fixture


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    from benchmarks.world import World

    path = tmp_path_factory.mktemp("exploring") / "ledger.sqlite"
    ledger = Ledger.open(str(path), create=True, by="ann")
    ledger.add(World(seed=5, events_a_day=8).codings(300))
    ids = [event.id for event in ledger.events(limit=6).events]
    ledger.judge("accept", ids[0])
    ledger.judge("reject", ids[1])
    ledger.judge("unsure", ids[2])
    ledger.judge("correct", ids[3], field="when", value=None)
    ledger.judge("correct", ids[4], field="where", value=[{"name": "the border"}])
    ledger.judge("correct", ids[5], field="where", value=[
        {"name": "Iraq", "country": "IQ", "precision": "country", "lat": 33.0, "lon": 44.0},
        {"name": "Anbar", "country": "IQ", "precision": "admin1", "lat": 33.0, "lon": 42.0, "gazetteer_id": "made:x"},
    ])  # fmt: skip
    return ledger


_days = st.dates(dt.date(2014, 12, 25), dt.date(2015, 3, 1)).map(str)
_queries = st.builds(
    Query,
    types=st.sampled_from([(), ("bombing",), ("clash", "arrest")]),
    statuses=st.sampled_from([(), ("occurred",), ("foiled",)]),
    scope=st.sampled_from([None, "event", "rollup"]),
    since=st.none() | _days,
    until=st.none() | _days,
    dated=st.sampled_from([None, True, False]),
    placed=st.sampled_from([None, True, False]),
    places=st.sampled_from([(), ("IQ",), ("NG", "province 4"), ("made:3",), ("nowhere",), ("the border",)]),
    box=st.sampled_from([None, (0.0, -10.0, 80.0, 40.0), (100.0, -90.0, -20.0, 90.0)]),
    actors=st.sampled_from([(), ("front-7",), ("front-1", "nobody")]),
    disputed=st.sampled_from([None, True, False]),
    text=st.sampled_from([None, "bomb", "troops fought", "nosuchword"]),
    min_confidence=st.sampled_from([0.0, 0.7]),
    min_people=st.sampled_from([0, 5]),
    min_killed=st.sampled_from([0, 4]),
    review=st.sampled_from([(), ("accepted", "unsure"), STATES]),
)


@given(_queries)
@settings(max_examples=150, deadline=None)
def test_memory_and_ledger_give_the_same_events(filled: Ledger, query: Query) -> None:
    keeper = Keeper(filled)
    revision = filled.revision()
    columns = keeper.columns(revision)
    masks = masks_of(columns, query, lambda words: keeper.saying(words, revision))
    assert sorted(columns.event[masks.all()]) == sorted(event.id for event in filled.all_events(query))


@given(_queries)
@settings(max_examples=60, deadline=None)
def test_what_was_understood_is_counted_in_memory_as_in_the_ledger(filled: Ledger, query: Query) -> None:
    columns = Keeper(filled).columns(filled.revision())
    assert filled.understood(query, None, Counted(columns)) == filled.understood(query)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_from_memory_are_those_of_the_ledger(filled: Ledger, order: Order, limit: int) -> None:
    columns = Keeper(filled).columns(filled.revision())
    query = Query(order=order, review=STATES)
    mask = masks_of(columns, query, lambda _: set()).all()
    after = None
    for _ in range(40):
        mine, theirs = rows_of(columns, mask, order, limit, after), filled.events(query, None, limit, after)
        assert [event.id for event in filled.versions(mine.nums)] == [event.id for event in theirs.events]
        assert mine.next == theirs.next
        after = mine.next
        if after is None:
            break


@given(_queries)
@settings(max_examples=60, deadline=None)
def test_a_facet_says_what_choosing_it_would_give(filled: Ledger, query: Query) -> None:
    keeper = Keeper(filled)
    revision = filled.revision()
    columns = keeper.columns(revision)

    def total(asked: Query) -> int:
        return int(masks_of(columns, asked, lambda words: keeper.saying(words, revision)).all().sum())

    masks = masks_of(columns, query, lambda words: keeper.saying(words, revision))
    for row in facets(columns, masks, query)["type"]:
        assert row["count"] == total(replace(query, types=(row["value"],)))
    for row in facets(columns, masks, query)["country"]:
        assert row["count"] == total(replace(query, places=(row["value"],)))


def test_columns_grow_with_the_ledger_to_what_reading_it_anew_gives(tmp_path: Path, world: list[Coding]) -> None:  # noqa: F811
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann") as ledger:
        keeper = Keeper(ledger)
        for start in range(0, 60, 20):
            ledger.add(world[start : start + 20])
            event = ledger.events(limit=1).events[0].id
            ledger.judge("correct", event, field="type", value="other")
            grown = keeper.columns(ledger.revision())
            fresh = Columns.of(ledger.standing(ledger.revision()))
            assert _facts(grown) == _facts(fresh)
        earlier = keeper.columns(1)
        assert _facts(earlier) == _facts(Columns.of(ledger.standing(1)))


def _facts(columns: Columns) -> dict[str, tuple[object, ...]]:
    words = columns.words
    places: dict[int, list[object]] = {}
    for row, name, country, lat in zip(
        columns.places.row, columns.places.name, columns.places.country, columns.places.lat, strict=True
    ):
        places.setdefault(int(row), []).append((words.place.all[name], words.country.all[country], float(lat)))
    actors: dict[int, list[object]] = {}
    for row, key in zip(columns.actors.row, columns.actors.key, strict=True):
        actors.setdefault(int(row), []).append(words.actor.all[key])
    return {
        columns.event[n]: (
            words.type.all[columns.type[n]],
            int(columns.start[n]),
            int(columns.people[n]),
            bool(columns.disputed[n]),
            tuple(places.get(n, ())),
            tuple(actors.get(n, ())),
        )
        for n in range(columns.size)
    }


@pytest.mark.parametrize("size", ["day", "week", "month", "year"])
def test_every_event_is_in_a_bin_or_counted_aside(filled: Ledger, size: str) -> None:
    columns = Keeper(filled).columns(filled.revision())
    shown = masks_of(columns, Query(), lambda _: set()).all()
    made = timeline(columns, shown, Window(bin=size))  # type: ignore[arg-type]
    inside = sum(one["events"] for one in made["bins"])
    assert inside + made["wide"] + made["rollups"] + made["undated"] == int(shown.sum())
    assert sum(sum(one["counts"]) for one in made["types"]) == inside
    assert made["undated"] == 1


def test_a_day_far_from_all_others_takes_no_room_and_is_counted(filled: Ledger) -> None:
    columns = Keeper(filled).columns(filled.revision())
    shown = masks_of(columns, Query(), lambda _: set()).all()
    early = np.flatnonzero(shown & (columns.start != NO_DAY) & (columns.scope == 0))[0]
    start, end = columns.start.copy(), columns.end.copy()
    start[early] = end[early] = -200_000
    made = timeline(replace(columns, start=start, end=end), shown, Window())
    inside = sum(one["events"] for one in made["bins"])
    # Of the first and last hundredth some may lie outside, too.
    assert 1 <= made["outside"] <= 0.03 * int(shown.sum())
    assert inside + made["wide"] + made["rollups"] + made["undated"] + made["outside"] == int(shown.sum())
    assert made["window"][0] > "2014" > made["extent"][0]


def test_the_days_asked_for_are_looked_at_closely_where_they_are_few(filled: Ledger) -> None:
    columns = Keeper(filled).columns(filled.revision())
    shown = masks_of(columns, Query(), lambda _: set()).all()
    start, end = columns.start.copy(), columns.end.copy()
    early = np.flatnonzero(shown & (columns.start != NO_DAY))[:3]
    start[early] = end[early] = columns.start[early[0]] - 400
    columns = replace(columns, start=start, end=end)
    whole = timeline(columns, shown, Window())
    since, until = whole["window"][0], (dt.date.fromisoformat(whole["window"][0]) + dt.timedelta(9)).isoformat()
    made = timeline(columns, shown, Window(chosen=(since, until)))
    days = [dt.date.fromisoformat(day) for day in (made["window"][0], since, until, made["window"][1])]
    assert days[1] - days[0] == days[3] - days[2] == dt.timedelta(9) and made["bin"] == "day"
    # Whatever is asked for by hand, or is most of what there is, is looked at as before.
    assert timeline(columns, shown, Window(*whole["window"], chosen=(since, until)))["window"] == whole["window"]
    assert timeline(columns, shown, Window(chosen=(since, whole["window"][1])))["window"] == whole["window"]
    inside = sum(one["events"] for one in made["bins"])
    told = inside + made["wide"] + made["rollups"] + made["undated"] + made["outside"]
    assert told == int(shown.sum()) and made["outside"] > 0


def test_an_event_with_two_places_in_one_cluster_is_one_event(filled: Ledger) -> None:
    columns = Keeper(filled).columns(filled.revision())
    shown = masks_of(columns, Query(), lambda _: set()).all()
    before = atlas(columns, shown, View(3.0))["clusters"]
    twice = {f.name: np.repeat(getattr(columns.places, f.name), 2) for f in fields(columns.places) if f.name != "row"}
    places = replace(columns.places, row=np.repeat(columns.places.row, 2), **twice)
    doubled = replace(columns, places=places, fine=np.repeat(columns.fine, 2))
    assert atlas(doubled, shown, View(3.0))["clusters"] == before


def test_every_place_is_drawn_by_its_precision_or_counted_aside(filled: Ledger) -> None:
    columns = Keeper(filled).columns(filled.revision())
    shown = masks_of(columns, Query(), lambda _: set()).all()
    for zoom in (0.0, 3.0, 9.0):
        made = atlas(columns, shown, View(zoom))
        points = sum(one["count"] for one in made["clusters"])
        placed = int(shown.sum()) - made["unplaced"]
        assert points == placed - 1  # One event is known by its country and province.
        assert made["unplaced"] == 1
        assert made["countries"] == [{"country": "IQ", "count": 1}]
        assert [(one["name"], one["count"]) for one in made["provinces"]] == [("Anbar", 1)]
        assert all((one["event"] is not None) == (one["count"] == 1) for one in made["clusters"])


def test_an_empty_ledger_has_all_views(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True) as ledger:
        columns = Keeper(ledger).columns(0)
        masks = masks_of(columns, Query(places=("IQ",), actors=("x",), box=(0.0, 0.0, 1.0, 1.0)), lambda _: set())
        assert timeline(columns, masks.all(), Window())["bins"] == []
        assert atlas(columns, masks.all(), View())["clusters"] == []
        assert all(not rows for rows in facets(columns, masks, Query()).values())


def test_rows_of_the_newest_revision_are_made_once_and_those_of_an_older_one_forgotten(filled: Ledger) -> None:
    keeper, made = Keeper(filled), []

    def make(nums: list[int]) -> list[dict[str, object]]:
        made.append(nums)
        return [{"num": num, "time": len(made)} for num in nums]

    assert keeper.rows([3, 1, 2], 7, make) == [{"num": 3, "time": 1}, {"num": 1, "time": 1}, {"num": 2, "time": 1}]
    assert keeper.rows([1, 4], 7, make) == [{"num": 1, "time": 1}, {"num": 4, "time": 2}]
    assert keeper.rows([1], 8, make) == [{"num": 1, "time": 3}]
    assert made == [[3, 1, 2], [4], [1]]
