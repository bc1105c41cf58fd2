"""Happenings told in a sentence: each trigger with its parties, instruments and methods, if the words bear it out."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.language import Sentence
from dateline.what.bearing import borne_out
from dateline.what.casualties import read_casualties
from dateline.what.causes import tie_causes
from dateline.what.lexicon import Hit, match
from dateline.what.mention import Mention
from dateline.what.nouns import read_noun
from dateline.what.verbs import read_adjective, read_verb


def happenings(sentence: Sentence, report_words: frozenset[str]) -> list[Mention]:
    """The mentions of a parsed sentence, in order; `report_words` are all words of the report, for what a sentence
    alone does not bear out."""
    evoked = {id(hits[0]): hits for t in sentence.tokens if (hits := match(sentence, t))}
    kept = _without_overlaps(hits[0] for hits in evoked.values())
    heads = {h.token.i for h in kept}
    mentions = [m for h in kept if (m := _fitting(sentence, evoked[id(h)], heads, report_words)) is not None]
    tie_causes(sentence, mentions)
    return [m for m in mentions if _is_borne_out(m, mentions, report_words)]


def _fitting(sentence: Sentence, hits: list[Hit], heads: set[int], report_words: frozenset[str]) -> Mention | None:
    """Of several frames of one word ("seized men", "seized arms") the first that is borne out; else the first."""
    read = [m for h in hits if (m := _read(sentence, h, heads)) is not None]
    fits = (m for m in read if len(read) == 1 or borne_out(m.frame, sentence, m.hit, m.agents, m.objects, report_words))
    return next(fits, read[0] if read else None)


def _is_borne_out(mention: Mention, mentions: list[Mention], report_words: frozenset[str]) -> bool:
    # A consequence stands or falls with its cause; anything else must be borne out by itself.
    cause = mention.cause
    one = cause if cause is not None and cause in mentions and cause.frame.strong else mention
    return borne_out(one.frame, one.sentence, one.hit, one.agents, one.objects, report_words)


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Of triggers that share tokens the one of more words: "suicide attack" is no "attack"."""
    taken: dict[int, Hit] = {}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-len(h.tokens), h.token.i)):
        if not any(t.i in taken for t in hit.tokens if t.pos not in ("ADP", "PRON")):
            kept.append(hit)
            taken |= {t.i: hit for t in hit.tokens}
    return sorted(kept, key=lambda h: h.token.i)


def _read(sentence: Sentence, hit: Hit, heads: set[int]) -> Mention | None:
    known = read_casualties(sentence, hit) if hit.frame.counts in ("killed", "wounded") else None
    if known is not None or hit.frame.needs == "casualties":
        return known
    if hit.kind == "noun":
        return read_noun(sentence, hit, heads)
    if hit.kind == "adj":
        return read_adjective(sentence, hit)
    return read_verb(sentence, hit)
