"""Short forms of names in brackets ("the Oru Liberation Army (OLA)"), and the names that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.language import Sentence
from dateline.language.names import Run, is_namelike
from dateline.model.knowledge import english

#: A short form with or without its brackets, which the parser may make one token or three.
_SHORT_FORM = re.compile(r"[(\[]?((?=[A-Z][a-z-]{0,8}[A-Z])[A-Z][A-Za-z-]{1,9})[)\]]?")


def in_brackets(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Short forms in brackets: index of the word before, index of the short form, and the short form."""
    tokens = sentence.tokens
    for token in tokens[1:]:
        alone = token.text in ("(", "[") and token.i + 2 < len(tokens) and tokens[token.i + 2].text in (")", "]")
        inner = tokens[token.i + 1] if alone else token
        form = _SHORT_FORM.fullmatch(inner.text.strip()) if token.text[:1] in ("(", "[") else None
        if form is not None:
            yield token.i - 1, inner.i, form[1]


def abbreviates(form: str, name: str) -> bool:
    """Are the capitals of a short form the first letters of words of a name, in order?"""
    initials = iter([w[0].upper() for w in re.split(r"[\s-]+", name) if w[:1].isalpha()])
    return all(letter in initials for letter in form if letter.isupper())


#: At most so many words has a name that a short form stands for; and small words that such a name may hold.
_LONGEST_NAME = 10
_IN_NAMES = english("dateline.who", "in_names")


def spelt_out(sentence: Sentence, end: int, form: str) -> Run | None:
    """The shortest name of several words that ends right before token `end` and that the short form abbreviates; else
    None."""
    for first in range(end - 1, max(-1, end - 1 - _LONGEST_NAME), -1):
        token = sentence.tokens[first]
        if not (is_namelike(token) or token.lower in _IN_NAMES):
            return None
        run = Run(sentence, first, end - 1)
        if is_namelike(token) and first < end - 1 and token.text[0] == form[0] and abbreviates(form, run.text):
            return run
    return None
