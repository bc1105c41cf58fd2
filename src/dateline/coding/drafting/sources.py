"""Sources (attribution) of a draft: who says so."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.model import Span, Speaker
from dateline.model.knowledge import english
from dateline.says import speaker
from dateline.what import Mention, is_toll
from dateline.where import country_of
from dateline.who import Described, describe


def add_speakers(draft: Draft, reading: Reading, mention: Mention) -> None:
    sentence = mention.sentence
    for who in _who_put_it(mention) or [said.who for said in speaker(sentence, mention.clause)]:
        d = describe(sentence, who, reading.cast, country_of)
        if d.pronoun:
            continue
        name = _office(sentence, who, d)
        draft.add_speaker(Speaker(name[0], name[1]))
    source = draft.said_by[0].name if draft.said_by else None
    if source is not None:
        draft.counts = [replace(c, said_by=source) for c in draft.counts]
        draft.parts = [replace(c, said_by=source) for c in draft.parts]


_PUTTING = english("dateline.coding", "putting")


def _who_put_it(mention: Mention) -> list[Token]:
    """Find who gives the figure of a toll ("the ministry put the death toll at 31")."""
    verb = mention.sentence.head(mention.token)
    put = is_toll(mention.token) and mention.token.dep in ("dobj", "obj") and verb.lemma in _PUTTING
    return mention.sentence.children(verb, "nsubj") if put else []


def _office(sentence: Sentence, head: Token, d: Described) -> tuple[str, Span]:
    """The name of a source with its office, as the text has it, and its span ("Interior Minister Ali Kaya")."""
    core = [t for t in sentence.core(head) if t.tag not in ("DT", "PRP$")]
    span = sentence.words(core or [head])
    return " ".join(sentence.quote(span).split()), span
