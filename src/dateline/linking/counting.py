"""The figures of an event: which figures of reports belong to one toll, what each source says of it, and which value
holds.

A source has one vote in a toll. All figures stay listed, also those without a vote (a part told beside its total, an
estimate beside a count).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from dateline.language.numbers import parse
from dateline.linking.facts import Told
from dateline.linking.revising import Vote, steps
from dateline.linking.rules import Measure, Rules, choose
from dateline.linking.tolls import Bounds, Row, Toll, size_of, tolls_of, words_like
from dateline.model import Count
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
            votes = _one_a_source(toll.rows)
            if toll.aside or len({v.count.best for v in votes if v.count.best is not None}) > 1:
                clashing.append(f"counts.{what}.{toll.party or 'all'}")
            counts.append(_consolidated(what, toll, votes, rules))
    return tuple(counts), clashing


# ---------------------------------------------------------------- which figures are one toll


# ---------------------------------------------------------------- what a source says


def _one_a_source(rows: list[Row]) -> list[Row]:
    """One figure for each source: the largest, because a report tells a part together with its total. Of figures of
    about the same size, the one that more of the other sources tell on the same day or later."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        told[row.source].append(row)
    options = {source: _options(own) for source, own in told.items()}
    return [
        own[0] if len(own) == 1 else max(own, key=lambda row: _standing(row, own, options)) for own in options.values()
    ]


def _options(own: list[Row]) -> list[Row]:
    """The largest figure of a source, and others of at least half its size."""
    largest = max(own, key=lambda row: (row.size, _is_figure(row.count)))
    exact = [row for row in own if row.count.best is not None and _is_figure(row.count)]
    return [largest, *(row for row in exact if row.size * 2 >= largest.size and row is not largest)]


def _standing(row: Row, own: list[Row], options: dict[str, list[Row]]) -> tuple[int, bool, int]:
    others = [other for source, rows in options.items() if source != row.source for other in rows]
    borne_out = {o.source for o in others if o.size == row.size and (not o.published or o.published >= row.published)}
    return len(borne_out), _takes_back(row, own, others), row.size


def _takes_back(row: Row, own: list[Row], others: list[Row]) -> bool:
    """Does the source replace an older, larger figure by this one ("killed 10, not 11")? The larger one then stands
    later in the text, and an earlier report tells it."""
    before = {o.size for o in others if o.published and o.published < row.published}
    later = [o for o in own if o.size > row.size and o.size in before and o.count.span.start > row.count.span.start]
    return bool(later) and row.size not in before


def _is_rough(count: Count) -> bool:
    return count.low is None or count.best is None or words_like("rough").search(count.text) is not None


def _is_figure(count: Count) -> bool:
    """Is it a number in words or digits, not one person who is named or described?"""
    return count.best != 1 or any(parse(word) is not None for word in count.text.lower().split())


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
    exact = [row for row in exact if _is_figure(row.count)] or exact
    return [row for row in exact if not _is_rough(row.count)] or exact or votes


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
