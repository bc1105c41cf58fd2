"""Who says it, by what the learned reader takes for the speakers of a happening."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles, head_of
from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.model import Span, Speaker
from dateline.model.trace import note
from dateline.says import says_its_own

#: A speaker is taken from so likely on; one of the rules is given up below so likely.
TAKEN, GIVEN_UP = 0.65, 0.05


def own_speakers(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the speakers that are likely its own, and give up those that are not."""
    draft.said_by = [s for s in draft.said_by if s.span is None or not _is_given_up(roles, s)]
    for run in roles.runs("speaker", TAKEN):
        stands = head_of(reading, run)
        if stands is None or stands[1].pos not in ("NOUN", "PROPN"):
            continue
        sentence, head = stands
        if any(s.span is not None and s.span.overlaps(run.span) for s in draft.said_by):
            continue
        if head.dep == "nsubj" and _says_another_thing(sentence, sentence.head(head), draft):
            continue
        span = _named(reading, sentence, head)
        note("coding.belonging.speaker", span, f"of {draft.called} ({run.likely:.2f})")
        draft.add_speaker(Speaker(" ".join(sentence.quote(span).split()), span))
    draft.said_by = _each_once(draft.said_by, reading.report.text)


def _says_another_thing(sentence: Sentence, verb: Token, draft: Draft) -> bool:
    """Is it a verb of speech after "but", below which nothing of the draft is told ("but the police said that bandits
    did it")?"""
    below = {t.i for t in sentence.subtree(verb)}
    told = any(m.sentence is sentence and m.token.i in below for m in draft.mentions)
    return says_its_own(sentence, verb) and not told


def _named(reading: Reading, sentence: Sentence, head: Token) -> Span:
    """The words that name a speaker: all of a known actor's name where they stand in one ("Islamic State")."""
    core = [t for t in sentence.core(head) if t.tag not in ("DT", "PRP$")]
    span = sentence.words(core or [head])
    known = (m.span(sentence) for m in reading.cast.actors.get(sentence.index, ()))
    return next((s for s in known if s.covers(span)), span)


def _is_given_up(roles: Roles, speaker: Speaker) -> bool:
    likely = roles.likely("speaker", speaker.span) if speaker.span is not None else None
    return likely is not None and likely < GIVEN_UP


def _each_once(speakers: list[Speaker], text: str) -> list[Speaker]:
    """Those who speak, each once: of two side by side ("a resident, Ali Omar", "Maj.-Gen. Udoh"), and of two of which
    one has the other's last word ("Chukwu", "General Texas Chukwu"), the one with more words."""
    kept: list[Speaker] = []
    for speaker in sorted(speakers, key=lambda s: (-len(s.name.split()), s.span.start)):
        if not any(_is_same(speaker, known, text) for known in kept):
            kept.append(speaker)
    return sorted(kept, key=lambda s: s.span.start)


def _is_same(one: Speaker, known: Speaker, text: str) -> bool:
    first, second = sorted((one.span, known.span), key=lambda s: s.start)
    between = text[first.end : second.start]
    beside = len(between) <= 3 and not any(c.isalnum() or c in "\n(" for c in between)
    return beside or one.name.split()[-1].lower() in known.name.lower().split()
