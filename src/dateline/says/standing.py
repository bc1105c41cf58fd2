"""Did it happen? The status of a happening, from negation, modals, tense and what its clause hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.model.vocabulary import Status
from dateline.says.cues import cue, governing

_STATUS: dict[str, Status] = {
    "planned": "planned", "threatened": "threatened", "ordered": "ordered", "denied": "denied", "foiled": "foiled",
    "attempted": "attempted", "feared": "hypothetical",
}  # fmt: skip
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "without"))
_UNREAL = frozenset(("would", "could", "may", "might", "can", "should", "must", "ought"))
_IF = frozenset(("if", "unless", "whether", "lest"))


@dataclass(frozen=True, slots=True)
class Standing:
    """`status`, the word that decided it (None where nothing speaks against a fact), and whether it is a general
    statement, of which no account is made."""

    status: Status
    cue: Token | None = None
    general: bool = False


def standing(sentence: Sentence, trigger: Token, clause: Token, nominal: bool) -> Standing:
    """The standing of a happening told by `trigger` in the clause of the verb `clause`."""
    if nominal:
        own = _of_noun(sentence, trigger)
        if own is not None:
            return own
    start = trigger if nominal and not _carried(sentence, trigger, clause) else clause
    found = _of_verb(sentence, start) if start.pos in ("VERB", "AUX") else None
    if found is None and start is clause and nominal and start.pos == "VERB":
        found = _by_head(sentence, clause, trigger, trigger, False)
    return found or _governed(sentence, start) or _plain(sentence, start)


def _carried(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Does the noun's happening share the verb's fate (its subject or object)?"""
    return noun.dep in ("dobj", "obj", "nsubj", "nsubjpass") and noun.head == verb.i


def _of_noun(sentence: Sentence, noun: Token) -> Standing | None:
    for child in sentence.children(noun):
        if child.dep in ("det", "neg") and child.lower in ("no", "any", "every", "such"):
            return Standing("denied" if child.lower == "no" else "hypothetical", child, child.lower != "no")
        if child.dep in ("amod", "compound", "nmod"):
            if child.lower in ("attempted", "failed", "unsuccessful", "botched"):
                return Standing("attempted", child)
            if child.lower in ("foiled", "thwarted", "averted"):
                return Standing("foiled", child)
            if child.lower in ("planned", "intended", "impending", "upcoming", "imminent"):
                return Standing("planned", child)
            if child.lower in ("possible", "potential", "future", "further", "probable", "hypothetical", "likely"):
                return Standing("hypothetical", child)
    return None


def _of_verb(sentence: Sentence, verb: Token) -> Standing | None:
    for child in sentence.children(verb):
        if child.lower in _NEGATIONS and child.dep in ("neg", "advmod", "preconj", "cc"):
            return Standing("denied", child)
        if child.dep == "aux" and child.lower in ("will", "shall", "wo", "'ll"):
            return Standing("planned", child)
        if child.dep == "aux" and child.lower in _UNREAL:
            return Standing("hypothetical", child)
        if child.dep in ("mark", "advmod") and child.lower in _IF:
            return Standing("hypothetical", child)
    habit = next((c for c in sentence.children(verb, "advmod") if c.lower in cue("habitual")), None)
    if habit is not None and verb.tag in ("VBZ", "VBP", "VBG"):
        return Standing("hypothetical", habit, True)
    if any(s.lower in ("none", "nobody", "neither") for s in sentence.children(verb, "nsubj", "nsubjpass")):
        return Standing("denied", verb)
    subject = next((s for s in sentence.children(verb, "nsubj", "nsubjpass") for d in sentence.children(s, "det") if d.lower == "no"), None)
    return Standing("denied", subject) if subject is not None and len(subject.text) < 12 else None


def _governed(sentence: Sentence, token: Token) -> Standing | None:
    """Climb: "planned to attack", "denied that", "preparations for an attack", "arrested before carrying out"."""
    below, steps = token, 0
    infinitive = _is_infinitive(sentence, token)
    for head in sentence.ancestors(token):
        steps += 1
        if steps > 6 or below.dep in ("nsubj", "nsubjpass", "relcl", "appos", "parataxis") and below is not token:
            break
        if below.dep in ("nsubj", "nsubjpass") and head.pos in ("VERB", "AUX"):
            found = governing(head) if below.dep == "nsubjpass" or head.lemma in ("fail",) else None
            if found in ("foiled", "planned", "feared", "denied", "ordered"):
                return _made(found, head)
            return _of_verb(sentence, head) if token.pos in ("NOUN", "PROPN") else None
        if below.dep == "relcl":
            break
        if below.dep == "prep" or below.dep == "pobj":
            if head.lower in ("before", "without", "instead") and token.pos == "VERB":
                return Standing("hypothetical", head)
            if below.dep == "prep" and head.pos in ("VERB", "NOUN", "ADJ", "ADV", "AUX") and below.lower in ("of", "for", "about", "against", "from", "to", "on", "in"):
                found = _by_head(sentence, head, below, token, infinitive)
                if found is not None:
                    return found
            if head.pos in ("VERB", "AUX"):
                # What happens in an adjunct of another verb stands for itself, unless that verb is unreal.
                return _inherited(sentence, head)
        elif below.dep == "pcomp" and head.lower in ("before", "without", "instead"):
            return Standing("hypothetical", head)
        elif below.dep in ("dobj", "obj", "xcomp", "ccomp", "pcomp", "acl", "acomp", "oprd", "attr", "conj", "dep"):
            found = None if below.dep == "conj" else _by_head(sentence, head, below, token, infinitive)
            if found is not None:
                return found
            if below.dep == "conj" and head.pos in ("VERB", "AUX"):
                shared = _of_verb(sentence, head)
                if shared is not None and shared.status in ("hypothetical", "planned", "threatened") and not sentence.children(below, "aux", "nsubj"):
                    return shared
                infinitive = infinitive or _is_infinitive(sentence, head)
            elif below.dep in ("xcomp", "dobj", "acl") and head.pos in ("VERB", "AUX"):
                shared = _of_verb(sentence, head)
                if shared is not None and below.dep != "ccomp":
                    return shared
        elif below.dep == "advcl":
            able = any(c.lower in ("able", "enough") for c in sentence.children(head, "acomp"))
            if infinitive and not able and not sentence.children(below, "mark") and below.tag == "VB":
                return Standing("planned", below)
            marks = {c.lower for c in sentence.children(below, "mark", "advmod")}
            if marks & _IF:
                return Standing("hypothetical", below)
            break
        below = head
    if infinitive and token.dep in ("acl", "relcl", "xcomp", "ccomp", "ROOT") and steps:
        head = sentence.head(token)
        if head.lemma not in cue("factual"):
            return Standing("planned", head)
    return None


def _by_head(sentence: Sentence, head: Token, below: Token, token: Token, infinitive: bool) -> Standing | None:
    kind = governing(head)
    if kind is None or head.lemma in ("be", "have"):
        return None
    if below.dep == "ccomp" and kind in ("planned", "attempted") and head.lemma not in ("plan", "hope", "expect", "demand", "propose", "urge", "want"):
        return None
    if below.dep == "ccomp" and head.lemma in ("warn", "say", "suspect", "believe", "suggest") and not _of_verb(sentence, token):
        return None
    if kind == "planned" and below.dep in ("dobj", "obj") and head.lemma in ("call", "set", "demand", "seek", "prepare", "decide", "agree", "mean", "aim", "urge", "expect", "promise", "reject"):
        return _made(kind, head) if head.lemma in ("prepare", "seek", "demand", "expect") else None
    if kind == "planned" and head.lemma in ("set", "call", "mean", "about", "due", "ready") and not infinitive:
        return None
    if kind == "denied" and head.lemma in ("reject", "dismiss", "dispute") and below.dep != "dobj" and below.dep != "ccomp":
        return None
    if kind == "feared" and head.pos == "VERB" and below.dep == "prep" and head.lemma == "suspect":
        return None
    if kind == "ordered" and below.dep in ("dobj", "xcomp", "ccomp", "prep", "obj") or kind != "ordered":
        negated = any(c.lower in _NEGATIONS for c in sentence.children(head, "neg"))
        if negated and kind in ("foiled", "attempted"):
            return None
        return _made(kind, head)
    return None


def _made(kind: str, head: Token) -> Standing:
    return Standing(_STATUS[kind], head)


def _inherited(sentence: Sentence, verb: Token) -> Standing | None:
    found = _of_verb(sentence, verb)
    return found if found is not None and found.status in ("hypothetical", "planned") and found.general else None


def _is_infinitive(sentence: Sentence, token: Token) -> bool:
    return token.tag == "VB" and any(c.lower == "to" for c in sentence.children(token, "aux"))


def _plain(sentence: Sentence, verb: Token) -> Standing:
    """Nothing speaks against it: it occurred, or goes on ("are fighting")."""
    if verb.tag == "VBG" and any(c.lower in ("is", "are", "'s", "’re", "'re") for c in sentence.children(verb, "aux")):
        return Standing("ongoing", verb)
    return Standing("occurred")
