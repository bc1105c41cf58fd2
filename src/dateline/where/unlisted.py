"""Places that the gazetteer lacks, but that the words around their names call places."""

from __future__ import annotations

from dateline.language import Token
from dateline.language.dictionary import is_common, is_word
from dateline.language.names import Run, is_namelike
from dateline.language.roles import words
from dateline.model import Span
from dateline.model.knowledge import english
from dateline.where.around import (
    AT,
    BESIDE,
    INSIDE,
    LONGEST,
    SETTLED,
    feature_after,
    feature_before,
    feature_words,
    listed_words,
    long_feature,
    word_at,
)
from dateline.where.enclosing import is_place_name, said_inside, said_to_lie_in
from dateline.where.gazetteer import known_place
from dateline.where.toponym import Toponym


def unlisted_place(run: Run, first: int, last: int, taken: frozenset[int]) -> Toponym | None:
    """A place that is not in the gazetteer, but that the words around its name call one ("Karsha district"); else
    None."""
    tokens = run.sentence.tokens
    end = last
    while end > first and tokens[end].lower in feature_words():
        end -= 1
    end = next((k - 1 for k in range(first + 1, last + 1) if long_feature(tokens, k)[0]), end)
    feature = _said_by_words(run, first, end)
    if tokens[first].lower in listed_words("directions") or (
        feature_after(tokens, end) and is_common(tokens[end].lower)
    ):
        # The name of "South Bexar County" begins at Bexar; "the Pharr Police Department" is a body and not a place.
        return None
    strange = any(is_namelike(t) and not is_word(t.lower) for t in tokens[first : end + 1])
    if feature not in SETTLED or not strange or end - first >= LONGEST or taken.intersection(range(first, end + 1)):
        return None
    span = Span(tokens[first].start, tokens[end].end)
    return Toponym(
        run.sentence,
        span,
        run.sentence.quote(span),
        first,
        end,
        (),
        "name",
        feature,
        said_to_lie_in(tokens, first, end),
        True,
    )


def _said_by_words(run: Run, first: int, end: int) -> str | None:
    """The kind of place by the words around a name: a feature word, "near", "in X area", "in X, Borno State". Else
    None."""
    tokens, before = run.sentence.tokens, word_at(run.sentence.tokens, first - 1)
    after = feature_after(tokens, end)
    if after in SETTLED:
        return after
    if before == "of" and feature_before(tokens, first):
        return feature_before(tokens, first)
    if _is_area(tokens, end) and (before in AT or before == "the"):
        return "neighbourhood"
    if after is not None or end != run.last or any(t.lower in words("organisation_words") for t in run.tokens):
        return None
    alone = is_where_alone(tokens, first, end) and len(tokens[first].text) > 3 and before == "in"
    if before in BESIDE or alone or _is_named_with_place(run, first, end):
        return "city"
    return "city" if before in (*AT, "from", "to", "into") and _is_told_inside(tokens, end) else None


def is_where_alone(tokens: list[Token], first: int, end: int) -> bool:
    """Is it a name of one word after "in", with nothing more said about it ("Two men were killed in Kumarsi on
    Monday")?"""
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    ends = after is None or after.pos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "SPACE")
    ends = ends and (after is None or after.text not in ("-", "'s", "’s", "’", "'"))
    name = first > 0 and tokens[first].text[:1].isupper() and tokens[first].text[1:].islower()
    return first == end and name and ends and word_at(tokens, first - 1) in INSIDE


def _is_named_with_place(run: Run, first: int, end: int) -> bool:
    """Is it joined by "and" or a comma to a place after "in" or "near" ("near Kamba and Stari Torny")?"""
    tokens = run.sentence.tokens
    k = first - 1
    if word_at(tokens, k) in ("and", "or"):
        k -= 1
    elif word_at(tokens, k) != ",":
        return False
    k -= word_at(tokens, k) == ","
    start = k
    while start > 0 and is_namelike(tokens[start - 1]):
        start -= 1
    if k < 0 or not is_namelike(tokens[k]) or word_at(tokens, start - 1) not in AT:
        return False
    name = run.sentence.quote(Span(tokens[start].start, tokens[k].end))
    joined = tokens[end].dep == "conj" and start <= tokens[end].head <= k
    return joined and known_place(name) and end - first <= 1 and not is_word(tokens[end].lower)


#: Nouns after a name that make it the name of a place ("area").
_AREAS = english("dateline.where", "areas")


def _is_area(tokens: list[Token], end: int) -> bool:
    """Do the words after a name call it an area ("the Kreri area", "Doka general area")?"""
    k = end + 1 + (word_at(tokens, end + 1) in ("general", "forest"))
    return word_at(tokens, k) in _AREAS and tokens[k].text.islower()


def _is_told_inside(tokens: list[Token], end: int) -> bool:
    """Is it said to lie in a known place, or in one that its own words call a place?"""
    outer = said_inside(tokens, end)
    if outer is None or word_at(tokens, end + 1) == "of":
        return False
    called = outer.split()[-1].lower() in feature_words() and len(outer.split()) > 1
    return called or is_place_name(outer) or is_place_name(outer.split()[0])
