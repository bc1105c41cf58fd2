"""Time of a happening, by the words that the learned reader takes for its time."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles
from dateline.coding.draft import Draft
from dateline.coding.drafting.times import OF_DAY
from dateline.coding.reading import Reading
from dateline.model import When
from dateline.model.trace import note
from dateline.when import Time

#: Likelihoods: from which on a time is added, and below which a time that the rules gave is dropped.
TAKEN, GIVEN_UP = 0.8, 0.1


def own_time(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the time that is likeliest its own; drop one that is not its own.

    A time in the draft's own clause is dropped only where the reader takes it for that of another happening. In short
    reports ("killed 20 soldiers on Sunday, officials said") the reader often takes a day for that of the speech
    alone.
    """
    if draft.when is not None and draft.when.span is not None:
        likely = _likely(draft.when, roles)
        claimed = not draft.own_time or any((_likely(draft.when, other) or 0.0) >= GIVEN_UP for other in roles.rivals)
        if likely is not None and likely < GIVEN_UP and claimed:
            note("coding.belonging.time-given-up", draft.when.span, f"not of {draft.called} ({likely:.2f})")
            draft.when, draft.own_time = None, False
    best = _best(reading, roles) if draft.when is None else None
    if best is not None and best[0] >= TAKEN:
        _take(draft, *best)


def _likely(when: When, roles: Roles) -> float | None:
    """The likelihood that a time is the draft's own. For a time of day ("at 9 a.m.") it is the likelihood of the day
    that it is counted from, because the reader looks for days."""
    of_day = when.derivation is not None and when.derivation.rule in OF_DAY
    day = when.derivation.anchor_span if of_day and when.derivation is not None else None
    likely = roles.likely("time", day) if day is not None else None
    return likely if likely is not None or when.span is None else roles.likely("time", when.span)


def _take(draft: Draft, likely: float, time: Time) -> None:
    when = time.as_when()
    if when is None or (draft.when is not None and draft.when.span == when.span):
        return
    note("coding.belonging.time", time.span, f"of {draft.called} ({likely:.2f})")
    draft.when, draft.own_time = when, True


def _best(reading: Reading, roles: Roles) -> tuple[float, Time] | None:
    """The likeliest time of the draft, and its likelihood; of two that are alike the earlier in the text."""
    named = (t for t in reading.times if t.stamp or reading.is_of_a_deed(t))
    scored = [(p, -t.span.start, t) for t in named if (p := roles.likely("time", t.span)) is not None]
    best = max(scored, key=lambda row: row[:2], default=None)
    return None if best is None else (best[0], best[2])
