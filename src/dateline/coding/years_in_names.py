"""Years in a name at the head of an item ("2011 Syrian uprising: ..."): they say what it is called, and not when what
is told under it was."""

from __future__ import annotations

from dataclasses import replace

from dateline.language import Sentence, Token
from dateline.language.repairs import FINITE
from dateline.when import Time

#: A name holds a year or a month of one: at least so many days.
_COARSE = 28
#: Words of a name before its colon.
_LONGEST = 12
_OF_NOUN = frozenset(("compound", "nummod", "amod", "nmod", "appos", "npadvmod", "dep", "det"))
_NAMING = frozenset(("NOUN", "PROPN"))


def labelled(times: list[Time], sentences: list[Sentence]) -> list[Time]:
    """The times, with those marked that are a part of the name of an item or a heading."""
    by_index = {s.index: s for s in sentences}
    return [replace(t, label=True) if _is_label(t, by_index.get(t.sentence)) else t for t in times]


def _is_label(time: Time, sentence: Sentence | None) -> bool:
    if sentence is None or time.stretch is None or time.stretch.days < _COARSE:
        return False
    name = _name(sentence)
    if not any(t.span.overlaps(time.span) for t in name):
        return False
    root = sentence.root_of(time.span)
    # "March 2019: gunmen attack a mosque" is the head of an item of a chronology, and its time.
    return root is not None and root.dep in _OF_NOUN and any(t.i == root.head and t.pos in _NAMING for t in name)


def _name(sentence: Sentence) -> list[Token]:
    """The words before the colon that opens an item, or of a heading; none where they tell of something by a verb."""
    colon = next((t.i for t in sentence.tokens[:_LONGEST] if t.text.endswith(":")), None)
    if colon is None and sentence.kind != "heading":
        return []
    name = sentence.tokens[:colon]
    # "2025 Northern Ireland riots": what ends a name is no verb, whatever the parse says.
    tells = any(t.tag in FINITE or (colon is None and t.pos == "VERB") for t in name[:-1])
    return [] if tells else name
