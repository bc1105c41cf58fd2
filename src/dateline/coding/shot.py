"""People who were shot: wounded, where nothing tells of their death; "four were shot, one fatally" is one and three."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token, numbers
from dateline.language.roles import names_people
from dateline.model import Count, Span
from dateline.model.vocabulary import FACTUAL
from dateline.what import Mention

_FATAL = frozenset(
    "dead fatal fatally kill killed killing die died dies dying death deaths murder homicide slain".split()
)
#: Words of those who live.
_LIVING = frozenset(
    "injured wounded injuries injury hospital hospitalized condition stable critical surgery recovering recover "
    "survive survived treated non-life-threatening life-threatening wound wounds grazed".split()
)


def count_the_shot(reading: Reading, accounts: list[Draft]) -> None:
    """Count the wounded of accounts in which somebody was shot."""
    deadly = _said(reading.sentences) & _FATAL
    for draft in accounts:
        if draft.type != "attack" or draft.scope != "event" or draft.status not in FACTUAL:
            continue
        shot = [m for m in draft.mentions if m.token.lemma == "shoot" and not m.nominal]
        if any(_split(draft, mention) for mention in shot) or any(
            c.what in ("killed", "wounded") for c in draft.counts
        ):
            continue
        own = _said(draft.sentences)
        if not deadly or (not own & _FATAL and own & _LIVING):
            _count(draft, shot)


def _said(sentences: list[Sentence]) -> frozenset[str]:
    return frozenset(t.lower for s in sentences for t in s.tokens)


def _count(draft: Draft, shot: list[Mention]) -> None:
    """The largest figure of those who were shot; one person told of twice is one."""
    figures = [number for mention in shot for _, number in _people(mention) if number.best]
    if figures:
        number = max(figures, key=lambda n: (n.best or 0, -n.span.start))
        draft.add_count(Count("wounded", "civilian", number.low, number.best, number.high, number.text, number.span))


def _people(mention: Mention) -> list[tuple[Token, Figure]]:
    found = []
    for head in mention.objects:
        for one in mention.sentence.conjuncts(head):
            number = figure(mention.sentence, one) if names_people(mention.sentence, one) else None
            if number is not None:
                found.append((one, number))
    return found


def _split(draft: Draft, mention: Mention) -> bool:
    """ "Four men were shot, one fatally": of a figure, how many died, and the others."""
    sentence = mention.sentence
    mark = next((t for t in sentence.tokens if t.lower == "fatally" and t.i > mention.token.i), None)
    whole = next((n for _, n in _people(mention) if n.exact and (n.best or 0) > 1), None)
    if mark is None or whole is None or whole.best is None:
        return False
    before = sentence.tokens[max(mention.token.i + 1, mark.i - 4) : mark.i]
    number = next((n for t in before if (n := numbers.parse(t.text)) is not None), None)
    if number is None or not 0 < number < whole.best:
        return False
    span = Span(min(whole.span.start, before[0].span.start), mark.span.end)
    text = sentence.quote(span)
    draft.counts = [c for c in draft.counts if c.what not in ("killed", "wounded")]
    for what, n in (("killed", number), ("wounded", whole.best - number)):
        draft.add_count(Count(what, "civilian", n, n, n, text, span))  # type: ignore[arg-type]
    return True
