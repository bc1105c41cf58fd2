"""Find the happenings that a sentence tells: each trigger that is borne out, with its parties, instruments and
methods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.language import Sentence
from dateline.model.trace import is_traced, note
from dateline.reader import Told
from dateline.what.bearing import Bearing, borne_out
from dateline.what.casualties import read_casualties
from dateline.what.causes import tie_causes
from dateline.what.lexicon import Hit, match
from dateline.what.mention import Mention, Read
from dateline.what.nouns import read_noun
from dateline.what.proposing import proposed, telling, tells
from dateline.what.verbs import read_adjective, read_verb


def happenings(sentence: Sentence, report_words: frozenset[str], told: Sequence[Told] = ()) -> list[Mention]:
    """The mentions of a parsed sentence, in order. `report_words`: all words of the report, for conditions that the
    sentence alone cannot meet; `told`: the words that the learned reader takes to tell of something."""
    likely = telling(told)
    evoked = {id(hits[0]): hits for t in sentence.tokens if (hits := match(sentence, t))}
    kept = _without_overlaps(hits[0] for hits in evoked.values())
    heads = {h.token.i for h in kept}
    mentions = [m for h in kept if (m := _fitting(sentence, evoked[id(h)], heads, report_words)) is not None]
    mentions = sorted([*mentions, *proposed(sentence, likely, mentions)], key=lambda m: m.token.i)
    tie_causes(sentence, mentions)
    bearings = [_bearing(m, mentions, report_words) for m in mentions]
    kept_on = [b.holds or tells(m, likely) for m, b in zip(mentions, bearings, strict=True)]
    if is_traced():
        _note(sentence, list(evoked.values()), kept, list(zip(mentions, bearings, kept_on, strict=True)))
    return [m for m, holds in zip(mentions, kept_on, strict=True) if holds]


def _fitting(sentence: Sentence, hits: list[Hit], heads: set[int], report_words: frozenset[str]) -> Mention | None:
    """Choose among several frames of one word ("seized men", "seized arms"): the first that is borne out; else the
    first."""
    read: list[Mention] = []
    for hit in hits:
        found = _read(sentence, hit, heads)
        if isinstance(found, Mention):
            read.append(found)
        else:
            note(found, hit.token, f"no {hit.frame.type}")
    for mention in read if len(read) > 1 else ():
        bearing = borne_out(mention.frame, sentence, mention.hit, mention.agents, mention.objects, report_words)
        if bearing.holds:
            return mention
        note(bearing.rule, mention.token, f"refused: {mention.frame.type}")
    return read[0] if read else None


def _bearing(mention: Mention, mentions: list[Mention], report_words: frozenset[str]) -> Bearing:
    """Decide whether a mention is borne out: a consequence by its cause, anything else by itself."""
    one = _answering_for(mention, mentions)
    return borne_out(one.frame, one.sentence, one.hit, one.agents, one.objects, report_words)


def _answering_for(mention: Mention, mentions: list[Mention]) -> Mention:
    cause = mention.cause
    return cause if cause is not None and cause in mentions and cause.frame.strong else mention


def _note(
    sentence: Sentence, evoked: list[list[Hit]], kept: list[Hit], borne: list[tuple[Mention, Bearing, bool]]
) -> None:
    """Leave notes: what became of each trigger, which rule bore it out or refused it, and what its cause is."""
    holds = {id(m.hit): told for m, _, told in borne}
    for hits in evoked:
        for hit in hits:
            note(hit.frame.rule, sentence.words(hit.tokens), _fate(sentence, hit, hits, kept, holds))
    mentions = [m for m, _, _ in borne]
    for mention, bearing, told in borne:
        one = _answering_for(mention, mentions)
        by = f", with {one.token.text}" if one is not mention else ""
        read = ", but the learned reader takes it for one" if told and not bearing.holds else ""
        answer = "borne out" if bearing.holds else "refused"
        note(bearing.rule, mention.token, f"{answer}: {mention.frame.type}{by}{read}")
        if mention.cause is not None:
            note(mention.cause_rule, mention.token, f"of {mention.cause.token.text}")


def _fate(sentence: Sentence, hit: Hit, hits: list[Hit], kept: list[Hit], holds: dict[int, bool]) -> str:
    """What became of a trigger, in words: whether it tells of something, or what took its place."""
    if hits[0] not in kept:
        own = {t.i for t in hit.tokens}
        longer = next((k for k in kept if own & {t.i for t in k.tokens}), hit)
        return f"beaten by {sentence.quote(sentence.words(longer.tokens))}"
    if id(hit) in holds:
        return "told" if holds[id(hit)] else "not borne out"
    instead = next((h.frame for h in hits if id(h) in holds), None)
    return f"set aside for {instead.type}" if instead is not None else "tells of nothing"


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Keep, of triggers that share tokens, the one with more words ("suicide attack" instead of "attack")."""
    taken: dict[int, Hit] = {}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-len(h.tokens), h.token.i)):
        if not any(t.i in taken for t in hit.tokens if t.pos not in ("ADP", "PRON")):
            kept.append(hit)
            taken |= {t.i: hit for t in hit.tokens}
    return sorted(kept, key=lambda h: h.token.i)


def _read(sentence: Sentence, hit: Hit, heads: set[int]) -> Read:
    """Read a trigger by its word class; the name of a rule where it tells of nothing."""
    known = read_casualties(sentence, hit) if hit.frame.counts in ("killed", "wounded") else None
    if known is not None:
        return known
    if hit.frame.needs == "casualties":
        return "what.casualties.unnamed"
    if hit.kind == "noun":
        return read_noun(sentence, hit, heads)
    if hit.kind == "adj":
        return read_adjective(sentence, hit)
    return read_verb(sentence, hit)
