"""Trace of a pass: the fields of drafts that it changed, and the drafts that it left out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.coding.draft import Draft
from dateline.coding.passes.step import Pass
from dateline.coding.reading import Reading
from dateline.model.trace import note, steps

_Shown = dict[str, str]


def traced(one: Pass, reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Run a pass, and note what it did."""
    first = len(steps())
    before = {id(d): (d, _shown(d, one)) for d in drafts}
    after = one(reading, drafts)
    kept = {id(d) for d in after}
    held = {id(m) for d in after for m in d.mentions}
    for draft in after:
        _, old = before.get(id(draft), (draft, {}))
        for field, value in _shown(draft, one).items():
            if value != old.get(field, ""):
                note(one.name, draft.trigger, f"{field}: {old.get(field) or 'nothing'} -> {value or 'nothing'}")
    for key, (draft, _) in before.items():
        decided = any(s.span == draft.trigger for s in steps()[first:])
        if key not in kept and id(draft.first) not in held and not decided:
            note(one.name, draft.trigger, "left out")
    return after


def _shown(draft: Draft, one: Pass) -> _Shown:
    """The fields that the pass may write, in words; fields that only serve other passes are not shown."""
    return {field: show(draft) for field, show in _FIELDS.items() if field in one.writes}


_FIELDS: dict[str, Callable[[Draft], str]] = {
    "type": lambda d: d.type,
    "status": lambda d: d.status,
    "scope": lambda d: d.scope,
    "methods": lambda d: ", ".join(sorted(d.methods)),
    "when": lambda d: f"{d.when.start}..{d.when.end} ({d.when.basis})" if d.when is not None else "",
    "places": lambda d: "; ".join(p.toponym.text for p in d.places),
    "streets": lambda d: "; ".join(p.toponym.text for p in d.streets),
    "actors": lambda d: "; ".join(f"{a.name} ({a.role})" for a in d.actors),
    "counts": lambda d: "; ".join(f"{c.text} ({c.what})" for c in d.counts),
    "parts": lambda d: "; ".join(f"{c.text} ({c.what})" for c in d.parts),
    "items": lambda d: "; ".join(i.name for i in d.items),
    "said_by": lambda d: "; ".join(s.name for s in d.said_by),
    "links": lambda d: "; ".join(f"{kind} {o.called}" for kind, o in d.links),
}
