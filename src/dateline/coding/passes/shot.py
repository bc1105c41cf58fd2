"""Count people who were shot: as wounded where nothing tells of their death. "Four were shot, one fatally" is one
killed and three wounded."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.language import Sentence, numbers
from dateline.language.roles import kind_of, names_people
from dateline.model import Count, Span
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Party
from dateline.what import Mention, wordlist

_PARTIES: dict[str, Party] = {"state": "state", "armed_group": "nonstate", "suspect": "nonstate"}


@step("coding.shot", reads="type status scope mentions sentences counts shot", writes="counts")
def count_the_shot(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Count the wounded of accounts in which somebody was shot."""
    for draft in accounts:
        _leave_out_the_dead(draft)
        _part_from_the_dead(draft)
    deadly = _said(reading.sentences) & wordlist("fatal")
    for draft in accounts:
        if draft.type != "attack" or draft.scope != "event" or draft.status not in FACTUAL:
            continue
        shot = [m for m in draft.mentions if m.token.lemma == "shoot" and not m.nominal]
        if any(_split(draft, mention) for mention in shot) or any(
            c.what in ("killed", "wounded") for c in draft.counts
        ):
            continue
        own = _said(draft.sentences)
        if not deadly or (not own & wordlist("fatal") and own & wordlist("living")):
            _count(draft, shot)
    return accounts


#: Words that say that a person is not the one who died.
_BESIDES = english("dateline.coding", "besides")


def _leave_out_the_dead(draft: Draft) -> None:
    """Leave out one wounded person who is only found, treated or taken to hospital where somebody died ("found him with
    a gunshot wound ... he was pronounced dead"), unless the words say that it is another person."""
    if not any(c.what == "killed" for c in draft.counts):
        return
    treated = [o.span for m in draft.mentions if m.frame.needs == "alive" for o in m.objects]
    found = [c for c in draft.counts if c.what == "wounded" and _is_one_of(c, treated)]
    draft.counts = [c for c in draft.counts if c not in found]
    for count in found:
        note("coding.shot.found-and-dead", count.span, "no wounded one beside the dead")


def _is_one_of(count: Count, treated: list[Span]) -> bool:
    """Is a figure of one person that of somebody who was treated, and not said to be another person than the dead?"""
    single = count.best == 1 and not set(count.text.lower().split()) & _BESIDES
    return single and any(count.span.covers(span) for span in treated)


def _part_from_the_dead(draft: Draft) -> None:
    """Count as wounded the people shot who did not die ("five people were shot ... two of them died").

    Where the report gives a figure of wounded, that one is kept.
    """
    dead = max((c.best for c in draft.counts if c.what == "killed" and c.best is not None), default=0)
    shot = [c for c in draft.counts if c.what == "wounded" and c.span in draft.shot]
    if not dead or not shot:
        return
    draft.counts = [c for c in draft.counts if c not in shot]
    most = max(shot, key=lambda c: c.best or 0)
    living = (most.best or 0) - dead
    if living > 0 and not any(c.what == "wounded" for c in draft.counts):
        draft.counts.append(replace(most, low=living, best=living))
        note("coding.shot.others-lived", most.span, f"wounded: {living}, for {dead} died")


def _said(sentences: list[Sentence]) -> frozenset[str]:
    return frozenset(t.lower for s in sentences for t in s.tokens)


def _count(draft: Draft, shot: list[Mention]) -> None:
    """Count the largest figure of those who were shot; one person told twice counts once."""
    figures = [(party, number) for mention in shot for party, number in _people(mention) if number.best]
    if figures:
        party, n = max(figures, key=lambda row: (row[1].best or 0, -row[1].span.start))
        draft.add_count(Count("wounded", party, n.low, n.best, n.high, n.text, n.span))
        note("coding.shot.wounded", n.span, f"wounded: {n.best}")


def _people(mention: Mention) -> list[tuple[Party, Figure]]:
    found: list[tuple[Party, Figure]] = []
    for head in mention.objects:
        for one in mention.sentence.conjuncts(head):
            number = figure(mention.sentence, one) if names_people(mention.sentence, one) else None
            if number is not None:
                found.append((_PARTIES.get(kind_of(mention.sentence, one) or "", "civilian"), number))
    return found


def _split(draft: Draft, mention: Mention) -> bool:
    """Split a figure of people shot into the dead and the wounded ("four men were shot, one fatally")."""
    sentence = mention.sentence
    mark = next((t for t in sentence.tokens if t.lower == "fatally" and t.i > mention.token.i), None)
    party, whole = next(((p, n) for p, n in _people(mention) if n.exact and (n.best or 0) > 1), ("unknown", None))
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
        draft.add_count(Count(what, party, n, n, n, text, span))  # type: ignore[arg-type]
    note("coding.shot.some-fatally", span, f"killed: {number}, wounded: {whole.best - number}")
    return True
