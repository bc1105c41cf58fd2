"""Why accounts were joined, as a waterfall chart in text: the prior, what each field adds, and the sum."""

from __future__ import annotations

from dateline.model import words
from dateline.model.event import Event, Tie

#: Characters of a bar for each point of weight.
_BAR = 4
#: Fields with less weight than this (in either direction) are not mentioned.
_LITTLE = 0.1


def as_explanation(event: Event) -> str:
    """An event's head line, its accounts, and a waterfall for each tie between them."""
    where = ", ".join(p.name for p in event.where) or "?"
    lines = [
        f"{event.id}  {event.type}, {event.status}, {words.days(event.when)}, {where}  (confidence {event.confidence})"
    ]
    lines += [f"  told by {account}" for account in event.accounts]
    if event.disagreements:
        lines.append(f"  sources disagree on {', '.join(map(words.field, event.disagreements))}")
    for tie in event.why:
        lines += ["", *waterfall(tie)]
    return "\n".join(lines) + "\n\n"


def in_words(tie: Tie) -> str:
    """Why two accounts are one event, in a sentence: what is alike, what most first, and what speaks against it."""
    parts = sorted((part for part in tie.parts if part.field != "prior"), key=lambda part: -abs(part.weight))
    alike = [f"{part.field} ({part.level})" for part in parts if part.weight > _LITTLE]
    against = [f"{part.field} ({part.level})" for part in parts if part.weight < -_LITTLE]
    told = f"{tie.between[0]} and {tie.between[1]} are one event because of {', '.join(alike) or 'all fields together'}"
    return f"{told}, against {', '.join(against)}" if against else told


def waterfall(tie: Tie) -> list[str]:
    """One line for each field: its level, its weight, the sum so far, and a bar as long as its weight."""
    lines = [f"  {tie.between[0]} and {tie.between[1]} are one event because"]
    total = 0.0
    for part in tie.parts:
        total += part.weight
        mark = ("+" if part.weight >= 0 else "-") * max(1, round(abs(part.weight) * _BAR))
        name = part.field if part.field == "prior" else f"{part.field}: {part.level}"
        lines.append(f"    {name:34} {part.weight:+6.2f}  {total:+6.2f}  {mark if part.weight else ''}".rstrip())
    lines.append(f"    {'sum (above 0: one event)':34} {'':6}  {total:+6.2f}")
    return lines
