"""What was used or seized, and who says so."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.howmany import figure
from dateline.language import Sentence, Token
from dateline.model import Item, Span, Speaker, types
from dateline.says import speaker
from dateline.what import Mention
from dateline.where import country_of
from dateline.who import Described, describe


def add_items(draft: Draft, mention: Mention) -> None:
    sentence = mention.sentence
    used, taking = draft.type in types.USES_THINGS, draft.type in types.SEIZES_THINGS
    for token in mention.instruments:
        if used:
            draft.add_item(_item(sentence, token, "used"))
        elif taking and draft.type == "seizure":
            draft.add_item(_item(sentence, token, "seized"))
    if taking:
        for token in mention.seized:
            draft.add_item(_item(sentence, token, "seized"))


def _item(sentence: Sentence, token: Token, what: str) -> Item:
    core = [
        t
        for t in sentence.core(token)
        if t.i <= token.i and t.tag not in ("DT", "PRP$", "PDT", "CD", "_SP") and t.text not in '"“[('
    ]
    span = sentence.words(core or [token])
    number = figure(sentence, token, singular=False)
    name = " ".join(sentence.quote(span).split())
    return Item(what, name, span, number.best if number is not None and number.exact else None)  # type: ignore[arg-type]


def add_speakers(draft: Draft, reading: Reading, mention: Mention) -> None:
    sentence = mention.sentence
    for said in speaker(sentence, mention.clause):
        d = describe(sentence, said.who, reading.cast, country_of)
        if d.pronoun:
            continue
        name = _office(sentence, said.who, d)
        draft.add_speaker(Speaker(name[0], name[1]))
    source = draft.said_by[0].name if draft.said_by else None
    if source is not None:
        draft.counts = [replace(c, said_by=source) for c in draft.counts]
        draft.parts = [replace(c, said_by=source) for c in draft.parts]


def _office(sentence: Sentence, head: Token, d: Described) -> tuple[str, Span]:
    """ "Interior Minister Ali Yerlikaya": the whole phrase, not only the name."""
    core = [t for t in sentence.core(head) if t.tag not in ("DT", "PRP$")]
    span = sentence.words(core or [head])
    return " ".join(sentence.quote(span).split()), span
