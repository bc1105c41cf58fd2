"""The figures of an event: which figures of reports belong to one toll, and which value holds.

A source has one vote in a toll (voting.py). All figures stay listed, also those without a vote (a part told beside its
total, an estimate beside a count).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from dateline.linking.facts import Told
from dateline.linking.revising import Vote, steps
from dateline.linking.rules import Measure, Rules, choose
from dateline.linking.tolls import Toll, tolls_of
from dateline.linking.voting import Bounds, Row, is_figure, is_rough, one_a_source, size_of
from dateline.model.event import CountStep, EventCount, Figure
from dateline.model.vocabulary import What

#: An estimate supports a counted figure if the two differ by at most this share of the counted one.
_NEAR = 0.1


def counts_of(group: list[Told], rules: Rules) -> tuple[tuple[EventCount, ...], list[str]]:
    """The consolidated figures, and the names of those on which sources disagree ("counts.killed.civilian")."""
    rows: dict[What, list[Row]] = defaultdict(list)
    for one in group:
        for count in (c for c in one.account.counts if not c.part):
            rows[count.what].append(Row(one, count))
    counts, clashing = [], []
    for what, told in rows.items():
        for toll in tolls_of(told):
            votes = one_a_source(toll.rows)
            if toll.aside or len({v.count.best for v in votes if v.count.best is not None}) > 1:
                clashing.append(f"counts.{what}.{toll.party or 'all'}")
            counts.append(_consolidated(what, toll, votes, rules))
    return tuple(counts), clashing


# ---------------------------------------------------------------- what stands


def _consolidated(what: What, toll: Toll, votes: list[Row], rules: Rules) -> EventCount:
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
