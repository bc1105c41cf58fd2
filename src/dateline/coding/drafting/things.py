"""Things of a draft: what was used or seized."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.howmany import figure
from dateline.language import Sentence, Token
from dateline.model import Item, types
from dateline.what import Mention

#: Tags of words that do not belong to a thing's name.
_UNNAMED = frozenset(("DT", "PRP$", "PDT", "CD", "_SP"))


def add_items(draft: Draft, mention: Mention) -> None:
    sentence = mention.sentence
    used, taking = draft.type in types.USES_THINGS, draft.type in types.SEIZES_THINGS
    named = [t for t in mention.instruments if t.pos != "PRON"]  # "it exploded": named before
    for token in named:
        if used:
            draft.add_item(_item(sentence, token, "used"))
        elif taking and draft.type == "seizure":
            draft.add_item(_item(sentence, token, "seized"))
    if taking:
        for token in mention.seized:
            if draft.type == "surrender" and token in mention.hit.tokens:
                continue  # "laid down arms"
            draft.add_item(_item(sentence, token, "seized"))


def _item(sentence: Sentence, token: Token, what: str) -> Item:
    core = [t for t in sentence.core(token) if t.i <= token.i and t.tag not in _UNNAMED and t.text not in '"“[(']
    span = sentence.words(core or [token])
    number = figure(sentence, token, singular=False)
    name = " ".join(sentence.quote(span).split())
    return Item(what, name, span, number.best if number is not None and number.exact else None)  # type: ignore[arg-type]
