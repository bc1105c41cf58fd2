"""Mark years that belong to a name at the head of an item ("2011 Syrian uprising: ..."). They do not date what the item
tells."""

from __future__ import annotations

from dataclasses import replace

from dateline.language import Sentence, Token
from dateline.language.repairs import FINITE
from dateline.when import Time

#: The fewest days of a time in a name: a month or a year.
_COARSE = 28
#: The most words of a name before its colon.
_LONGEST = 12
_OF_NOUN = frozenset(("compound", "nummod", "amod", "nmod", "appos", "npadvmod", "dep", "det"))
_NAMING = frozenset(("NOUN", "PROPN"))


def labelled(times: list[Time], sentences: list[Sentence]) -> list[Time]:
    """The times; those that are part of the name of an item or a heading are marked as labels."""
    by_index = {s.index: s for s in sentences}
    return [replace(t, label=True) if _is_label(t, by_index.get(t.sentence)) else t for t in times]


def _is_label(time: Time, sentence: Sentence | None) -> bool:
    if sentence is None or time.stretch is None or time.stretch.days < _COARSE:
        return False
    name = _name(sentence)
    if not any(t.span.overlaps(time.span) for t in name):
        return False
    root = sentence.root_of(time.span)
    # In "March 2019: gunmen attack a mosque" the time dates the item.
    return root is not None and root.dep in _OF_NOUN and any(t.i == root.head and t.pos in _NAMING for t in name)


def _name(sentence: Sentence) -> list[Token]:
    """The words before the colon of an item or heading; none where they hold a verb that tells of something."""
    colon = next((t.i for t in sentence.tokens[:_LONGEST] if t.text.endswith(":")), None)
    if colon is None and sentence.kind != "heading":
        return []
    name = sentence.tokens[:colon]
    # The last word of a name ("2025 Northern Ireland riots") is not a verb, whatever the parse says.
    tells = any(t.tag in FINITE or (colon is None and t.pos == "VERB") for t in name[:-1])
    return [] if tells else name
