"""The derivation of an account in words: its frames and tellings, and what decided its type, status and confidence."""

from __future__ import annotations

from dateline.coding.confidence import reasons
from dateline.coding.draft import Draft


def derivation(draft: Draft, confidence: float) -> tuple[str, ...]:
    """One line for each trigger, then what decided type, status, scope and confidence."""
    return (*_tellings(draft), *_decisions(draft), f"confidence {confidence:.2f}: {reasons(draft)}")


def _tellings(draft: Draft) -> list[str]:
    lines = []
    for mention in draft.mentions:
        words = mention.sentence.quote(mention.sentence.words(mention.hit.tokens))
        how = draft.joined.get(id(mention), "tells it")
        lines.append(f"'{' '.join(words.split())}' {how}; frame {mention.frame.key}")
    return list(dict.fromkeys(lines))


def _decisions(draft: Draft) -> list[str]:
    first = draft.first.frame.type
    lines = []
    instead = draft.heard.instead_of if draft.heard is not None else None
    if instead is not None:
        lines.append(f"{draft.type}, not {instead}: the learned reader is much surer of it")
    elif draft.type != first and all(m.frame.type != draft.type for m in draft.mentions):
        lines.append(f"{draft.type}, not {first}: for who or what did it, or because it is {draft.status}")
    if draft.cue is not None and draft.status != "occurred":
        lines.append(f"{draft.status}, for '{draft.cue}'")
    if draft.scope == "rollup":
        lines.append("a total: many acts, or a long time, are counted")
    return lines
