"""Told twice: the drafts of a report that tell of the same happening become one account.

Each pair gets points for and against (knowledge/telling.yaml); from `merge` points on they are one.
"""

from __future__ import annotations

from dataclasses import dataclass

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
)
from dateline.coding.telling.points import BARRED, needed, points, reasons
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
        scored = [(_compared(known, draft, learned), -k) for k, known in _of_its_name(kept, draft)]
        best = max(scored, key=lambda row: (row[0].points, row[1]), default=None)
        if best is None:
            kept.append(draft)
            continue
        found = best[0]
        if is_traced():
            _note(draft, found)
        if found.points >= needed():
            absorb(found.known, draft, f"tells it again ({_in_words(found, draft)})")
        else:
            kept.append(draft)
    return kept


@dataclass(frozen=True, slots=True)
class _Compared:
    """A draft told before, the points for another being one with it, what bars it, and the reader's log odds."""

    known: Draft
    points: float
    bar: str | None
    odds: float | None


def _compared(known: Draft, draft: Draft, learned: Learned | None) -> _Compared:
    """The points of the rules, and those of the learned reader, where it read both."""
    odds = learned.same(known, draft) if learned is not None else None
    bar = barred_by(known, draft, odds is not None and odds > SURE_SAME)
    found = BARRED if bar is not None else points(known, draft) + (odds or 0.0)
    return _Compared(known, found, bar, odds)


def _note(draft: Draft, found: _Compared) -> None:
    """Say which account told before is most like it, and whether they are one."""
    other = found.known.called
    if found.bar is not None:
        note(found.bar, draft.trigger, f"kept apart from {other}")
        return
    answer = "one with" if found.points >= needed() else "not one with"
    note("coding.telling.points", draft.trigger, f"{answer} {other} ({_in_words(found, draft)})")


def _in_words(found: _Compared, draft: Draft) -> str:
    read = f", learned reader {found.odds:+.1f}" if found.odds is not None else ""
    return f"{found.points:.1f} points, {needed():.1f} needed: {reasons(found.known, draft)}{read}"


def _of_its_name(kept: list[Draft], draft: Draft) -> list[tuple[int, Draft]]:
    """Those told with the name that it goes by ("the Marathon bombing"), where there are such; else all."""
    known = list(enumerate(kept))
    if not own_name(draft):
        return known
    return [(k, a) for k, a in known if not bears_other_name(a, draft) and may_be_one(a, draft)] or known
