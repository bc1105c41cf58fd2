"""Recognise times of speaking or of a verdict, in a sentence that also tells of a deed."""

from __future__ import annotations

from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.dictionary import lemma
from dateline.model import types
from dateline.model.knowledge import english
from dateline.says import cue
from dateline.what import Mention
from dateline.when import Time

#: Words that give the time before them to the clause after them ("on Monday, when ...").
_PUTS = english("dateline.coding", "puts")


def is_what_was_said(sentence: Sentence, mention: Mention, time: Token) -> bool:
    """Is a time that of speaking, and not that of the mention, though the parse ties them together ("said on Thursday
    they had arrested two men")?"""
    if _stands_with_saying(sentence, mention, time):
        return True
    if mention.clause.head != time.i or mention.clause.i == time.i:
        return False
    if any(t.lower in _PUTS for t in sentence.tokens[time.i + 1 : mention.token.i]):
        return False
    above = sentence.head(time)
    verb = sentence.head(above) if above.pos == "ADP" else above
    return verb.i < time.i and lemma(verb.lower, "verb") in cue("speech")


def _stands_with_saying(sentence: Sentence, mention: Mention, time: Token) -> bool:
    """Does a time stand right after a verb of speech, and before the subject of what was said?"""
    clause = mention.clause
    verb, subject = sentence.head(clause), next(iter(sentence.children(clause, "nsubj", "nsubjpass")), None)
    if clause.dep != "ccomp" or subject is None or not verb.i < time.i < subject.i:
        return False
    between = sentence.tokens[verb.i + 1 : time.i]
    return all(t.pos == "ADP" for t in between) and lemma(verb.lower, "verb") in cue("speech")


def is_of_answer(mention: Mention, time: Token) -> bool:
    """Is a time that of the answer to a deed ("on Friday condemned a strike", "claimed on Friday the attack")? Not in
    "condemned Friday's strike"."""
    verb, above = mention.clause, mention.sentence.ancestors(time)
    if not mention.nominal or mention.frame.type in types.ANSWERING or time.i > mention.token.i:
        return False
    if any(t.i == mention.token.i for t in above):
        return False
    said = lemma(verb.lower, "verb") in cue("answering") | cue("speech")
    return said and verb.i < mention.token.i


def is_of_deed_judged(reading: Reading, mention: Mention, time: Time) -> bool:
    """Is a time that of a deed that a court judged ("on Tuesday sentenced him over the attack on the bus in May last
    year")? It stands right after the deed; the court's act has another day, or is told in the present perfect."""
    sentence = mention.sentence
    if mention.frame.type in types.COURT and not mention.nominal:
        law, deeds = mention, _deeds_of(reading, mention)
    else:
        courts = (m for m in reading.mentions if m.sentence is sentence and m.token.i == mention.clause.i)
        law = next((m for m in courts if m.frame.type in types.COURT), mention)
        deeds = [mention] if mention.nominal and mention.frame.type not in types.LAW else []
    if law is mention and not deeds:
        return False
    if not any(_follows(sentence, deed.token, time) for deed in deeds):
        return False
    has = any(c.lower in ("has", "have") for c in sentence.children(law.clause, "aux"))
    return has or any(_is_before(t, law, deeds, time) for t in reading.times_in(sentence))


def _deeds_of(reading: Reading, law: Mention) -> list[Mention]:
    """The deeds that nouns name after a court's act, in its clause."""
    return [
        m
        for m in reading.mentions
        if m.sentence is law.sentence and m.nominal and m.clause.i == law.clause.i and m.token.i > law.token.i
        if m.frame.type not in types.LAW
    ]


def _follows(sentence: Sentence, deed: Token, time: Time) -> bool:
    """Does a time follow a noun, with no verb and no comma between them?"""
    between = [t for t in sentence.tokens[deed.i + 1 :] if t.start < time.span.start]
    return deed.start < time.span.start and not any(t.pos in ("VERB", "AUX") or t.text in ",;" for t in between)


def _is_before(other: Time, law: Mention, deeds: list[Mention], time: Time) -> bool:
    """Does another time stand before the deed? That one is the day of the court's act."""
    first = min(deed.token.start for deed in deeds)
    return other is not time and other.span.end <= first
