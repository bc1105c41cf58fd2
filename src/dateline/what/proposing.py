"""Mentions that no frame evokes, or that a rule refuses, and that the learned reader takes to tell of a happening."""

from __future__ import annotations

import os
from collections.abc import Sequence

from dateline.language import Sentence, Token
from dateline.model.trace import note
from dateline.reader import Told
from dateline.what.clauses import governor
from dateline.what.lexicon import Hit, plain_frames
from dateline.what.mention import Mention
from dateline.what.nouns import read_noun
from dateline.what.verbs import read_adjective, read_verb

#: A word tells of a happening that no rule finds there, where it is at least so likely.
PROPOSED = float(os.environ.get("PROPOSED", "0.5"))
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


SOFT = frozenset(("statement", "meeting", "agreement", "other"))


def hard(told: Told) -> float:
    """How likely a word tells of a happening that is more than politics of the day."""
    return sum(p for name, p in told.types if name not in SOFT)


def tells(mention: Mention, told: Sequence[Told]) -> bool:
    """Does the reader take a word of the mention's trigger to tell of something?"""
    return any(one.span.overlaps(t.span) for one in told for t in mention.hit.tokens)


def proposed(sentence: Sentence, told: Sequence[Told], mentions: list[Mention], heads: set[int]) -> list[Mention]:
    """The mentions of words that none of the others has."""
    found: list[Mention] = []
    for one in told:
        if any(tells(m, [one]) for m in mentions):
            continue
        token = _word(sentence, one)
        if token is not None:
            found.append(_mention(sentence, token, one, heads))
    return found


def _word(sentence: Sentence, told: Told) -> Token | None:
    inside = [t for t in sentence.tokens if t.span.overlaps(told.span) and t.pos in _KINDS]
    return inside[0] if inside else None


def _mention(sentence: Sentence, token: Token, told: Told, heads: set[int]) -> Mention:
    frame = plain_frames()[told.types[0][0]]  # type: ignore[index]
    hit = Hit(token, frame, (token,), _KINDS[token.pos])
    note(frame.rule, token, f"read as {frame.type} ({told.likely:.2f})")
    if hit.kind == "noun":
        found = read_noun(sentence, hit, heads | {token.i})
    elif hit.kind == "adj":
        found = read_adjective(sentence, hit)
    else:
        found = read_verb(sentence, hit)
    return found if isinstance(found, Mention) else Mention(sentence, hit, governor(sentence, token))
