"""One value from many reports: tolls over time, days and places that most bear out, one name a party, totals."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline.coding import code_report
from dateline.linking import link
from dateline.linking.comparing import may_be_one
from dateline.linking.consolidating import event_of
from dateline.linking.facts import told_by
from dateline.linking.totals import Totals, extent_of, holds
from dateline.model import Account, Actor, Coding, Count, Place, Report, Span, When
from dateline.model.event import Event, EventCount
from dateline.readers import report_of

_HERE = Span(0, 4)
_Told = tuple[str, int, str]


def report(
    number: int,
    published: str | None = "2024-05-14",
    killed: Sequence[_Told] = (),
    day: tuple[str, str] | None = None,
    where: Sequence[Place] = (),
    actors: Sequence[Actor] = (),
) -> Coding:
    """A report of one bombing; `killed` are party, figure and words."""
    given = When(published, published, "day", "given") if published else None
    words = f"report {number} " + " ".join(f"word{number}x{n}" for n in range(40))
    when = When(*day, "day" if day[0] == day[1] else "range", "relative", "then", _HERE) if day else None
    account = Account(
        "a1", "bombing", "occurred", "event", _HERE, (_HERE,), when=when, where=tuple(where), actors=tuple(actors),
        counts=tuple(_count(*one, at=n) for n, one in enumerate(killed)),
    )  # fmt: skip
    return Coding(Report(f"id{number}", f"uri{number}", words, published=given), (account,))


def _count(party: str, size: int, text: str, at: int) -> Count:
    low = None if text.startswith("about") else size
    return Count("killed", party, low, size, size if low else None, text, Span(10 * at, 10 * at + 5))  # type: ignore[arg-type]


def event(*codings: Coding) -> Event:
    """The event that all of the reports' accounts are of."""
    return event_of([one for coding in codings for one in told_by(coding)])


def toll(*rows: tuple[str | None, str]) -> EventCount:
    """The toll of reports, each a day and its figures: "5 people, 2 policemen"."""
    parties = {
        "people": "civilian",
        "civilians": "civilian",
        "policemen": "state",
        "fighters": "nonstate",
        "": "unknown",
    }
    codings = []
    for n, (published, told) in enumerate(rows):
        figures = []
        for one in told.split(", "):
            number, _, who = one.removeprefix("about ").partition(" ")
            figures.append((parties[who], int(number), one))
        codings.append(report(n, published, figures))
    [count, *others] = event(*codings).counts
    assert not others
    return count


def path(count: EventCount) -> list[int | None]:
    return [step.best for step in count.history]


# ---------------------------------------------------------------- tolls


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        # A toll that rises from day to day, and a reader of the first report who repeats it.
        ([("05-14", "2 people"), ("05-15", "4 people"), ("05-16", "6 people"), ("05-16", "4 people")], [2, 4, 6]),
        # On one day the figure that more reports repeat.
        ([("05-14", "9 people"), ("05-14", "9 people"), ("05-14", "12 people"), ("05-15", "9 people")], [9]),
        ([("05-14", "5 people"), ("05-14", "9 people"), ("05-15", "9 people")], [5, 9]),
        # An old figure told again a year later, or a part of it, undoes nothing; nor does a guess.
        ([("05-14", "2 people"), ("05-15", "6 people"), ("05-16", "6 people"), ("06-30", "2 people")], [2, 6]),
        ([("05-14", "6 people"), ("05-16", "about 9 people")], [6]),
        # A figure revised down: the later report tells both, or more reports follow it.
        ([("05-14", "7 people"), ("05-15", "5 people, 7 people")], [7, 5]),
        ([("05-14", "7 people"), ("05-15", "5 people"), ("05-16", "5 people")], [7, 5]),
        ([("05-14", "7 people"), ("05-15", "5 people")], [7]),
        # Long after, one report alone brings nothing new.
        ([("05-14", "6 people"), ("05-15", "6 people"), ("06-30", "8 people")], [6]),
        # A figure that few told at first holds from the day on which a later report alone repeats it.
        ([("05-14", "9 people"), ("05-14", "11 people"), ("05-15", "9 people"), ("05-15", "9 people"),
          ("05-16", "11 people")], [9, 11]),
        # Of two figures in a report the smaller, if a later report tells it and none the larger (that of two deeds).
        ([("05-14", "1 people"), ("05-15", "4 people, 1 people"), ("05-16", "1 people")], [1]),
        ([("05-14", "1 people"), ("05-15", "4 people, 1 people"), ("05-16", "4 people")], [1, 4]),
        # An undated statement that goes further than the dated ones, borne out by an estimate.
        ([("05-14", "27 people"), ("05-15", "34 people"), ("05-16", "about 40 people"), (None, "38 people")],
         [27, 34, 38]),
    ],
)  # fmt: skip
def test_a_toll_has_a_history(rows: list[tuple[str | None, str]], steps: list[int]) -> None:
    dated = [(f"2024-{day}" if day else None, told) for day, told in rows]
    found = {(tuple(path(count)), count.best) for count in (toll(*some) for some in itertools.permutations(dated))}
    assert found == {(tuple(steps), steps[-1])}


def test_all_figures_stay_listed_with_their_days() -> None:
    count = toll(("2024-05-14", "2 people"), ("2024-05-15", "6 people"), ("2024-05-16", "6 people"))
    assert [(s.published, s.best, s.sources) for s in count.history] == [("2024-05-14", 2, 1), ("2024-05-15", 6, 2)]
    assert [f.best for f in count.figures] == [2, 6, 6]
    assert count.rule == "revised"


@pytest.mark.parametrize(
    ("rows", "party", "best"),
    [
        (["10 people", "10 civilians"], "civilian", 10),
        (["10 people", "10 people, 2 policemen"], "civilian", 10),
        (["10 people", "10 ", "10 "], "civilian", 10),
        (["10 people, 2 policemen, 8 civilians", "10 "], "civilian", 10),
        # Who tells of the dead as fighters is one against three.
        (["11 civilians", "11 civilians", "11 civilians", "35 fighters"], "civilian", 11),
    ],
)
def test_one_toll_however_its_people_are_called(rows: list[str], party: str, best: int) -> None:
    count = toll(*(("2024-05-14", row) for row in rows))
    assert (count.best, len(count.figures)) == (best, sum(len(row.split(", ")) for row in rows))
    assert count.party in (party, "unknown")


def test_a_figure_holds_from_the_day_of_the_report_that_settles_it() -> None:
    count = toll(("2024-05-14", "9 people"), ("2024-05-14", "11 people"), ("2024-05-15", "9 people"),
                 ("2024-05-15", "9 people"), ("2024-05-16", "11 people"))  # fmt: skip
    assert [(s.published, s.best, s.sources) for s in count.history] == [("2024-05-14", 9, 3), ("2024-05-16", 11, 2)]


def test_a_report_tells_the_toll_of_its_deed_before_that_of_the_month() -> None:
    told = report(1, killed=[("state", 3, "Three soldiers"), ("state", 4, "four"), ("unknown", 15, "15 people")])
    [account] = told.accounts
    first, second = Span(0, 16), Span(17, 40)
    two = replace(told, accounts=(replace(account, sentences=(first, second)),))
    assert [(c.party, c.best) for c in event(two).counts] == [("state", 4)]
    assert [f.best for f in event(two).counts[0].figures] == [3, 4, 15]


@pytest.mark.parametrize(("one", "other"), [("nonstate", "civilian"), ("state", "civilian")])
def test_as_many_dead_of_another_side_are_the_same_people_unless_a_report_tells_of_both(one: str, other: str) -> None:
    mine, theirs = (one, 9, "nine guards"), (other, 9, "nine villagers")
    assert len(event(report(1, killed=[mine]), report(2, killed=[theirs])).counts) == 1
    assert len(event(report(1, killed=[mine, theirs]), report(2, killed=[theirs])).counts) == 2


def test_two_sides_are_two_tolls() -> None:
    counts = event(
        report(1, killed=[("state", 2, "two soldiers"), ("nonstate", 7, "seven rebels")]),
        report(2, killed=[("nonstate", 7, "seven rebels")]),
        report(3, killed=[("nonstate", 7, "seven rebels")]),
    ).counts
    assert {(c.party, c.best) for c in counts} == {("state", 2), ("nonstate", 7)}


# ---------------------------------------------------------------- days and places


def days(*told: tuple[str, str, str]) -> tuple[str, str]:
    when = event(*(report(n, f"2024-{p}", day=(f"2024-{a}", f"2024-{b}")) for n, (p, a, b) in enumerate(told))).when
    assert when is not None
    return when.start[5:], when.end[5:]


def test_the_day_that_most_reports_tell() -> None:
    right = ("05-15", "05-14", "05-14")
    assert days(right, right, ("05-16", "05-13", "05-13")) == ("05-14", "05-14")
    assert days(right, ("05-20", "05-01", "05-31")) == ("05-14", "05-14")
    # A day after somebody told of it is none.
    assert days(right, ("06-20", "06-19", "06-19"), ("06-20", "06-19", "06-19")) == ("05-14", "05-14")


def place(name: str, country: str = "IQ", precision: str = "city", text: str | None = None) -> Place:
    return Place(text or name, _HERE, name, country, "Ninawa", 36.0, 43.0, precision, f"g:{name}")  # type: ignore[arg-type]


def test_the_finest_place_that_most_reports_tell_stands_first() -> None:
    mosul, market, kabul = place("Mosul"), place("Zaytun", precision="site"), place("Kabul", "AF")
    some = [report(n, where=[mosul]) for n in range(3)]
    assert [p.name for p in event(*some, report(4, where=[market])).where] == ["Mosul", "Zaytun"]
    assert event(report(1, where=[mosul, market]), report(2, where=[market])).where[0].name == "Zaytun"
    abroad = event(*some, report(5, where=[kabul]))
    assert [p.name for p in abroad.where] == ["Mosul"]
    assert "where" in abroad.disagreements
    both = event(report(1, where=[mosul, kabul]), report(2, where=[mosul, kabul]))
    assert {p.name for p in both.where} == {"Mosul", "Kabul"}


def test_a_place_without_coordinates_leaves_its_province_standing() -> None:
    office = Place("the office", _HERE, "office", "IQ", "Ninawa", None, None, "site")
    province = Place("Ninawa", _HERE, "Ninawa", "IQ", "Ninawa", 36.0, 43.0, "admin1", "g:Ninawa")
    assert [p.name for p in event(report(1, where=[office, province])).where] == ["Ninawa", "office"]
    assert [p.name for p in event(report(1, where=[place("Mosul"), province])).where] == ["Mosul"]


def test_a_place_keeps_what_reports_call_it() -> None:
    [found] = event(*(report(n, where=[place("Al Mawsil", text="Mosul")]) for n in range(2))).where
    assert (found.name, found.text) == ("Al Mawsil", "Mosul")


# ---------------------------------------------------------------- who


def actor(name: str, kind: str = "unknown", key: str | None = None, role: str = "agent") -> Actor:
    return Actor(role, kind, name, name, _HERE, key)  # type: ignore[arg-type]


def names(*reports: Sequence[Actor]) -> list[tuple[str, tuple[str, ...]]]:
    return [(a.name, a.worded) for a in event(*(report(n, actors=own) for n, own in enumerate(reports))).actors]


def test_a_known_actor_has_its_own_name() -> None:
    [(name, worded)] = names(
        [actor("MEMBERS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT", "armed_group", "fmln")],
        [actor("FMLN", "armed_group", "fmln")],
    )
    assert name == "Farabundo Martí National Liberation Front"
    assert worded == ("MEMBERS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT", "FMLN")


def test_descriptions_of_one_party_are_one() -> None:
    assert names([actor("Gunmen")], [actor("unidentified gunmen")], [actor("the gunmen"), actor("two bombers")]) == [
        ("gunmen", ("Gunmen", "unidentified gunmen", "the gunmen")),
        ("bombers", ("two bombers",)),
    ]
    assert [n for n, _ in names([actor("two Belgian hostages")], [actor("Belgians")])] == ["Belgian hostages"]
    assert [n for n, _ in names([actor("five people")], [actor("Six persons")], [actor("six people")])] == ["people"]


def test_two_persons_are_two_under_their_full_names() -> None:
    own = [actor("Walid Jabbar", "person"), actor("Saad Jabbar", "person")]
    assert [n for n, _ in names(own, [actor("Jabbar", "person"), actor("Waleed Jabbar", "person")])] == [
        "Waleed Jabbar",
        "Saad Jabbar",
    ]


# ---------------------------------------------------------------- totals


def test_a_body_of_a_state_has_one_name_too() -> None:
    own = actor("Chilean policemen", "state", "chile-police"), actor("the police of Chile", "state", "chile-police")
    assert [name for name, _ in names([own[0]], [own[1]])] == ["Chilean police"]


def test_one_person_named_in_four_ways_is_one() -> None:
    people = [
        actor("Ana Ruiz", "person", role="victim"),
        actor("Ana Ruiz's", "person", role="victim"),
        actor("PRESIDENTIAL CANDIDATE ANA RUIZ", role="victim"),
        actor("Pedro Mora", "person", role="victim"),
    ]
    assert [name for name, _ in names(people)] == ["Ana Ruiz", "Pedro Mora"]


def test_names_in_capitals_are_written_as_prose_writes_them() -> None:
    told = [
        actor("SOLDIERS"),
        actor("SPANISH TEACHERS", role="target"),
        actor("CARMEN DE LA CRUZ", "person", role="victim"),
    ]
    assert [name for name, _ in names(told)] == ["soldiers", "Spanish teachers", "Carmen de la Cruz"]


def coded(uri: str, text: str, published: str) -> Coding:
    return code_report(report_of(text, uri, published))


_TOTAL = "Forty-seven people were killed in 31 bomb attacks in Iraq in May 2024, the monitoring centre said on Tuesday."
_BOMB = "A bomb exploded at a market in Mosul, Iraq, on May 14, 2024, killing five people, police said."


def test_a_total_holds_the_events_of_other_reports() -> None:
    total, bomb = coded("total", _TOTAL, "2024-06-04"), coded("bomb", _BOMB, "2024-05-15")
    late = coded("late", _BOMB.replace("May 14", "June 2"), "2024-06-03")
    raid = coded("raid", "Police arrested three men in a raid in Mosul, Iraq, on May 14, 2024.", "2024-05-15")
    for order in itertools.permutations((total, bomb, late, raid)):
        events = link(list(order))
        whole = next(e for e in events if e.scope == "rollup")
        inside = {e.accounts[0].report_uri for e in events if e.part_of == whole.id}
        assert inside == {"bomb"}


def test_an_event_lies_in_a_total_by_days_place_kind_side_and_size() -> None:
    total, bomb = link([coded("total", _TOTAL, "2024-06-04"), coded("bomb", _BOMB, "2024-05-15")])
    inside, one = extent_of(total), extent_of(bomb)
    assert inside is not None
    assert one is not None
    assert holds(inside, one)
    assert Totals([inside]).whole_of(one) == total.id
    for other in (
        replace(one, start="2024-04-30"),
        replace(one, places=frozenset(("SY", "SY/idlib"))),
        replace(one, type="arrest"),
        replace(one, figures={"killed": 50}),
    ):
        assert not holds(inside, other)
    assert not holds(replace(inside, sides={**inside.sides, "agent": frozenset(("pkk",))}), one)


def test_totals_up_to_two_days_are_two() -> None:
    text = "Security forces have captured {} militants in Iraq since January 1, 2024, the ministry said."
    tuesday, friday, copy = (
        told_by(coded(uri, text.format(n), day))[0].fact
        for uri, n, day in (("a", 900, "2024-05-14"), ("b", 960, "2024-05-17"), ("c", 900, "2024-05-14"))
    )
    assert not may_be_one(tuesday, friday)
    assert may_be_one(tuesday, copy)
    assert len(link([coded("a", text.format(900), "2024-05-14"), coded("b", text.format(960), "2024-05-17")])) == 2
