"""The figures of an event: which figures of reports belong to one toll, and which value holds.

A source has one vote in a toll (voting.py). All figures stay listed, also those without a vote (a part told beside its
total, an estimate beside a count).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.linking.facts import Told
from dateline.linking.revising import Vote, steps
from dateline.linking.rules import Measure, Rules, choose
from dateline.linking.voting import Bounds, Row, is_anyone, is_figure, is_rough, one_a_source, size_of
from dateline.model.event import CountStep, EventCount, Figure
from dateline.model.vocabulary import Party, What

#: Parties of figures that do not say which people they count.
_NOBODY: tuple[Party | None, ...] = ("unknown", None)
#: An estimate supports a counted figure if the two differ by at most this share of the counted one.
_NEAR = 0.1
#: Figures of two parties may count the same people if one is at most this many times the other.
_MORE = 1.5


@dataclass(frozen=True, slots=True)
class _Toll:
    """Rows that count the same people. Rows in `aside` are listed, but have no vote."""

    party: Party | None
    rows: list[Row]
    aside: list[Row]


def counts_of(group: list[Told], rules: Rules) -> tuple[tuple[EventCount, ...], list[str]]:
    """The consolidated figures, and the names of those on which sources disagree ("counts.killed.civilian")."""
    rows: dict[What, list[Row]] = defaultdict(list)
    for one in group:
        for count in (c for c in one.account.counts if not c.part):
            rows[count.what].append(Row(one, count))
    counts, clashing = [], []
    for what, told in rows.items():
        for toll in _tolls(told):
            votes = one_a_source(toll.rows)
            if toll.aside or len({v.count.best for v in votes if v.count.best is not None}) > 1:
                clashing.append(f"counts.{what}.{toll.party or 'all'}")
            counts.append(_consolidated(what, toll, votes, rules))
    return tuple(counts), clashing


# ---------------------------------------------------------------- which figures are one toll


def _tolls(rows: list[Row]) -> list[_Toll]:
    """The tolls of rows that count one thing (killed, wounded, ...)."""
    by = _by_party(rows)
    named = [p for p in by if p not in _NOBODY]
    if _is_total(rows):
        return [_Toll("unknown", rows, [])]
    if len(named) < 2:
        return [_Toll(named[0] if named else "unknown" if "unknown" in by else None, rows, [])]
    if _are_people(by, named):
        return [_Toll(_most_told(by), rows, [])]
    return _apart(by)


def _is_total(rows: list[Row]) -> bool:
    """Is the largest figure of people without a party the total of all parties: at least the sum of their largest?"""
    parts: dict[Party | None, list[Row]] = defaultdict(list)
    of_all: list[Row] = []
    for row in rows:
        (of_all if row.count.party in _NOBODY or _is_people(row) else parts[row.count.party]).append(row)
    return len(parts) > 1 and _largest(of_all) >= sum(map(_largest, parts.values()))


def _is_people(row: Row) -> bool:
    """Are they counted as civilians only because the words say nothing else of them ("five people")?"""
    return row.count.party == "civilian" and is_anyone(row.count)


def _by_party(rows: list[Row]) -> dict[Party | None, list[Row]]:
    """Rows by party. A figure that does not say who it counts ("seven others") goes to the party of which most sources
    tell the same number."""
    by: dict[Party | None, list[Row]] = defaultdict(list)
    for row in rows:
        party = row.count.party
        if row.size > 1 and is_anyone(row.count):
            alike = Counter(
                p for p, _ in sorted({(r.count.party, r.source) for r in rows if r.size == row.size}, key=str)
            )
            party = max((p for p in alike if p not in _NOBODY), key=lambda p: alike[p], default=party)
        by[party].append(row)
    return by


def _are_people(by: dict[Party | None, list[Row]], named: list[Party | None]) -> bool:
    """Are the people of some reports and the officials (party `state`) of others one toll, the officials all or a
    part?"""
    if set(named) != {"civilian", "state"}:
        return False
    return all(map(_is_people, by["civilian"])) and _largest(by["state"]) <= _largest(by["civilian"])


def _most_told(by: dict[Party | None, list[Row]]) -> Party | None:
    """The party that most sources tell of; of equals the one with the larger figure."""
    return max((p for p in by if p not in _NOBODY), key=lambda p: (len(_sources(by[p])), _largest(by[p])))


def _apart(by: dict[Party | None, list[Row]]) -> list[_Toll]:
    """A toll for each party. Parties that are only another reading of the main one stand `aside` in its toll: those
    that few sources tell, and rivals."""
    main = _most_told(by)
    nobody = [row for p in _NOBODY for row in by.get(p, ())]
    others = [p for p in by if p != main and p not in _NOBODY]
    aside = [p for p in others if _is_minor(p, main, by) or _is_rival(p, main, by)]
    first = _Toll(main, [*by[main], *nobody], [row for p in aside for row in by[p]])
    return [first, *(_Toll(p, by[p], []) for p in others if p not in aside)]


def _is_minor(party: Party | None, main: Party | None, by: dict[Party | None, list[Row]]) -> bool:
    """Is a party told by at most a third as many sources as the main one, with no much larger figure? Never where the
    two are the sides of a fight (`state` and `nonstate`): both are real."""
    if {party, main} == {"state", "nonstate"}:
        return False
    few = len(_sources(by[party])) * 3 <= len(_sources(by[main]))
    return few and _largest(by[party]) <= _MORE * _largest(by[main])


def _is_rival(party: Party | None, main: Party | None, by: dict[Party | None, list[Row]]) -> bool:
    """Do some sources count the same people under another party (fighters or officials who others call civilians),
    while none tells of both?

    If the figures are equal, they are the same people. If they differ, only the party that more sources tell of stands,
    and only of fighters and civilians.
    """
    if "civilian" not in (party, main):
        return False
    is_same = _largest(by[party]) == _largest(by[main])
    ours, others = _sources(by[party]), _sources(by[main])
    if is_same and ours.isdisjoint(others):
        return len(ours) <= len(others)
    if {party, main} != {"civilian", "nonstate"} or _speakers(by[party]) & _speakers(by[main]):
        return False
    return len(ours) < len(others) and (len(others) > 2 or is_same)


def _speakers(rows: Iterable[Row]) -> set[tuple[str, str | None]]:
    return {(row.source, row.count.said_by) for row in rows}


def _sources(rows: Iterable[Row]) -> set[str]:
    return {row.source for row in rows}


def _largest(rows: Iterable[Row]) -> int:
    return max((row.size for row in rows), default=0)


# ---------------------------------------------------------------- what stands


def _consolidated(what: What, toll: _Toll, votes: list[Row], rules: Rules) -> EventCount:
    rule = rules.of_count(what)
    counted = votes if rule in ("min", "max") else _counted(votes)
    history = _history(counted, votes, toll.rows)
    if rule == "revised" and history:
        low, best, high = history[-1].low, history[-1].best, history[-1].high
    else:
        ballots = [Vote(r.bounds, r.published, rules.rank(r.told.telling.publisher)) for r in counted]
        low, best, high = choose("mode" if rule == "revised" else rule, ballots, Measure(size_of, _vagueness))
    figures = tuple(_figure(row) for row in (*toll.rows, *toll.aside))
    return EventCount(what, toll.party, low, best, high, rule, figures, history)


def _counted(votes: list[Row]) -> list[Row]:
    """The most exact votes: an exact figure goes before a vague one ("dozens"), a count before an estimate.

    A report that only tells of one of the dead ("the family of the teacher") does not say how many there were.
    """
    exact = [row for row in votes if row.count.best is not None]
    exact = [row for row in exact if is_figure(row.count)] or exact
    return [row for row in exact if not is_rough(row.count)] or exact or votes


def _history(counted: list[Row], votes: list[Row], rows: list[Row]) -> tuple[CountStep, ...]:
    """The values that the toll went through over time, each with the narrowest low/best/high that a source gives it."""
    if any(row.count.best is None for row in counted):
        return ()
    told = [Vote(row.size, row.published, 0, _instead(row, rows)) for row in counted]
    exact = set(map(id, counted))
    for row in (r for r in votes if id(r) not in exact and r.size):
        nearest = min((c.size for c in counted), key=lambda size: (abs(size - row.size), size))
        if abs(nearest - row.size) <= _NEAR * nearest:
            told.append(Vote(nearest, row.published))
    found = []
    for step in steps(told, lambda value: value):
        bounds = [row.bounds for row in counted if row.size == step.value]
        low, best, high = min(bounds, key=lambda b: (_vagueness(b), -Counter(bounds)[b]))
        found.append(CountStep(_day(step.published), low, best, high, step.sources))
    return tuple(found)


def _instead(row: Row, rows: list[Row]) -> frozenset[int]:
    return frozenset(other.size for other in rows if other.source == row.source and other.size > row.size)


def _day(ordinal: int) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal else None


def _vagueness(bounds: Bounds) -> int:
    low, best, high = bounds
    return 2 if best is None else 0 if low == best == high else 1


def _figure(row: Row) -> Figure:
    key, c = row.told.key, row.count
    return Figure(key.report_uri, key.account_id, c.low, c.best, c.high, c.text, c.said_by, c.party)
