"""A case: a trigger with all that may speak for or against it. Here the words are selected that conditions look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of, words
from dateline.model.knowledge import english
from dateline.what.clauses import governor
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.words import wordlist

#: Words after "scores" where it is a number ("scores of people", "scores killed").
_SCORED = english("dateline.what", "after_scores")
#: Words between a container or amount and its contents ("bags of dynamite").
_HOLDS = english("dateline.what", "holds")


class Case:
    """A trigger of a frame in its sentence, with head tokens of those who do it and of those to whom it is done.
    `report`: all words of the report."""

    def __init__(
        self,
        frame: Frame,
        sentence: Sentence,
        hit: Hit,
        agents: Sequence[Token],
        objects: Sequence[Token],
        report: frozenset[str],
    ) -> None:
        self.frame, self.sentence, self.hit, self.report = frame, sentence, hit, report
        self.agents, self.objects = agents, objects

    @cached_property
    def others(self) -> list[Token]:
        """The tokens of the sentence without those of the trigger."""
        own = {t.i for t in self.hit.tokens}
        others = (t for t in self.sentence.tokens if t.i not in own and t.pos not in ("PUNCT", "SPACE", "DET"))
        return [t for t in others if not _counts_in_scores(self.sentence, t)]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the sentence without the trigger, in all forms in which lists may have them."""
        return frozenset(word for t in self.others for word in (base(t), t.lemma, t.lower))

    def meant(self, tokens: Sequence[Token]) -> list[Token]:
        """The nouns that tokens and their conjuncts stand for: "weapons" for "a total of 206 weapons"."""
        return [self._content(one) for token in tokens for one in self.sentence.conjuncts(token)]

    def _content(self, token: Token) -> Token:
        """The noun that a word of counting or gathering stands for ("total of weapons"); other words stand for
        themselves."""
        if base(token) not in words("passing") or kind_of(self.sentence, token) is not None:
            return token
        of = (p for p in self.sentence.children(token, "prep") if p.lower == "of")
        return next((o for p in of for o in self.sentence.children(p, "pobj")), token)


def _counts_in_scores(sentence: Sentence, token: Token) -> bool:
    """Does "scores" mean a number ("scores of people", "injuring scores more"), and not the result of a game?"""
    after = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
    return token.lower == "scores" and after in _SCORED


def _neighbours(case: Case) -> list[Token]:
    own = case.hit.token
    above = own.head if own.dep == "relcl" else None  # "a bomb that exploded"
    near = ("nsubj", "nsubjpass", "dobj")
    return [t for t in case.others if t.dep in near or t.head == own.i or t.i == above]


def _modifiers(case: Case) -> list[Token]:
    return case.sentence.children(case.hit.tokens[-1], "compound", "amod")


def _wholes(case: Case) -> list[Token]:
    sentence = case.sentence
    return case.meant([sentence.head(sentence.head(o)) for o in case.objects if o.dep == "pobj"])


def _phrases(case: Case) -> list[Token]:
    return [t for o in case.objects for t in case.sentence.core(o)]


def _contents(case: Case) -> list[Token]:
    found = [one for o in case.objects for one in case.sentence.conjuncts(o)]
    return [one for token in found for one in (token, *_held(case.sentence, token))]


def _held(sentence: Sentence, holder: Token) -> list[Token]:
    """What an amount or a container holds ("a large amount of ammunition", "boxes containing rifles")."""
    if base(holder) not in wordlist("holders"):
        return []
    leading = [p for p in sentence.children(holder, "prep", "acl") if p.lower in _HOLDS]
    found = [o for p in leading for o in sentence.children(p, "pobj", "dobj")]
    return [one for o in found for t in sentence.conjuncts(o) for one in (t, *_held(sentence, t))]


def _said_of_objects(case: Case) -> list[Token]:
    return [verb for o in case.objects for verb in case.sentence.children(o, "relcl", "acl")]


def _verb_above(case: Case) -> list[Token]:
    return [case.sentence.head(case.hit.token)] if case.hit.token.dep == "nsubj" else []


def _clause(case: Case) -> list[Token]:
    verb = governor(case.sentence, case.hit.token) if case.hit.kind == "noun" else case.hit.token
    own = [verb]
    for one in own:
        own += [c for c in case.sentence.children(one) if c.dep not in ("conj", "ccomp")]
    return own


def _nouns(case: Case) -> list[Token]:
    return [t for t in case.others if t.pos in ("NOUN", "PROPN")]


#: Field of a condition -> the function that selects the tokens it looks at.
SELECTED: dict[str, Callable[[Case], list[Token]]] = {
    "agent": lambda case: case.meant(case.agents),
    "object": lambda case: case.meant(case.objects),
    "whole": _wholes,
    "phrase": _phrases,
    "contents": _contents,
    "said_of_object": _said_of_objects,
    "verb": _verb_above,
    "neighbour": _neighbours,
    "modifier": _modifiers,
    "trigger": lambda case: list(case.hit.tokens),
    "clause": _clause,
    "nouns": _nouns,
}
