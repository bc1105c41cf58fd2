"""Accounts of many reports become events: what joins, what stays apart, and what an event says of its sources."""

from __future__ import annotations

import gc
import itertools
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from benchmarks.world import World
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cli import cli
from dateline.coding import code_report
from dateline.linking import as_explanation, link
from dateline.linking.candidates import worth_comparing
from dateline.linking.clustering import TIE, chains, cluster, ties
from dateline.linking.facts import Fact, told_by
from dateline.linking.words import counts, likeness, vector
from dateline.model import Coding
from dateline.model.event import Event
from dateline.readers import report_of

_WIRE = (
    "MOSUL, Iraq - A car bomb exploded outside the Zaytun market in Mosul on Tuesday, killing 12 people and wounding "
    "30, police colonel Saad Hamdani said. Shopkeeper Walid Jabbar said the blast threw cars into the air."
)
_PAPER = (
    "A car bomb killed at least 14 people at the Zaytun market in Mosul on Tuesday, hospital officials said. Thirty "
    "people were wounded. Colonel Saad Hamdani said the car had been parked beside a bakery."
)
_OTHER = (
    "KABUL - Gunmen shot dead two teachers in Kabul on Tuesday, the education ministry said. Nobody claimed the attack."
)


def coded(uri: str, text: str, published: str = "2024-05-15") -> Coding:
    return code_report(report_of(text, uri, published))


@pytest.fixture(scope="module")
def three() -> list[Coding]:
    return [coded("wire", _WIRE), coded("paper", _PAPER), coded("other", _OTHER)]


def holding(events: list[Event], uri: str) -> Event:
    return next(e for e in events if any(a.report_uri == uri for a in e.accounts))


def test_two_tellings_are_one_event(three: list[Coding]) -> None:
    events = link(three)
    bombing = holding(events, "wire")
    assert {a.report_uri for a in bombing.accounts} == {"wire", "paper"}
    assert holding(events, "other") is not bombing
    assert (bombing.type, bombing.sources) == ("bombing", 2)
    assert bombing.when is not None
    assert bombing.when.start == "2024-05-14"
    assert "Mosul" in {p.name for p in bombing.where}


def test_figures_that_differ_stand_side_by_side(three: list[Coding]) -> None:
    bombing = holding(link(three), "wire")
    killed = next(c for c in bombing.counts if c.what == "killed")
    assert {f.best for f in killed.figures} == {12, 14}
    assert killed.rule == "revised"
    assert any(d.startswith("counts.killed") for d in bombing.disagreements)
    wounded = next(c for c in bombing.counts if c.what == "wounded")
    assert (wounded.best, {f.report_uri for f in wounded.figures}) == (30, {"wire", "paper"})


def test_every_account_is_in_exactly_one_event(three: list[Coding]) -> None:
    told = sorted(str(a) for e in link(three) for a in e.accounts)
    assert told == sorted(f"{c.report.uri}#{a.id}" for c in three for a in c.accounts)


def test_a_merge_explains_itself(three: list[Coding]) -> None:
    bombing = holding(link(three), "wire")
    [tie] = bombing.why
    assert tie.parts[0].field == "prior"
    assert tie.weight == pytest.approx(sum(p.weight for p in tie.parts), abs=0.01)
    assert tie.weight > 0
    text = as_explanation(bombing)
    assert "same day" in text
    assert "wire#" in text


def test_what_one_report_keeps_apart_stays_apart() -> None:
    text = (
        "A bomb exploded at a market in Mosul on Tuesday, killing five people. Another bomb exploded at a bus station "
        "in Basra on Monday, killing two people."
    )
    one = coded("a", text)
    events = link([one, coded("b", text + " Police gave no details.")])
    assert len(one.accounts) > 1
    for event in events:
        assert len({a.report_uri for a in event.accounts}) == len(event.accounts)


def test_a_copy_is_no_second_source(three: list[Coding]) -> None:
    copy = coded("copy", _WIRE + " Reporting by our staff.")
    bombing = holding(link([*three, copy]), "copy")
    assert {"wire", "copy"} <= {a.report_uri for a in bombing.accounts}
    assert bombing.sources == 2


def test_a_roll_up_is_never_an_event() -> None:
    total = coded(
        "total", "Since January 1, security forces in Mosul have arrested nearly 300 militants in 40 operations."
    )
    event = coded("event", "Security forces arrested 12 militants in an operation in Mosul on Tuesday.")
    for one in link([total, event]):
        assert len({a.report_uri for a in one.accounts}) == 1


def test_an_event_names_the_roll_up_that_holds_it() -> None:
    report = coded(
        "both",
        "Security forces have captured nearly 3,000 militants in Iraq since January 1, 2024, the ministry said. On "
        "May 14, 2024, security forces captured 15 militants in Mosul.",
    )
    whole, one = sorted(link([report]), key=lambda e: e.scope, reverse=True)
    assert (whole.scope, one.scope) == ("rollup", "event")
    assert (one.part_of, whole.part_of) == (whole.id, None)


def test_no_event_holds_accounts_of_two_towns() -> None:
    world = list(World(seed=5, events_a_day=8).codings(300))
    town = {(c.report.uri, a.id): a.where[0].name for c in world for a in c.accounts if a.where}
    events = link(world)
    assert len(events) < sum(len(c.accounts) for c in world)
    for event in events:
        assert len({town[key] for k in event.accounts if (key := (k.report_uri, k.account_id)) in town}) <= 1


def test_ids_are_of_one_event_each(three: list[Coding]) -> None:
    again = [replace(c, report=replace(c.report, uri=f"{c.report.uri}-again")) for c in three]
    events = link([*three, *again])
    assert len({e.id for e in events}) == len(events)


def test_an_event_that_two_reports_remember_is_not_their_own() -> None:
    one = coded("one", _WIRE + " On May 3, gunmen had shot dead two teachers in Kirkuk, local officials said.")
    two = coded("two", _PAPER + " On May 9, police arrested six men in Basra, residents said.")
    events = link([one, two])
    assert {a.report_uri for a in holding(events, "one").accounts} == {"one", "two"}
    remembered = [e for e in events if {p.name for p in e.where} & {"Kirkuk", "Basrah"}]
    assert len(remembered) >= 2
    assert all(len({a.report_uri for a in e.accounts}) == 1 for e in remembered)


def test_one_of_the_dead_is_no_toll() -> None:
    toll = coded("toll", "Gunmen killed two teachers in Lira on Tuesday, Colonel Saad Hamdani said.")
    mourned = [
        coded(str(n), f"Gunmen killed the teacher Walid Jabbar in Lira on Tuesday, Colonel Saad Hamdani said{end}")
        for n, end in enumerate((".", " on Wednesday."))
    ]
    event = holding(link([toll, *mourned]), "toll")
    assert len({a.report_uri for a in event.accounts}) == 3
    assert [c.best for c in event.counts if c.what == "killed"] == [2]


def test_an_undated_account_meets_one_of_the_days_before_its_report() -> None:
    dated = coded("dated", "Police arrested 15 members of the Islamic State group in Izmir in May 2024.", "2024-09-01")
    undated = coded("undated", "The arrest of 15 Islamic State supporters in Izmir was welcomed.", "2024-05-15")
    assert len(link([dated, undated])) == 1


def test_what_a_report_says_most_of_is_its_main_account() -> None:
    text = (
        "A bomb wounded a guard in Homs on Monday. Gunmen killed two judges in Lira on Tuesday. The judges were shot "
        "at the court, the gunmen fled, and police said that the judges had been killed with rifles."
    )
    facts = [told.fact for told in told_by(coded("a", text))]
    assert [f.type for f in facts if f.family == "force" and f.is_main] == ["attack"]


def test_the_order_of_reports_changes_no_event(three: list[Coding]) -> None:
    groups = {
        frozenset(frozenset(map(str, e.accounts)) for e in link(list(order))) for order in itertools.permutations(three)
    }
    assert len(groups) == 1


def test_a_report_more_touches_only_what_it_tells_of(three: list[Coding]) -> None:
    before = {e.id: e for e in link(three)}
    more = coded("more", "Four farmers were kidnapped near Arauca in Colombia on Monday, the army said.")
    after = {e.id: e for e in link([*three, more])}
    assert before.items() <= after.items()


def test_codings_that_were_linked_are_let_go(three: list[Coding]) -> None:
    lines, held = [coding.to_json() for coding in three], []

    def coming() -> Iterator[Coding]:
        for n, line in enumerate(lines * 5):
            held.append(sum(isinstance(one, Coding) for one in gc.get_objects()))
            coding = Coding.from_json(line)
            yield replace(coding, report=replace(coding.report, uri=f"report {n}"))

    link(coming())
    assert held[-1] - held[1] <= 1


def test_the_same_codings_give_the_same_bytes(three: list[Coding]) -> None:
    assert [e.to_json() for e in link(three)] == [e.to_json() for e in link(three)]


def test_undated_and_placeless_accounts_do_no_harm() -> None:
    report = coded("x", "Rebels attacked a convoy.")
    undated = replace(report, report=replace(report.report, published=None))
    assert len(link([undated])) == len(undated.accounts)


@given(st.integers(0, 12), st.data())
def test_clusters_part_their_members(count: int, data: st.DataObject) -> None:
    numbers = st.sampled_from([-99.0, -2.0, 0.5, 1.0, 2.0])
    every = list(itertools.combinations(range(count), 2))
    table = {pair: data.draw(numbers) for pair in every if data.draw(st.booleans())}
    labels = [data.draw(st.sampled_from("abcdefgh")) for _ in range(count)]
    apart = {pair for pair in every if data.draw(st.integers(0, 9)) == 0}
    together = [pair for pair in every if data.draw(st.integers(0, 19)) == 0]
    tied = [*together, *(p for p, w in table.items() if w >= TIE)]
    found = [
        c
        for chain in chains(count, tied)
        for c in cluster(chain, table, labels.__getitem__, lambda i, j: (min(i, j), max(i, j)) in apart, together)
    ]
    assert sorted(i for c in found for i in c) == list(range(count))
    home = {i: n for n, c in enumerate(found) for i in c}
    assert all(home[i] == home[j] for i, j in together)
    for one in found:
        free = not any(i in one and j in one for i, j in together)
        pairs = list(itertools.combinations(one, 2))
        assert not free or len({labels[i] for i in one}) == len(one)
        assert not free or not set(pairs) & apart
        assert not free or not pairs or any(table.get(pair, -1.0) > 0 for pair in pairs)


@given(st.data())
def test_an_island_is_worked_out_alone(data: st.DataObject) -> None:
    numbers = st.sampled_from([-2.0, 0.5, 1.0, 2.0])
    table = {pair: data.draw(numbers) for pair in itertools.combinations(range(6), 2) if data.draw(st.booleans())}
    whole = {tuple(c) for c in cluster(list(range(6)), table, str)}
    far = {(i + 6, j + 6): w for (i, j), w in table.items()}
    both = {tuple(c) for c in cluster(list(range(12)), {**table, **far}, str)}
    assert both == whole | {tuple(i + 6 for i in c) for c in whole}


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share(a: str, b: str) -> None:
    one, two = vector(counts(a)), vector(counts(b))
    assert -1e-9 <= likeness(one, two) <= 1 + 1e-9
    assert likeness(one, two) == pytest.approx(likeness(two, one))


def test_the_command(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.txt").write_text(_WIRE, encoding="utf-8")
    (folder / "b.txt").write_text(_PAPER, encoding="utf-8")
    runner = CliRunner()
    result = runner.invoke(cli, ["link", str(folder), "--published", "2024-05-15", "--format", "jsonl", "-q"])
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["schema"] for row in rows} == {"dateline.event/1"}
    assert any(len(row["accounts"]) == 2 and "#" in row["why"][0]["between"][0] for row in rows)
    shown = runner.invoke(cli, ["link", str(folder), "--published", "2024-05-15", "--explain", "-q"])
    assert "are one event because" in shown.stdout
    table = runner.invoke(cli, ["link", str(folder), "--published", "2024-05-15", "--format", "table", "-q"])
    assert "Mosul" in table.stdout


def test_all_pairs_of_two_clusters_are_weighed_before_they_join() -> None:
    asked: list[tuple[int, int]] = []

    def weigh(i: int, j: int) -> float:
        asked.append((i, j))
        return value

    table = {(0, 1): 4.0, (1, 2): 3.0}
    value = -20.0
    assert cluster([0, 1, 2], table, str, weigh=weigh) == [[0, 1], [2]]
    assert asked == [(0, 2)]
    value = 0.5
    assert cluster([0, 1, 2], table, str, weigh=weigh) == [[0, 1, 2]]


def test_clusters_that_share_a_report_are_never_weighed() -> None:
    def weigh(i: int, j: int) -> float:
        raise AssertionError("nobody needs to know")

    table = {(0, 1): 4.0, (1, 2): 3.0}
    assert cluster([0, 1, 2], table, "aba".__getitem__, weigh=weigh) == [[0, 1], [2]]


def test_events_that_a_report_is_mainly_of_come_first(three: list[Coding]) -> None:
    more = coded("more", _OTHER + " On May 3, a bomb at a bank in Herat had killed five people, police said.")
    main = {(t.telling.uri, t.account.id) for c in (more, *three) for t in told_by(c) if t.fact.is_main}
    events = link([more, *three])
    told = [any((a.report_uri, a.account_id) in main for a in e.accounts) for e in events]
    assert told == sorted(told, reverse=True)
    assert set(told) == {True, False}
    assert any(a.account_id > "a1" for e in events for a in e.accounts if a.report_uri == "more")


def test_the_ties_of_an_event_join_all_of_its_accounts(three: list[Coding]) -> None:
    more = [coded(str(n), f"{_PAPER} Report {n}, with {word}.") for n, word in enumerate(("Okello", "Adong", "Nakato"))]
    event = holding(link([*three, *more]), "wire")
    assert len(event.accounts) == 5
    assert len(event.why) == 4
    at = {key: n for n, key in enumerate(event.accounts)}
    pairs = [(at[tie.between[0]], at[tie.between[1]]) for tie in event.why]
    assert all(i < j for i, j in pairs)
    assert len(chains(5, pairs)) == 1
    assert all(tie.weight > 0 for tie in event.why)


def test_a_loose_account_is_tied_with_its_best_partner_alone() -> None:
    pairs = {(0, 1): 4.0, (2, 3): 4.0, (1, 4): 0.4, (3, 4): 0.9, (1, 2): 1.0, (4, 5): -1.0}
    assert {tuple(sorted(pair)) for pair in ties(pairs)} == {(0, 1), (2, 3), (3, 4)}


def test_the_news_of_a_report_is_what_came_of_the_deed_that_it_tells() -> None:
    text = "A court in Nairobi sentenced two men on Monday for the bombing of a market in Mombasa in March 2023."
    facts = [told.fact for told in told_by(coded("a", text, "2024-05-14"))]
    assert [f.type for f in facts if f.is_main] == ["sentence"]


def test_what_has_no_day_is_compared_where_a_name_of_its_sentences_is_shared_or_much_in_all() -> None:
    one, two = (_fact(coded(uri, text)) for uri, text in (("wire", _WIRE), ("paper", _PAPER)))
    undated = replace(two, days=None, fine=())
    assert worth_comparing(one, undated) and worth_comparing(undated, one)
    # The same without a word of the other in its own sentences, nor of its sentences in the other's report.
    silent = replace(undated, own_names=frozenset(), telling=replace(two.telling, names=frozenset(["jabbar"])))
    one = replace(one, own_names=one.own_names - {"jabbar"})
    assert one.telling.names & silent.telling.names
    assert not worth_comparing(one, silent) and not worth_comparing(silent, one)
    passing = {"is_main": False, "is_theme": False}
    assert worth_comparing(replace(one, **passing), replace(silent, **passing))
    assert worth_comparing(one, replace(silent, fine=one.fine))


def test_what_is_told_in_passing_is_not_compared_with_news_of_other_weeks() -> None:
    one, two = (_fact(coded(uri, text)) for uri, text in (("wire", _WIRE), ("paper", _PAPER)))
    assert one.days and worth_comparing(one, two)
    later = replace(two, days=(one.days[0] + 21, one.days[1] + 21))
    assert worth_comparing(one, later)
    assert not worth_comparing(one, replace(later, is_main=False, is_theme=False))


def _fact(coding: Coding) -> Fact:
    return next(told.fact for told in told_by(coding) if told.fact.is_main)
