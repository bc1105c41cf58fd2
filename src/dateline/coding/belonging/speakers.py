"""Speakers of a happening, by the words that the learned reader takes for its speakers."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles, head_of
from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.model import Span, Speaker
from dateline.model.trace import note
from dateline.says import cue, says_its_own

#: Likelihoods: from which on a speaker is added, and below which a speaker that the rules gave is dropped.
TAKEN, GIVEN_UP = 0.65, 0.05


def own_speakers(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the speakers that are likely its own, and drop those that are not."""
    draft.said_by = [s for s in draft.said_by if s.span is None or not _is_given_up(roles, s)]
    for run in roles.runs("speaker", TAKEN):
        stands = head_of(reading, run)
        if stands is None or stands[1].pos not in ("NOUN", "PROPN"):
            continue
        sentence, head = stands
        if any(s.span is not None and s.span.overlaps(run.span) for s in draft.said_by):
            continue
        if _is_told(sentence, head):
            continue
        if head.dep == "nsubj" and _says_another_thing(sentence, sentence.head(head), draft):
            continue
        span = _named(reading, sentence, head)
        note("coding.belonging.speaker", span, f"of {draft.called} ({run.likely:.2f})")
        draft.add_speaker(Speaker(" ".join(sentence.quote(span).split()), span))
    draft.said_by = each_once(draft.said_by, reading.report.text)


def _is_told(sentence: Sentence, head: Token) -> bool:
    """Does the word name the hearer ("officials told AFP"), and not the speaker?"""
    verb = sentence.head(head)
    return head.dep in ("dobj", "dative") and verb.lemma in cue("speech") and bool(sentence.children(verb, "nsubj"))


def _says_another_thing(sentence: Sentence, verb: Token, draft: Draft) -> bool:
    """Is this a verb of speech after "but" that governs no mention of the draft ("but the police said that bandits did
    it")?"""
    below = {t.i for t in sentence.subtree(verb)}
    told = any(m.sentence is sentence and m.token.i in below for m in draft.mentions)
    return says_its_own(sentence, verb) and not told


def _named(reading: Reading, sentence: Sentence, head: Token) -> Span:
    """The span of a speaker's name. Where the words are a part of a known actor's name ("Islamic State"), all of that
    name."""
    core = [t for t in sentence.core(head) if t.tag not in ("DT", "PRP$")]
    span = sentence.words(core or [head])
    known = (m.span(sentence) for m in reading.cast.actors.get(sentence.index, ()))
    return next((s for s in known if s.covers(span)), span)


def _is_given_up(roles: Roles, speaker: Speaker) -> bool:
    likely = roles.likely("speaker", speaker.span) if speaker.span is not None else None
    return likely is not None and likely < GIVEN_UP


def each_once(speakers: list[Speaker], text: str) -> list[Speaker]:
    """Each speaker once. Two names are of one speaker where one is the end of the other ("Sato", "General Ken Sato"),
    or where they are a title and its holder side by side ("Maj.-Gen. Sato", "a resident, Ken Sato"). The fuller one is
    kept."""
    kept: list[Speaker] = []
    for speaker in sorted(speakers, key=_least_telling):
        if not any(_is_same(speaker, known, text) for known in kept):
            kept.append(speaker)
    return sorted(kept, key=lambda s: s.span.start)


def _least_telling(speaker: Speaker) -> tuple[bool, int, int]:
    """Sort key: the fullest names first, nouns after names, and fewer words after more."""
    words = speaker.name.split()
    return words[-1].islower(), -len(words), speaker.span.start


def _is_same(one: Speaker, known: Speaker, text: str) -> bool:
    words, more = one.name.lower().split(), known.name.lower().split()
    if more[-len(words) :] == words:
        return True
    first, second = sorted((one, known), key=lambda s: s.span.start)
    between = text[first.span.end : second.span.start].strip()
    titled = between in ("", ".", "-", ".-")
    named = between == "," and first.name.split()[-1].islower() and second.name.istitle() and " " in second.name
    return titled or named
