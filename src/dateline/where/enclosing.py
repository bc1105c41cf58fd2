"""The place in which a place is said to lie, by the words after its name or before it."""

from __future__ import annotations

from dateline.language import Token
from dateline.language.dictionary import is_word
from dateline.where.around import SETTLED, feature_words, listed_words, long_feature, word_at
from dateline.where.folding import fold
from dateline.where.gazetteer import country, demonyms, known_place

#: At most so many words stand between the adjective of a country and the name of a place ("Nigerian state capital of
#: X").
_KIND_WORDS = 5


def is_place_name(name: str) -> bool:
    """Is there a place of that name, or do its own words call it one ("Diyala Province")?"""
    *rest, last = name.split() or [""]
    called = feature_words().get(last.lower()) in SETTLED and any(not is_word(w.lower()) for w in rest)
    return known_place(name) or called


def said_to_lie_in(tokens: list[Token], first: int, end: int) -> str | None:
    """The name of the place in which it is said to lie, by the words after it or by the adjective of a country before
    it."""
    return said_inside(tokens, end) or _country_before(tokens, first)


def _country_before(tokens: list[Token], first: int) -> str | None:
    """The country by its adjective and a word for a kind of place before the name ("the Pakistani city of Wana"); else
    None."""
    of_a_kind = False
    for token in reversed(tokens[max(0, first - _KIND_WORDS) : first]):
        code = demonyms().get(fold(token.text)) if token.text[:1].isupper() else None
        if code is not None:
            entry = country(code) if of_a_kind else None
            return entry.name if entry is not None else None
        if token.text != token.lower or token.pos in ("PUNCT", "VERB", "AUX", "PRON"):
            return None
        of_a_kind |= token.lower in feature_words()
    return None


def said_inside(tokens: list[Token], end: int) -> str | None:
    """The name of the place in which it is said to lie ("X, Y", "X city of Y", "X in Y", "X (Y)"); else None."""
    k = end + 1
    k += long_feature(tokens, k)[1] or (word_at(tokens, k) in feature_words())
    if word_at(tokens, k) not in (",", "in", "of", "("):
        return None
    k += 1
    while word_at(tokens, k) in (*listed_words("directions"), "the", "state", "province", "department", "of", "in"):
        k += 1
    names: list[str] = []
    while k < len(tokens) and len(names) < 4 and tokens[k].text[:1].isupper():
        names.append(tokens[k].text)
        k += 1
    return " ".join(names) or None
