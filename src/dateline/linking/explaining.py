"""Why accounts were joined, as a waterfall: from the prior through what each field adds, to the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dateline.model.event import Event, Tie

#: Characters of a bar for each point of weight.
_BAR = 4


def as_explanation(event: Event) -> str:
    """An event's head line, its accounts, and a waterfall for each tie between them."""
    when = (
        "?"
        if event.when is None
        else f"{event.when.start}" + ("" if event.when.start == event.when.end else f" to {event.when.end}")
    )
    where = ", ".join(p.name for p in event.where) or "?"
    lines = [f"{event.id}  {event.type}, {event.status}, {when}, {where}  (confidence {event.confidence})"]
    lines += [f"  told by {account}" for account in event.accounts]
    if event.disagreements:
        told = (field.removeprefix("counts.").replace(".", " of ") for field in event.disagreements)
        lines.append(f"  sources disagree on {', '.join(told)}")
    for tie in event.why:
        lines += ["", *waterfall(tie)]
    return "\n".join(lines) + "\n\n"


def waterfall(tie: Tie) -> list[str]:
    """One line a field: its level, its weight, the sum so far, and a bar from the one sum to the next."""
    return waterfall_of({"between": [str(key) for key in tie.between], "parts": [asdict(p) for p in tie.parts]})


def waterfall_of(tie: Mapping[str, Any]) -> list[str]:
    """The same of a tie as events' records have it."""
    lines = [f"  {tie['between'][0]} and {tie['between'][1]} are one event because"]
    total = 0.0
    for part in tie["parts"]:
        field, level, weight = part["field"], part["level"], part["weight"]
        total += weight
        mark = ("+" if weight >= 0 else "-") * max(1, round(abs(weight) * _BAR))
        name = field if field == "prior" else f"{field}: {level}"
        lines.append(f"    {name:34} {weight:+6.2f}  {total:+6.2f}  {mark if weight else ''}".rstrip())
    lines.append(f"    {'sum (above 0: one event)':34} {'':6}  {total:+6.2f}")
    return lines
