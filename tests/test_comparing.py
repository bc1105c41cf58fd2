"""What two accounts are compared by: names, levels of fields, and where an account is looked for."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking.candidates import blocks_of, candidates
from dateline.linking.comparing import BESIDE, may_be_one, parts, weight
from dateline.linking.facts import Fact, Spot, facts_from
from dateline.linking.levels import FIELDS
from dateline.linking.rivals import Weigher
from dateline.linking.weights import default_weights
from dateline.linking.words import counts, written_large

_DAY = 738_900
_PLACES = {"Lira": ("geonames:1", 2.2, 32.9), "Gulu": ("geonames:2", 2.8, 32.3), "Homs": ("geonames:3", 34.7, 36.7)}


def fact(
    key: str,
    text: str = "",
    *,
    days: tuple[int, int] | None = None,
    published: int | None = _DAY,
    places: tuple[str, ...] = (),
    figures: dict[str, list[int]] | None = None,
    type_: str = "bombing",
    is_main: bool = True,
) -> Fact:
    """An account that its report's whole text tells of."""
    account = {
        "name": "a1", "type": type_, "status": "occurred", "scope": "event", "days": days,
        "fine": [[*_PLACES[name], sorted(counts(name))] for name in places], "countries": [],
        "figures": figures or {}, "groups": [], "names": [], "targets": [],
        "methods": [], "words": counts(text), "first": 0,
    }  # fmt: skip
    record = {
        "key": key, "source": key, "uri": key, "publisher": None, "published": published, "words": counts(text),
        "large": written_large(text), "title": counts(text), "accounts": [account],
    }  # fmt: skip
    [found] = facts_from(record)
    return replace(found, is_main=is_main, is_theme=is_main)


def level(field: str, a: Fact, b: Fact, beside: bool = False) -> str:
    one, other = (next(p.level for p in parts(*pair, default_weights(), beside) if p.field == field)
                  for pair in ((a, b), (b, a)))  # fmt: skip
    assert one == other, "the order of two accounts says nothing"
    return one


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "large"),
    [
        ("The mayor of Lira met Okello. Mayor Okello left.", ["lira", "okello", "the"]),
        ("GUNMEN SHOT TWO IN LIRA", ["gunmen", "in", "lira", "shot", "two"]),
        ("LIRA - Gunmen fled, and no gunmen were found.", ["lira"]),
        ("In 2024, 12 of them.", ["in"]),
        ("", []),
    ],
)
def test_names_are_words_that_are_never_written_small(text: str, large: list[str]) -> None:
    assert written_large(text) == large


# ---------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("A bomb in Lira.", "A bomb in Homs.", "other place"),
        ("A bomb in Lira.", "A bomb in Homs, not in Lira.", "other place, one is named"),
        ("A bomb in Lira, seen from Homs.", "A bomb in Homs, not in Lira.", "other place, both are named"),
    ],
)
def test_a_place_that_the_other_report_names_parts_less(one: str, other: str, expected: str) -> None:
    lira, homs = fact("a", one, places=("Lira",)), fact("b", other, places=("Homs",))
    assert level("where", lira, homs) == expected
    assert default_weights().of("where", "other place") <= default_weights().of("where", expected)


@pytest.mark.parametrize(
    ("first", "later", "days", "expected"),
    [
        (4, 6, 2, "rises"),
        (4, 12, 2, "rises"),
        (4, 13, 2, "clash"),
        (1, 4, 2, "rises"),
        (6, 4, 2, "clash"),
        (6, 4, 0, "rises"),
        (4, 6, 11, "clash"),
        (12, 14, 2, "close"),
        (4, 4, 2, "same, some"),
    ],
)
def test_a_toll_rises_with_later_reports(first: int, later: int, days: int, expected: str) -> None:
    one = fact("a", figures={"killed": [first]})
    other = fact("b", figures={"killed": [later]}, published=_DAY + days)
    assert level("killed", one, other) == expected


def test_no_toll_rises_where_nobody_knows_the_days() -> None:
    one, other = (fact(key, figures={"killed": [n]}, published=None) for key, n in (("a", 4), ("b", 6)))
    assert level("killed", one, other) == "clash"


@pytest.mark.parametrize(
    ("undated", "dated", "expected"),
    [
        ({}, {"days": (_DAY - 2, _DAY - 2)}, "undated, same days"),
        ({}, {"days": (_DAY - 9, _DAY - 9)}, "undated, same fortnight"),
        ({}, {"days": (_DAY - 40, _DAY - 40)}, "undated, far"),
        ({"is_main": False}, {"days": (_DAY - 40, _DAY - 40)}, "undated, aside, far"),
        ({}, {"days": (_DAY + 1, _DAY + 1)}, "undated, same days"),
        ({}, {"days": (_DAY + 2, _DAY + 2), "published": _DAY + 3}, "undated, told before"),
        ({"is_main": False}, {"days": (_DAY + 9, _DAY + 9), "published": _DAY + 9}, "undated, told before"),
        ({}, {"published": _DAY + 3}, "undated, same days"),
        ({"is_main": False}, {"published": _DAY + 4}, "undated, aside, same fortnight"),
        ({"is_main": False}, {"published": _DAY + 40, "is_main": False}, "undated, neither, far"),
        ({"published": None}, {"days": (_DAY, _DAY)}, "undated"),
    ],
)
def test_what_has_no_day_is_held_against_the_days_around(
    undated: dict[str, object], dated: dict[str, object], expected: str
) -> None:
    assert level("when", fact("a", **undated), fact("b", **dated)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("main", "kind"), [((True, True), ""), ((True, False), "aside, "), ((False, False), "neither, ")]
)
def test_what_reports_have_in_common_counts_by_what_they_are_mainly_of(main: tuple[bool, bool], kind: str) -> None:
    text = "Okello and Adong were at the Zaytun market in Lira when it was shelled."
    one, other = (fact(key, text, days=(_DAY, _DAY), is_main=is_main) for key, is_main in zip("ab", main, strict=True))
    assert level("report", one, other) == f"{kind}from 0.55"
    assert level("published", one, other) == f"{kind}same day"
    assert level("when", one, other) == ("same day" if all(main) else "aside, same day")
    assert level("told", one, other) == ("neither main", "one main", "both main")[sum(main)]
    assert level("own names", one, other).startswith("both main" if all(main) else "up to ")
    assert {level(f, one, other, beside=True) for f in ("report", "title", "rare words", "published")} == {BESIDE}


def test_it_is_as_far_from_one_place_to_the_other_as_back() -> None:
    north, south = fact("a"), fact("b")
    for step in range(200):
        one = replace(north, fine=(Spot("x", 60.0, 10.0),))
        other = replace(south, fine=(Spot("y", 59.9, 10.0 + step / 1000),))
        level("where", one, other)


def test_accounts_that_were_not_compared_are_weighed_like_those_beside_a_better_pair() -> None:
    text = "Okello and Adong were at the Zaytun market in Lira."
    one, passing = fact("a", text), fact("a", text, is_main=False)
    other = fact("b", text)
    facts, weights = {0: one, 1: passing, 2: other}, default_weights()
    assert Weigher(facts, {(0, 2): 2.0}, weights)(1, 2) == weight(passing, other, weights, True)
    assert Weigher(facts, {(0, 2): -1.0}, weights)(1, 2) == weight(passing, other, weights)


# ---------------------------------------------------------------- any accounts

_WORDS = "Okello Adong Zaytun Khalaf Jabbar Hamdani Nakato Bosco".split()


@st.composite
def _any_fact(draw: st.DrawFn, key: str) -> Fact:
    start = draw(st.sampled_from((_DAY - 900, _DAY - 30, _DAY - 3, _DAY)))
    days = draw(st.sampled_from((None, (start, start), (start, start + 20), (start, start + 400))))
    return fact(
        key,
        " ".join(draw(st.lists(st.sampled_from(_WORDS), max_size=5))),
        days=days,
        published=draw(st.sampled_from((None, _DAY, _DAY + 12, _DAY + 380))),
        places=tuple(draw(st.sets(st.sampled_from(sorted(_PLACES)), max_size=2))),
        figures=draw(st.sampled_from(({}, {"killed": [3]}, {"killed": [15]}))),
        type_=draw(st.sampled_from(("bombing", "attack", "arrest"))),
        is_main=draw(st.booleans()),
    )


@settings(deadline=None)
@given(_any_fact("a"), _any_fact("b"))
def test_of_two_accounts_both_look_for_the_other_or_neither_does(a: Fact, b: Fact) -> None:
    one, other = blocks_of(a), blocks_of(b)
    assert one.looks_in.isdisjoint(other.lies_in) == other.looks_in.isdisjoint(one.lies_in)


@settings(deadline=None)
@given(st.tuples(*map(_any_fact, "abcd")))
def test_the_order_of_accounts_changes_no_candidates(facts: tuple[Fact, ...]) -> None:
    found = set()
    for order in itertools.permutations(facts):
        pairs = {frozenset((order[i].telling.key, order[j].telling.key)) for i, j in candidates(order)}
        found.add(frozenset(pairs))
    assert len(found) == 1


@settings(deadline=None)
@given(_any_fact("a"), _any_fact("b"), st.booleans())
def test_every_level_has_a_weight_and_the_sum_is_that_of_its_parts(a: Fact, b: Fact, beside: bool) -> None:
    weights = default_weights()
    assert set(weights.table) == {"prior", *FIELDS}
    row = parts(a, b, weights, beside)
    assert all(part.level in weights.table[part.field] for part in row)
    assert weight(a, b, weights, beside) == weight(b, a, weights, beside)
    total = sum(part.weight for part in row)
    if row and total > -3.0:
        assert weight(a, b, weights, beside) == pytest.approx(total)


def test_plots_against_different_things_are_two() -> None:
    embassy, market = (
        replace(fact(key, "A plot in Homs was foiled.", type_="plot"), targets=frozenset((what,)))
        for key, what in (("a", "embassy"), ("b", "market"))
    )
    assert not may_be_one(embassy, market)
    assert may_be_one(embassy, replace(market, targets=frozenset()))
