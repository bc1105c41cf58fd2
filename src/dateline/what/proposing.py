"""Propose mentions where the learned reader finds a happening and the rules do not: no frame is evoked, or a rule
refuses."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Sentence, Token
from dateline.model.trace import note
from dateline.reader import Told
from dateline.what.clauses import governor
from dateline.what.frames import plain_frame
from dateline.what.lexicon import Hit
from dateline.what.mention import Mention
from dateline.what.nouns import read_noun
from dateline.what.verbs import read_adjective, read_verb

#: The least likelihood at which a word tells of a happening where no rule finds one. (0.6 was tried: much the same on
#: reports of sources that the reader had not learned from.)
LIKELY = 0.4
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


def telling(told: Sequence[Told]) -> list[Told]:
    """The words that are likely enough to tell of a happening of one of our types."""
    return [one for one in told if one.ours >= LIKELY]


def tells(mention: Mention, told: Sequence[Told]) -> bool:
    """Is a word of the mention's trigger among those that tell?"""
    return any(one.span.overlaps(t.span) for one in told for t in mention.hit.tokens)


def proposed(sentence: Sentence, told: Sequence[Told], mentions: Sequence[Mention]) -> list[Mention]:
    """A mention for each telling word that is in none of `mentions`, with the parties that the parse gives."""
    heads = {m.token.i for m in mentions}
    alone = (one for one in told if not any(tells(m, [one]) for m in mentions))
    words = ((one, _word(sentence, one)) for one in alone)
    return [_mention(sentence, token, one, heads) for one, token in words if token is not None]


def _word(sentence: Sentence, told: Told) -> Token | None:
    """The token of a telling word, where its word class may name a happening."""
    return next((t for t in sentence.tokens if t.span.overlaps(told.span) and t.pos in _KINDS), None)


def _mention(sentence: Sentence, token: Token, told: Told, heads: set[int]) -> Mention:
    hit = Hit(token, plain_frame(told.types[0][0]), (token,), _KINDS[token.pos])
    note("what.proposed.word", token, f"{hit.frame.type} ({told.ours:.2f})")
    if hit.kind == "noun":
        found = read_noun(sentence, hit, heads | {token.i})
    else:
        found = (read_adjective if hit.kind == "adj" else read_verb)(sentence, hit)
    return found if isinstance(found, Mention) else Mention(sentence, hit, governor(sentence, token))
