"""Who says so: "X said that ...", "..., X said", "according to X", "X told Y that ..."."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.says.cues import cue


@dataclass(frozen=True, slots=True)
class Said:
    """The head token of whoever says it, and the word that tells so."""

    who: Token
    verb: Token


def speaker(sentence: Sentence, clause: Token) -> list[Said]:
    """Those who say what the clause tells, the nearest first (nested speech: the minister, quoted by the agency)."""
    found: list[Said] = []
    chain = [clause, *sentence.ancestors(clause)]
    for below, verb in itertools.pairwise(chain):
        if (
            verb.pos == "VERB"
            and verb.lemma in cue("speech")
            and below.dep in ("ccomp", "parataxis", "xcomp", "advcl", "dep", "conj")
        ):
            found += _subjects(sentence, verb)
    for token in sentence.tokens:
        if (
            token.pos == "VERB"
            and token.lemma in cue("speech")
            and token.dep in ("parataxis", "ccomp", "conj", "advcl", "dep")
            and token.i > clause.i
        ):
            found += [s for s in _subjects(sentence, token) if token.head in {t.i for t in chain}]
        if token.lower == "according":
            found += _according(sentence, token)
    found = [source for said in found for source in (*_behind(sentence, said), said)]
    seen: set[int] = set()
    return [s for s in found if not (s.who.i in seen or seen.add(s.who.i))]  # type: ignore[func-returns-value]


def _behind(sentence: Sentence, said: Said) -> list[Said]:
    """Whom the sayer quotes ("the agency, citing activists, said"), and whose words a statement is ("a statement by the
    army", "a report carried by SANA")."""
    found: list[Said] = []
    for clause in (*sentence.children(said.who, "acl", "advcl"), *sentence.children(said.verb, "advcl")):
        if clause.lemma in cue("quoting") and clause.tag == "VBG":
            found += [Said(o, clause) for o in sentence.children(clause, "dobj")]
    if said.who.lemma not in cue("utterance"):
        return found
    for clause in sentence.children(said.who, "acl", "relcl"):
        by = [
            o
            for a in sentence.children(clause, "agent", "prep")
            for o in sentence.children(a, "pobj")
            if a.lower == "by"
        ]
        found += [Said(o, clause) for o in by]
    for prep in sentence.children(said.who, "prep"):
        found += [Said(o, said.verb) for o in sentence.children(prep, "pobj") if prep.lower in ("by", "from")]
    return found


def _quoted(sentence: Sentence, verb: Token) -> list[Said]:
    """ "AFP quoted the minister as saying": the minister says it, and then the agency."""
    head = sentence.head(verb)
    quoting = sentence.head(head)
    if head.lower != "as" or quoting.lemma not in cue("quoting"):
        return []
    who = sentence.children(quoting, "dobj") or sentence.children(quoting, "nsubjpass")
    found = [Said(o, verb) for o in who]
    if sentence.children(quoting, "dobj"):
        found += [Said(s, quoting) for s in sentence.children(quoting, "nsubj")]
    return found + [Said(o, quoting) for o in sentence.done_by(quoting)]


def _subjects(sentence: Sentence, verb: Token) -> list[Said]:
    own = sentence.children(verb, "nsubj")
    if not own and verb.dep == "pcomp":
        return _quoted(sentence, verb)
    if not own and sentence.is_passive(verb):
        own = sentence.done_by(verb)
    return [Said(s, verb) for s in own if s.pos in ("NOUN", "PROPN") or s.lower in ("he", "she", "they")]


def _according(sentence: Sentence, token: Token) -> list[Said]:
    tos = [t for t in sentence.children(token, "prep") if t.lower == "to"]
    if not tos and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].lower == "to":
        tos = [sentence.tokens[token.i + 1]]
    return [Said(o, token) for to in tos for o in sentence.children(to, "pobj")]
