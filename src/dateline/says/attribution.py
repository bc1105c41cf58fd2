"""Attribution: find who says what a clause tells ("X said that ...", "..., X said", "according to X", "X told Y that
...")."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.says.cues import cue


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: the head token of the speaker, the word that shows it (a verb of speech or "according"), and the
    name of the rule that found both (knowledge/rules.yaml)."""

    who: Token
    verb: Token
    rule: str


def speaker(sentence: Sentence, clause: Token) -> list[Said]:
    """Find those who say what the clause tells, the nearest first. Speech may be nested (an agency quotes the
    minister). The rule that found each speaker leaves a note."""
    saying = _sayers(sentence, clause)
    for said in saying:
        note(said.rule, said.who, said.verb.text)
    return saying


def _sayers(sentence: Sentence, clause: Token) -> list[Said]:
    """Collect the subjects of verbs of speech above the clause and beside it, and the speakers after "according to".
    Before each speaker stand those whom that speaker quotes."""
    found: list[Said] = []
    chain = [clause, *sentence.ancestors(clause)]
    for below, verb in itertools.pairwise(chain):
        if (
            verb.pos == "VERB"
            and verb.lemma in cue("speech")
            and below.dep in ("ccomp", "parataxis", "xcomp", "advcl", "dep", "conj")
        ):
            found += _subjects(sentence, verb, "says.speaker.above")
    for token in sentence.tokens:
        if (
            token.pos == "VERB"
            and token.lemma in cue("speech")
            and token.dep in ("parataxis", "ccomp", "conj", "advcl", "dep")
            and token.i > clause.i
            and not says_its_own(sentence, token)
        ):
            beside = _subjects(sentence, token, "says.speaker.beside")
            found += beside if token.head in {t.i for t in chain} else []
        if token.lower == "according":
            found += _according(sentence, token)
    found = [source for said in found for source in (*_behind(sentence, said), said)]
    seen: set[int] = set()
    return [s for s in found if not (s.who.i in seen or seen.add(s.who.i))]  # type: ignore[func-returns-value]


def says_its_own(sentence: Sentence, verb: Token) -> bool:
    """Does a verb of speech that is joined by "but" have a statement of its own ("the group claimed the attack, but
    police said that bandits did it")? Then its subject does not speak of the first clause."""
    joined = [c.lower for c in sentence.children(sentence.head(verb), "cc") if c.i < verb.i]
    return verb.dep == "conj" and "but" in joined and bool(sentence.children(verb, "ccomp"))


def _behind(sentence: Sentence, said: Said) -> list[Said]:
    """Find the source behind a speaker: whom the speaker quotes ("the agency, citing activists, said"), or who made a
    statement or report ("a statement by the army", "a report carried by SANA")."""
    found: list[Said] = []
    for clause in (*sentence.children(said.who, "acl", "advcl"), *sentence.children(said.verb, "advcl")):
        if clause.lemma in cue("quoting") and clause.tag == "VBG":
            found += [Said(o, clause, "says.speaker.cited") for o in sentence.children(clause, "dobj")]
    if said.who.lemma not in cue("utterance"):
        return found
    for clause in sentence.children(said.who, "acl", "relcl"):
        by = [
            o
            for a in sentence.children(clause, "agent", "prep")
            for o in sentence.children(a, "pobj")
            if a.lower == "by"
        ]
        found += [Said(o, clause, "says.speaker.carrying") for o in by]
    for prep in sentence.children(said.who, "prep"):
        source = sentence.children(prep, "pobj") if prep.lower in ("by", "from") else []
        found += [Said(o, said.verb, "says.speaker.utterance") for o in source]
    return found


def _quoted(sentence: Sentence, verb: Token) -> list[Said]:
    """Find who is quoted, and then the speaker who quotes ("AFP quoted the minister as saying")."""
    head = sentence.head(verb)
    quoting = sentence.head(head)
    if head.lower != "as" or quoting.lemma not in cue("quoting"):
        return []
    who = sentence.children(quoting, "dobj") or sentence.children(quoting, "nsubjpass")
    found = [Said(o, verb, "says.speaker.quoted") for o in who]
    if sentence.children(quoting, "dobj"):
        found += [Said(s, quoting, "says.speaker.quoting") for s in sentence.children(quoting, "nsubj")]
    return found + [Said(o, quoting, "says.speaker.quoting") for o in sentence.done_by(quoting)]


#: Pronouns for those who say something.
_PERSONS = english("dateline.says", "persons")


def _subjects(sentence: Sentence, verb: Token, rule: str) -> list[Said]:
    """Find the subjects of a verb of speech; `rule` is named in the result. Where the verb belongs to somebody who is
    quoted ("as saying"), find that person instead."""
    own = sentence.children(verb, "nsubj")
    if not own and verb.dep == "pcomp":
        return _quoted(sentence, verb)
    if not own and sentence.is_passive(verb):
        own = sentence.done_by(verb)
    return [Said(s, verb, rule) for s in own if s.pos in ("NOUN", "PROPN") or s.lower in _PERSONS]


def _according(sentence: Sentence, token: Token) -> list[Said]:
    """Find those who stand after "according to"."""
    tos = [t for t in sentence.children(token, "prep") if t.lower == "to"]
    if not tos and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].lower == "to":
        tos = [sentence.tokens[token.i + 1]]
    return [Said(o, token, "says.speaker.according") for to in tos for o in sentence.children(to, "pobj")]
