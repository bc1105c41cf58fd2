"""The figures of an event: which figures of reports belong to one toll, what each source says of it, and which value
holds.

A source has one vote in a toll. All figures stay listed, also those without a vote (a part told beside its total, an
estimate beside a count).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.language.numbers import parse
from dateline.linking.facts import Told
from dateline.linking.revising import Vote, steps
from dateline.linking.rules import Measure, Rules, choose
from dateline.model import Count
from dateline.model.event import CountStep, EventCount, Figure
from dateline.model.knowledge import load
from dateline.model.vocabulary import Party, What

_Bounds = tuple[int | None, int | None, int | None]
#: Parties of figures that do not say which people they count.
_NOBODY: tuple[Party | None, ...] = ("unknown", None)
#: An estimate supports a counted figure if the two differ by at most this share of the counted one.
_NEAR = 0.1
#: Figures of two parties may count the same people if one is at most this many times the other.
_MORE = 1.5


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure of an account."""

    told: Told
    count: Count

    @property
    def source(self) -> str:
        return self.told.telling.source

    @property
    def published(self) -> int:
        return self.told.telling.published or 0

    @property
    def bounds(self) -> _Bounds:
        return self.count.low, self.count.best, self.count.high

    @property
    def size(self) -> int:
        return _size(self.bounds)


@dataclass(frozen=True, slots=True)
class _Toll:
    """Rows that count the same people. Rows in `aside` are listed, but have no vote."""

    party: Party | None
    rows: list[_Row]
    aside: list[_Row]


def counts_of(group: list[Told], rules: Rules) -> tuple[tuple[EventCount, ...], list[str]]:
    """The consolidated figures, and the names of those on which sources disagree ("counts.killed.civilian")."""
    rows: dict[What, list[_Row]] = defaultdict(list)
    for one in group:
        for count in (c for c in one.account.counts if not c.part):
            rows[count.what].append(_Row(one, count))
    counts, clashing = [], []
    for what, told in rows.items():
        for toll in _tolls(told):
            votes = _one_a_source(toll.rows)
            if toll.aside or len({v.count.best for v in votes if v.count.best is not None}) > 1:
                clashing.append(f"counts.{what}.{toll.party or 'all'}")
            counts.append(_consolidated(what, toll, votes, rules))
    return tuple(counts), clashing


# ---------------------------------------------------------------- which figures are one toll


def _tolls(rows: list[_Row]) -> list[_Toll]:
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


def _is_total(rows: list[_Row]) -> bool:
    """Is the largest figure of people without a party the total of all parties: at least the sum of their largest?"""
    parts: dict[Party | None, list[_Row]] = defaultdict(list)
    of_all: list[_Row] = []
    for row in rows:
        (of_all if row.count.party in _NOBODY or _is_people(row) else parts[row.count.party]).append(row)
    return len(parts) > 1 and _largest(of_all) >= sum(map(_largest, parts.values()))


def _is_people(row: _Row) -> bool:
    """Are they counted as civilians only because the words say nothing else of them ("five people")?"""
    return row.count.party == "civilian" and _is_anyone(row.count)


def _by_party(rows: list[_Row]) -> dict[Party | None, list[_Row]]:
    """Rows by party. A figure that does not say who it counts ("seven others") goes to the party of which most sources
    tell the same number."""
    by: dict[Party | None, list[_Row]] = defaultdict(list)
    for row in rows:
        party = row.count.party
        if row.size > 1 and _is_anyone(row.count):
            alike = Counter(
                p for p, _ in sorted({(r.count.party, r.source) for r in rows if r.size == row.size}, key=str)
            )
            party = max((p for p in alike if p not in _NOBODY), key=lambda p: alike[p], default=party)
        by[party].append(row)
    return by


def _are_people(by: dict[Party | None, list[_Row]], named: list[Party | None]) -> bool:
    """Are the people of some reports and the officials (party `state`) of others one toll, the officials all or a
    part?"""
    if set(named) != {"civilian", "state"}:
        return False
    return all(map(_is_people, by["civilian"])) and _largest(by["state"]) <= _largest(by["civilian"])


def _most_told(by: dict[Party | None, list[_Row]]) -> Party | None:
    """The party that most sources tell of; of equals the one with the larger figure."""
    return max((p for p in by if p not in _NOBODY), key=lambda p: (len(_sources(by[p])), _largest(by[p])))


def _apart(by: dict[Party | None, list[_Row]]) -> list[_Toll]:
    """A toll for each party. Parties that are only another reading of the main one stand `aside` in its toll: those
    that few sources tell, and rivals."""
    main = _most_told(by)
    nobody = [row for p in _NOBODY for row in by.get(p, ())]
    others = [p for p in by if p != main and p not in _NOBODY]
    aside = [p for p in others if _is_minor(p, main, by) or _is_rival(p, main, by)]
    first = _Toll(main, [*by[main], *nobody], [row for p in aside for row in by[p]])
    return [first, *(_Toll(p, by[p], []) for p in others if p not in aside)]


def _is_minor(party: Party | None, main: Party | None, by: dict[Party | None, list[_Row]]) -> bool:
    """Is a party told by at most a third as many sources as the main one, with no much larger figure? Never where the
    two are the sides of a fight (`state` and `nonstate`): both are real."""
    if {party, main} == {"state", "nonstate"}:
        return False
    few = len(_sources(by[party])) * 3 <= len(_sources(by[main]))
    return few and _largest(by[party]) <= _MORE * _largest(by[main])


def _is_rival(party: Party | None, main: Party | None, by: dict[Party | None, list[_Row]]) -> bool:
    """Do some sources call the same people fighters and more sources civilians (or the other way round), while no
    speaker tells of both?"""
    if {party, main} != {"civilian", "nonstate"}:
        return False
    mine, theirs = ({(r.source, r.count.said_by) for r in by[p]} for p in (party, main))
    if mine & theirs or len(_sources(by[party])) >= len(_sources(by[main])):
        return False
    return len(_sources(by[main])) > 2 or _largest(by[party]) == _largest(by[main])


def _sources(rows: Iterable[_Row]) -> set[str]:
    return {row.source for row in rows}


def _largest(rows: Iterable[_Row]) -> int:
    return max((row.size for row in rows), default=0)


def _size(bounds: _Bounds) -> int:
    low, best, _ = bounds
    return best if best is not None else low or 0


# ---------------------------------------------------------------- what a source says


def _one_a_source(rows: list[_Row]) -> list[_Row]:
    """One figure for each source: the largest, because a report tells a part together with its total. Of figures of
    about the same size, the one that more of the other sources tell on the same day or later."""
    told: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        told[row.source].append(row)
    options = {source: _options(own) for source, own in told.items()}
    return [
        own[0] if len(own) == 1 else max(own, key=lambda row: _standing(row, own, options)) for own in options.values()
    ]


def _options(own: list[_Row]) -> list[_Row]:
    """The largest figure of a source, and others of at least half its size."""
    largest = max(own, key=lambda row: (row.size, _is_figure(row.count)))
    exact = [row for row in own if row.count.best is not None and _is_figure(row.count)]
    return [largest, *(row for row in exact if row.size * 2 >= largest.size and row is not largest)]


def _standing(row: _Row, own: list[_Row], options: dict[str, list[_Row]]) -> tuple[int, bool, int]:
    others = [other for source, rows in options.items() if source != row.source for other in rows]
    borne_out = {o.source for o in others if o.size == row.size and (not o.published or o.published >= row.published)}
    return len(borne_out), _takes_back(row, own, others), row.size


def _takes_back(row: _Row, own: list[_Row], others: list[_Row]) -> bool:
    """Does the source replace an older, larger figure by this one ("killed 10, not 11")? The larger one then stands
    later in the text, and an earlier report tells it."""
    before = {o.size for o in others if o.published and o.published < row.published}
    later = [o for o in own if o.size > row.size and o.size in before and o.count.span.start > row.count.span.start]
    return bool(later) and row.size not in before


@cache
def _words(name: str) -> re.Pattern[str]:
    words = load("dateline.linking", "figures.yaml", dict[str, list[str]])[name]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _is_rough(count: Count) -> bool:
    return count.low is None or count.best is None or _words("rough").search(count.text) is not None


def _is_anyone(count: Count) -> bool:
    """Does the text not say whom the figure counts ("five people", "11")?"""
    return _words("anyone").search(count.text) is not None or parse(count.text.lower()) is not None


def _is_figure(count: Count) -> bool:
    """Is it a number in words or digits, not one person who is named or described?"""
    return count.best != 1 or any(parse(word) is not None for word in count.text.lower().split())


# ---------------------------------------------------------------- what stands


def _consolidated(what: What, toll: _Toll, votes: list[_Row], rules: Rules) -> EventCount:
    rule = rules.of_count(what)
    counted = votes if rule in ("min", "max") else _counted(votes)
    history = _history(counted, votes, toll.rows)
    if rule == "revised" and history:
        low, best, high = history[-1].low, history[-1].best, history[-1].high
    else:
        ballots = [Vote(r.bounds, r.published, rules.rank(r.told.telling.publisher)) for r in counted]
        low, best, high = choose("mode" if rule == "revised" else rule, ballots, Measure(_size, _vagueness))
    figures = tuple(_figure(row) for row in (*toll.rows, *toll.aside))
    return EventCount(what, toll.party, low, best, high, rule, figures, history)


def _counted(votes: list[_Row]) -> list[_Row]:
    """The most exact votes: an exact figure goes before a vague one ("dozens"), a count before an estimate.

    A report that only tells of one of the dead ("the family of the teacher") does not say how many there were.
    """
    exact = [row for row in votes if row.count.best is not None]
    exact = [row for row in exact if _is_figure(row.count)] or exact
    return [row for row in exact if not _is_rough(row.count)] or exact or votes


def _history(counted: list[_Row], votes: list[_Row], rows: list[_Row]) -> tuple[CountStep, ...]:
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


def _instead(row: _Row, rows: list[_Row]) -> frozenset[int]:
    return frozenset(other.size for other in rows if other.source == row.source and other.size > row.size)


def _day(ordinal: int) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal else None


def _vagueness(bounds: _Bounds) -> int:
    low, best, high = bounds
    return 2 if best is None else 0 if low == best == high else 1


def _figure(row: _Row) -> Figure:
    key, c = row.told.key, row.count
    return Figure(key.report_uri, key.account_id, c.low, c.best, c.high, c.text, c.said_by, c.party)
