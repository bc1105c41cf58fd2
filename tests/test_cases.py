"""Cases: a deed and what came of it. What a report says of its own accounts, and what reports together make of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.linking import link
from dateline.linking.cases import case_id, cases
from dateline.linking.stages import APART, IMPLIED, LINKED, Relation, relations
from dateline.model import Account, Actor, Coding, Link, Place, Report, Span, When
from dateline.model.vocabulary import LinkKind, Status, Type

_IDS = {"Mosul": "geonames:99072", "Basra": "geonames:99532", "Tikrit": "geonames:91597"}


def told(
    name: str,
    type_: Type,
    day: str | None = None,
    place: str | None = None,
    *,
    sentence: int = 0,
    person: str | None = None,
    status: Status = "occurred",
) -> Account:
    here = Span(sentence * 10, sentence * 10 + 5)
    return Account(
        name,
        type_,
        status,
        "event",
        here,
        (here,),
        when=When(day, day, "day", "stated") if day else None,
        where=(Place(place, here, place, "IQ", gazetteer_id=_IDS[place], precision="city"),) if place else (),
        actors=(Actor("target", "person", person, person, here),) if person else (),
    )


def said(accounts: Sequence[Account], *links: tuple[LinkKind, str, str]) -> set[tuple[str, str, int]]:
    report = Report("sha256:0", "a", "x" * 200)
    found = relations(Coding(report, tuple(accounts), tuple(Link(*one) for one in links)))
    assert len({(one.one, one.other) for one in found}) == len(found)
    return {(one.one, one.other, one.strength) for one in found}


BOMBING = told("a1", "bombing", "2024-05-14", "Mosul")
ATTACK = told("a2", "attack", "2024-05-13", "Basra", sentence=1)


def test_a_link_says_of_which_deed_it_is() -> None:
    arrest = told("a3", "arrest", "2024-06-01", "Tikrit", sentence=2)
    assert said([BOMBING, ATTACK, arrest], ("follows", "a3", "a2")) == {("a1", "a2", APART), ("a2", "a3", LINKED)}


def test_a_consequence_is_of_the_only_deed_of_its_report() -> None:
    arrest = told("a2", "arrest", "2024-06-01", "Tikrit", sentence=1)
    assert said([BOMBING, arrest]) == {("a1", "a2", IMPLIED)}


def test_nothing_comes_of_a_deed_before_it() -> None:
    assert said([BOMBING, told("a2", "arrest", "2024-05-02", "Tikrit", sentence=1)]) == set()


@pytest.mark.parametrize("shared", [{"sentence": 1}, {"sentence": 2, "person": "Walid Jabbar"}])
def test_of_two_deeds_it_is_that_with_which_it_shares_something(shared: dict[str, object]) -> None:
    attack = replace(ATTACK, actors=(Actor("victim", "person", "Jabbar", "Jabbar", Span(10, 15)),))
    trial = told("a3", "trial", "2025-01-01", **shared)  # type: ignore[arg-type]
    assert ("a2", "a3", IMPLIED) in said([BOMBING, attack, trial])


def test_where_the_report_leaves_a_doubt_it_is_of_neither() -> None:
    trial = told("a3", "trial", "2025-01-01", sentence=2)
    assert said([BOMBING, ATTACK, trial]) == {("a1", "a2", APART)}


def test_what_is_linked_with_deeds_that_are_kept_apart_is_of_neither() -> None:
    trial = told("a3", "trial", "2025-01-01", sentence=2)
    assert said([BOMBING, ATTACK, trial], ("follows", "a3", "a1"), ("follows", "a3", "a2")) == {("a1", "a2", APART)}


@pytest.mark.parametrize("type_", ["protest", "closure"])
def test_people_answer_the_deed_of_their_town(type_: Type) -> None:
    assert said([BOMBING, told("a2", type_, "2024-05-15", "Mosul", sentence=1)]) == {("a1", "a2", IMPLIED)}
    assert said([BOMBING, told("a2", type_, "2024-05-15", "Basra", sentence=1)]) == set()


def test_no_arrest_comes_of_a_fight_unless_a_report_says_so() -> None:
    strike, arrest = told("a1", "airstrike", "2024-05-14", "Mosul"), told("a2", "arrest", sentence=1)
    assert said([strike, arrest]) == set()
    assert said([strike, arrest], ("follows", "a2", "a1")) == {("a1", "a2", LINKED)}


def test_a_report_of_one_trial_tells_of_its_arrest() -> None:
    found = [told("a1", "sentence", "2025-01-01"), told("a2", "arrest", "2024-06-01", sentence=1)]
    assert said(found) == {("a1", "a2", IMPLIED)}
    assert said([*found, told("a3", "arrest", "2024-07-01", sentence=2)]) == set()


@pytest.mark.parametrize(
    "other",
    [
        replace(BOMBING, scope="rollup"),
        replace(BOMBING, status="planned"),
        replace(BOMBING, status="hypothetical"),
        replace(BOMBING, status="denied"),
        replace(BOMBING, status="threatened"),
    ],
)
def test_sums_plans_and_denials_are_of_no_case(other: Account) -> None:
    arrest = told("a2", "arrest", "2024-06-01", sentence=1)
    assert said([other, arrest], ("follows", "a2", "a1")) == set()


def test_tellings_of_one_day_and_town_are_one_deed() -> None:
    killing = told("a2", "killing", "2024-05-14", "Mosul", sentence=1)
    assert said([BOMBING, killing, told("a3", "arrest", sentence=2)]) == {
        ("a1", "a2", IMPLIED),
        ("a1", "a3", IMPLIED),
    }


# ---------------------------------------------------------------- across reports


def test_events_are_of_one_case_where_a_report_says_so() -> None:
    # Accounts 0 (bombing) and 1 (arrest) of one report, 2 (the same bombing) and 3 (trial) of another.
    home = {0: 0, 1: 1, 2: 0, 3: 3, 4: 4}
    assert cases(home, [(0, 1, IMPLIED), (2, 3, LINKED)]) == {0: 0, 1: 0, 3: 0}


def test_deeds_that_a_report_keeps_apart_are_two_cases() -> None:
    home = {n: n for n in range(3)}
    found = cases(home, [(0, 1, APART), (0, 2, IMPLIED), (1, 2, LINKED)])
    assert found == {1: 1, 2: 1}, "the stronger of the two joins"


def test_what_is_said_most_joins_first() -> None:
    home = {0: 0, 1: 1, 2: 2, 3: 0, 4: 2, 5: 5}
    found = cases(home, [(0, 1, APART), (1, 2, IMPLIED), (0, 2, IMPLIED), (3, 4, IMPLIED)])
    assert found == {0: 0, 2: 0}


def test_an_account_of_no_event_joins_nothing() -> None:
    assert cases({0: 0}, [(0, 1, LINKED)]) == {}


_related = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from((APART, IMPLIED, LINKED))), max_size=12
).map(lambda rows: [(min(a, b), max(a, b), s) for a, b, s in rows if a != b])


@given(_related, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_said_changes_nothing(rows: list[tuple[int, int, int]], random: object) -> None:
    home = {n: n - n % 2 if n < 4 else n for n in range(8)}
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = cases(home, rows)
    assert found == cases(home, shuffled)
    linked = {(home[a], home[b]) for a, b, s in rows if s == LINKED}
    for a, b, strength in rows:
        one, other = home[a], home[b]
        if strength == APART and one != other and not {(one, other), (other, one)} & linked:
            assert found.get(one, one) != found.get(other, other)
    for first, own in itertools.groupby(sorted(found, key=lambda e: (found[e], e)), key=lambda e: found[e]):
        assert next(own) == first, "a case has the name of its first event"


def test_a_deed_its_arrest_and_its_trial_are_one_case(case_reports: list[Coding]) -> None:
    events = link(case_reports)
    by_type = {e.type: e for e in events if any(a.report_uri in ("arrest", "court") for a in e.accounts)}
    assert set(by_type) == {"bombing", "arrest", "sentence"}
    bombing = by_type["bombing"]
    assert len(bombing.accounts) == 5
    assert bombing.case == case_id(_key(case_reports[0], bombing.accounts[0].account_id)) is not None
    assert {e.case for e in by_type.values()} == {bombing.case}
    [attack] = [e for e in events if e.type == "attack"]
    assert attack.case not in (None, bombing.case), "the round-up tells of both, and keeps them apart"


def _key(coding: Coding, account: str) -> str:
    from dateline.linking.facts import account_key, report_key

    return account_key(report_key(coding.report), account)


def test_relations_are_sorted_and_name_the_earlier_account_first(case_reports: list[Coding]) -> None:
    for coding in case_reports:
        place = {a.id: n for n, a in enumerate(coding.accounts)}
        found: list[Relation] = relations(coding)
        assert all(place[one.one] < place[one.other] for one in found)
