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
    seen: set[int] = set()
    return [s for s in found if not (s.who.i in seen or seen.add(s.who.i))]  # type: ignore[func-returns-value]


def _subjects(sentence: Sentence, verb: Token) -> list[Said]:
    own = sentence.children(verb, "nsubj")
    if not own and sentence.children(verb, "nsubjpass", "auxpass"):
        own = [o for a in sentence.children(verb, "agent") for o in sentence.children(a, "pobj")]
    return [Said(s, verb) for s in own if s.pos in ("NOUN", "PROPN") or s.lower in ("he", "she", "they")]


def _according(sentence: Sentence, token: Token) -> list[Said]:
    tos = [t for t in sentence.children(token, "prep") if t.lower == "to"]
    if not tos and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].lower == "to":
        tos = [sentence.tokens[token.i + 1]]
    return [Said(o, token) for to in tos for o in sentence.children(to, "pobj")]
