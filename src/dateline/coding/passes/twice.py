"""Told twice: the drafts of a report that tell of the same happening become one account.

Each pair gets points for and against (knowledge/telling.yaml); from `merge` points on they are one.
"""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.learned import Learned
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
    points,
)
from dateline.coding.telling.points import BARRED, needed, points_of, reasons
from dateline.model.trace import is_traced, note

#: From these log odds of the reader on, two types do not keep two tellings apart: more likely one than not.
SURE_SAME = 0.0


@step("coding.telling", reads=f"{ABSORB_READS} scope", writes=ABSORB_WRITES)
def join_tellings(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """One draft a happening; events and roll-ups never join. Gives the events first."""
    events = _joined([d for d in drafts if d.scope == "event"], reading.learned)
    return [*events, *_joined([d for d in drafts if d.scope == "rollup"], reading.learned)]


def _joined(drafts: list[Draft], learned: Learned | None) -> list[Draft]:
    """One draft a happening; drafts come in the order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        scored = [(_all_points(known, draft, learned), -k, known) for k, known in _of_its_name(kept, draft)]
        best = max(scored, key=lambda row: row[:2], default=None)
        if best is not None and is_traced():
            _note(draft, best[2], best[0])
        if best is not None and best[0] >= needed():
            absorb(best[2], draft, f"tells it again ({_in_words(best[2], draft, best[0])})")
        else:
            kept.append(draft)
    return kept


def _all_points(a: Draft, b: Draft, learned: Learned | None) -> float:
    """The points of the rules, and those of the learned reader, where it read both."""
    odds = learned.same(a, b) if learned is not None else None
    if odds is None:
        return points(a, b)
    return BARRED if barred_by(a, b, odds > SURE_SAME) else points_of(a, b) + odds


def _note(draft: Draft, known: Draft, found: float) -> None:
    """Say which account told before is most like it, and whether they are one."""
    other = known.called
    bar = barred_by(known, draft) if found == BARRED else None
    if bar is not None:
        note(bar, draft.trigger, f"kept apart from {other}")
        return
    answer = "one with" if found >= needed() else "not one with"
    note("coding.telling.points", draft.trigger, f"{answer} {other} ({_in_words(known, draft, found)})")


def _in_words(a: Draft, b: Draft, found: float) -> str:
    return f"{found:.1f} points, {needed():.1f} needed: {reasons(a, b)}"


def _of_its_name(kept: list[Draft], draft: Draft) -> list[tuple[int, Draft]]:
    """Those told with the name that it goes by ("the Marathon bombing"), where there are such; else all."""
    known = list(enumerate(kept))
    if not own_name(draft):
        return known
    return [(k, a) for k, a in known if not bears_other_name(a, draft) and may_be_one(a, draft)] or known
