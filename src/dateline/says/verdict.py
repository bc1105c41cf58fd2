"""Status by a verb's own clause: negation, modals, conditions, questions, habits."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.vocabulary import Status
from dateline.says.cues import cue

_NEGATIONS = english("dateline.says", "negations")
_UNREAL = english("dateline.says", "unreal")
_NOBODY = english("dateline.says", "nobody")
IF = english("dateline.says", "if")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a happening occurred. `status`: the answer; `cue`: the word that decided it (None where nothing speaks
    against a fact); `general`: whether it is a general statement, of which no account is made; `rule`: the name of the
    rule that decided (knowledge/rules.yaml)."""

    status: Status
    cue: Token | None = None
    general: bool = False
    rule: str = "says.occurred.plain"


def of_verb(sentence: Sentence, verb: Token) -> Standing | None:
    """The standing that auxiliaries, negation and subject give to a verb; None where they leave it a fact."""
    return _of_helpers(sentence, verb) or _of_habit(sentence, verb) or _of_subject(sentence, verb)


def is_negated(sentence: Sentence, token: Token) -> bool:
    """Is a word negated ("did not prevent", "never tried")?"""
    return any(c.lower in _NEGATIONS for c in sentence.children(token, "neg", "advmod", "preconj"))


def is_infinitive(sentence: Sentence, token: Token) -> bool:
    """Is it an infinitive with "to"?"""
    return token.tag == "VB" and any(c.lower == "to" for c in sentence.children(token, "aux"))


def word_of_none(sentence: Sentence, noun: Token) -> Token | None:
    """Find the word that makes a noun phrase mean nobody ("no soldiers", "not a single suspect", "neither man")."""
    if noun.lower in _NOBODY:
        return noun
    single = noun.lower == "one" or any(c.lower in ("single", "one") for c in sentence.children(noun))
    for child in sentence.children(noun, "det", "neg", "preconj", "advmod", "predet"):
        if child.lower in ("no", "neither") or (child.lower == "not" and single):
            return child
    return None


def _of_helpers(sentence: Sentence, verb: Token) -> Standing | None:
    """The standing by a verb's negation, auxiliaries and conjunction, and by a question."""
    asked = _is_asked(sentence, verb)
    negation = _negation(sentence, verb)
    if negation is not None and not asked:
        return Standing("denied", negation, rule="says.denied.negation")
    for child in sentence.children(verb):
        if child.dep == "aux" and child.lower in ("will", "shall", "wo", "'ll"):
            return Standing("planned", child, rule="says.planned.will")
        if child.dep == "aux" and child.lower in _UNREAL:
            return Standing("hypothetical", child, rule="says.hypothetical.modal")
        if child.dep in ("mark", "advmod") and child.lower in IF:
            return Standing("hypothetical", child, rule="says.hypothetical.if")
    return Standing("hypothetical", verb, rule="says.hypothetical.question") if asked else None


#: Words after "not" with which it denies nothing ("not only killed").
_NOT_ONLY = english("dateline.says", "not_only")


def _negation(sentence: Sentence, verb: Token) -> Token | None:
    """The word that denies the verb; "not only killed" denies nothing."""
    for child in sentence.children(verb, "neg", "advmod", "preconj", "cc"):
        only = child.i < verb.i and sentence.tokens[child.i + 1].lower in _NOT_ONLY
        if child.lower in _NEGATIONS and not only:
            return child
    return None


def _is_asked(sentence: Sentence, verb: Token) -> bool:
    """Does a question ask whether it happens ("do you shoot?"), and not only who, when or why?"""
    if verb.head != verb.i or not sentence.text.rstrip(" \"'”’").endswith("?"):
        return False
    subjects = sentence.children(verb, "nsubj", "nsubjpass")
    asking = any(t.tag in ("WP", "WRB", "WDT", "WP$") for t in sentence.tokens[: verb.i])
    return not asking and any(a.i < s.i for a in sentence.children(verb, "aux", "auxpass") for s in subjects[:1])


def _of_habit(sentence: Sentence, verb: Token) -> Standing | None:
    """A verb in the present with a word of habit is general."""
    habit = next((c for c in sentence.children(verb, "advmod") if c.lower in cue("habitual")), None)
    if habit is not None and verb.tag in ("VBZ", "VBP", "VBG"):
        return Standing("hypothetical", habit, True, "says.hypothetical.habit")
    return None


def _of_subject(sentence: Sentence, verb: Token) -> Standing | None:
    """A happening is denied where its subject is nobody ("no one was killed")."""
    for subject in sentence.children(verb, "nsubj", "nsubjpass"):
        none = word_of_none(sentence, subject)
        if none is not None:
            return Standing("denied", none, rule="says.denied.nobody")
    return None
