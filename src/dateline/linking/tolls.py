"""Which figures of reports are one toll: figures that count the same people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.linking.voting import Row, is_anyone
from dateline.model.vocabulary import Party

#: Parties of figures that do not say which people they count.
_NOBODY: tuple[Party | None, ...] = ("unknown", None)
#: Figures of two parties may count the same people if one is at most this many times the other.
_MORE = 1.5


@dataclass(frozen=True, slots=True)
class Toll:
    """Rows that count the same people. Rows in `aside` are listed, but have no vote."""

    party: Party | None
    rows: list[Row]
    aside: list[Row]


def tolls_of(rows: list[Row]) -> list[Toll]:
    """The tolls of rows that count one thing (killed, wounded, ...)."""
    by = _by_party(rows)
    named = [p for p in by if p not in _NOBODY]
    if _is_total(rows):
        return [Toll("unknown", rows, [])]
    if len(named) < 2:
        return [Toll(named[0] if named else "unknown" if "unknown" in by else None, rows, [])]
    if _are_people(by, named):
        return [Toll(_most_told(by), rows, [])]
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


def _apart(by: dict[Party | None, list[Row]]) -> list[Toll]:
    """A toll for each party. Parties that are only another reading of the main one stand `aside` in its toll: those
    that few sources tell, and rivals."""
    main = _most_told(by)
    nobody = [row for p in _NOBODY for row in by.get(p, ())]
    others = [p for p in by if p != main and p not in _NOBODY]
    aside = [p for p in others if _is_minor(p, main, by) or _is_rival(p, main, by)]
    first = Toll(main, [*by[main], *nobody], [row for p in aside for row in by[p]])
    return [first, *(Toll(p, by[p], []) for p in others if p not in aside)]


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
