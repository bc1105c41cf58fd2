"""Streets, by the words of their own names."""

from __future__ import annotations

from dateline.language.names import Run
from dateline.language.roles import words
from dateline.model import Span
from dateline.where.around import IN, LONGEST, is_attributive, listed_words, word_at
from dateline.where.enclosing import said_inside
from dateline.where.toponym import Toponym


def street_of(run: Run) -> Toponym | None:
    """The street that a run names by its own words, even if a part of them names another place ("Oxford Street", "Rue
    Victor Hugo"); else None."""
    found = _street_words(run)
    sentence, tokens = run.sentence, run.sentence.tokens
    if found is None or sentence.case != "mixed" or any(t.lower in words("organisation_words") for t in run.tokens):
        return None
    first, last = found
    span = Span(tokens[first].start, tokens[last].end)
    text = sentence.quote(span)
    if text.lower() in listed_words("metonyms") or last - first >= LONGEST:
        return None
    use = "attribute" if is_attributive(tokens, last, None) else "name"
    located = word_at(tokens, first - 1) in IN
    return Toponym(sentence, span, text, first, last, (), use, "site", said_inside(tokens, last), located)


def _street_words(run: Run) -> tuple[int, int] | None:
    """The first and last token of the name of a street in a run: it ends with the last "Street", or begins with a
    "Rue"."""
    tokens = run.sentence.tokens
    for last in range(run.last, run.first, -1):
        if tokens[last].lower.rstrip(".") in listed_words("streets") and tokens[last].text[:1].isupper():
            owned = [k + 1 for k in range(run.first, last) if tokens[k].text in ("'s", "’s", "'", "’", ",")]
            first = max([run.first, *owned])
            first += tokens[first].pos == "ADP" and first + 1 < last
            return (first, last) if first < last else None
    opens = [k for k in range(run.first, run.last) if tokens[k].lower in listed_words("streets_before")]
    return (opens[0], run.last) if opens else None
