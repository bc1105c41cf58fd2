"""Join drafts of one report that tell of the same happening into one account.

Each pair gets points for and against (knowledge/telling.yaml; with the learned reader telling_heard.yaml). From `merge`
points on the two are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest

from dateline.coding.draft import Draft
from dateline.coding.learned import Same
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.coding.telling import (
    ABSORB_READS,
    ABSORB_WRITES,
    absorb,
    barred_by,
    bears_other_name,
    may_be_one,
    own_name,
    surely_barred_by,
)
from dateline.coding.telling.elsewhere import IN_ANOTHER_COUNTRY, is_in_another_country
from dateline.coding.telling.points import BARRED, heard_points, heard_weights, needed, points, reasons
from dateline.model.trace import is_traced, note

#: The most drafts of a report that a new telling is compared with.
_MOST = 150


@step("coding.telling", reads=f"{ABSORB_READS} scope", writes=ABSORB_WRITES)
def join_tellings(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Join drafts that tell of one happening. An event and a roll-up never join. Gives the events first."""
    events = _joined([d for d in drafts if d.scope == "event"], reading)
    return [*events, *_joined([d for d in drafts if d.scope == "rollup"], reading)]


def _joined(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """One draft a happening; drafts come in the order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        scored = [(_compared(known, draft, reading), -k) for k, known in _of_its_name(_lately(kept), draft)]
        best = max(scored, key=lambda row: (row[0].points, row[1]), default=None)
        if best is None:
            kept.append(draft)
            continue
        found = best[0]
        if is_traced():
            _note(draft, found)
        if found.points >= 0:
            absorb(found.known, draft, f"tells it again ({_in_words(found, draft)})")
        else:
            kept.append(draft)
    return kept


def _lately(kept: list[Draft]) -> list[tuple[int, Draft]]:
    """The drafts that a new one may tell again, with their numbers: at most _MOST, those told last. Without this limit
    a text with a thousand happenings would take a million comparisons."""
    known = list(enumerate(kept))
    if len(known) <= _MOST:
        return known
    last = nlargest(_MOST, known, key=lambda row: (row[1].mentions[-1].sentence.index, row[0]))
    return sorted(last, key=lambda row: row[0])


@dataclass(frozen=True, slots=True)
class _Compared:
    """The result of comparing a draft with one told before (`known`). `points`: from 0 on the two are one; `bar`: the
    rule that keeps them apart; `odds`: the learned reader's log odds, where it read both (then `points` are log odds,
    too)."""

    known: Draft
    points: float
    bar: str | None
    odds: Same | None


def _compared(known: Draft, draft: Draft, reading: Reading) -> _Compared:
    """The points by the rules, or by the rules and the learned reader, where it read both."""
    odds = reading.learned.same(known, draft) if reading.learned is not None else None
    bar = barred_by(known, draft) if odds is None else surely_barred_by(known, draft)
    if bar is None and is_in_another_country(reading, known, draft):
        bar = IN_ANOTHER_COUNTRY
    if bar is not None:
        return _Compared(known, BARRED, bar, odds)
    if odds is None:
        return _Compared(known, points(known, draft) - needed(), None, None)
    return _Compared(known, heard_points(known, draft, odds) - heard_weights()["merge"], None, odds)


def _note(draft: Draft, found: _Compared) -> None:
    """Leave a note: which account told before is most like this one, and whether they are one."""
    other = found.known.called
    if found.bar is not None:
        note(found.bar, draft.trigger, f"kept apart from {other}")
        return
    answer = "one with" if found.points >= 0 else "not one with"
    note("coding.telling.points", draft.trigger, f"{answer} {other} ({_in_words(found, draft)})")


def _in_words(found: _Compared, draft: Draft) -> str:
    """The points in words, and what weighs most in them."""
    return f"{found.points:+.1f} points: {reasons(found.known, draft, found.odds)}"


def _of_its_name(known: list[tuple[int, Draft]], draft: Draft) -> list[tuple[int, Draft]]:
    """The drafts that have the name of this one ("the Marathon bombing"), where there are such; else all."""
    if not own_name(draft):
        return known
    return [(k, a) for k, a in known if not bears_other_name(a, draft) and may_be_one(a, draft)] or known
