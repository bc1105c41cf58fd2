"""The lexicon: the words that evoke frames, and how they are found in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.language import Phrase, Sentence, Token
from dateline.language.dictionary import forms, lemma
from dateline.language.roles import words as people_words
from dateline.what.frames import Frame, frames
from dateline.what.words import wordlist

#: The most words between two words of a verb of several words.
_REACH = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a sentence: its head token, its frame, all its tokens, and its word class ("verb", "noun" or
    "adj")."""

    token: Token
    frame: Frame
    tokens: tuple[Token, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    frame: Frame


#: The pieces of an entry: like the tokenizer, it splits words at hyphens.
_PIECE = re.compile(r"[^\s-]+|-")


@cache
def _index() -> dict[tuple[str, str], tuple[_Entry, ...]]:
    """(word class, key word) -> entries, those with most words first. The key is the first word of a verb, the last one
    of a noun."""
    found: dict[tuple[str, str], list[_Entry]] = {}
    for frame in frames():
        for kind, entries in (("verb", frame.verbs), ("noun", frame.nouns), ("adj", frame.adjectives)):
            for entry in entries:
                words = tuple(_PIECE.findall(entry))
                key = words[0] if kind == "verb" else words[-1]
                found.setdefault((kind, key), []).append(_Entry(words, frame))
    return {key: tuple(sorted(entries, key=lambda e: -len(e.words))) for key, entries in found.items()}


@dataclass(frozen=True, slots=True)
class Triggers:
    """The words for the gate, in every form. `strong`, `weak`: triggers of one word; `company`: words that bear weak
    ones out; `phrases`: triggers of several words, by the forms of their key word."""

    strong: frozenset[str]
    weak: frozenset[str]
    company: frozenset[str]
    phrases: dict[str, tuple[Phrase, ...]]


@cache
def triggers() -> Triggers:
    """Collect the words at which a frame could start."""
    strong: set[str] = set()
    weak: set[str] = set()
    phrases: dict[str, list[Phrase]] = {}
    for (kind, key), entries in _index().items():
        everyday = key in wordlist("everyday")
        for entry in entries:
            sure = entry.frame.strong and not everyday
            if len(entry.words) == 1:
                (strong if sure else weak).update(forms(key, kind))
                continue
            others = entry.words[1:] if kind == "verb" else entry.words[:-1]
            phrase = Phrase(tuple(frozenset(forms(w, "noun")) for w in others if w.isalpha()), sure)
            for form in forms(key, kind):
                phrases.setdefault(form, []).append(phrase)
    company = {form for word in wordlist("company") for form in forms(word, "noun") | forms(word, "verb")}
    found = {form: tuple(own) for form, own in phrases.items()}
    return Triggers(frozenset(strong), frozenset(weak - strong), frozenset(company), found)


def match(sentence: Sentence, token: Token) -> list[Hit]:
    """The frames that a token evokes: those of the longest entry that matches, in the order of the lexicon."""
    for kind in _kinds(sentence, token):
        # A verb that is its own base form stays what it was read as ("wound" is not always of "wind").
        as_read = kind == "adj" or (kind == "verb" and token.lemma == token.lower)
        base = token.lower if as_read else lemma(token.lower, kind)
        found: list[Hit] = []
        for entry in _index().get((kind, base), ()):
            if found and len(entry.words) < len(found[0].tokens):
                break
            tokens = _matched(sentence, token, entry.words, kind)
            if tokens is not None:
                found.append(Hit(_head_of(sentence, tokens) if kind == "noun" else token, entry.frame, tokens, kind))
        if found:
            return found
    return []


def _head_of(sentence: Sentence, tokens: tuple[Token, ...]) -> Token:
    """The head token of a trigger of several words: "claim" of "claim of responsibility", "attack" of "van-and-knife
    attack"."""
    inside = {t.i for t in tokens}
    free = [t for t in tokens if t.head not in inside or t.head == t.i]
    return free[0] if free and any(t.pos == "ADP" for t in tokens) else (free or tokens)[-1]


def _kinds(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """The word classes as which a token may evoke a frame. Where its form contradicts its tag, other classes are tried,
    too."""
    if token.pos in ("VERB", "AUX"):
        # In "killed in police firing" parsers take "firing" for a verb with "police" as subject.
        owned = token.dep == "pcomp" and any(sentence.tokens[i].dep == "nsubj" for i in token.children)
        beside = (
            token.tag == "VBG"
            and (owned or token.dep in ("acl", "pobj", "nsubj", "dobj"))
            and not {"dobj", "prt"} & {sentence.tokens[i].dep for i in token.children}
        )
        return ("noun", "verb") if beside else ("verb", "noun") if token.tag == "VBG" else ("verb",)
    if token.pos == "ADJ":
        return ("adj", "verb") if token.lower.endswith("ed") else ("adj",)
    if token.pos in ("NOUN", "PROPN"):
        return ("noun", "verb") if token.lower.endswith("ed") else ("noun",)
    return ("adj", "verb", "noun") if token.pos in ("X", "ADV") else ()


def _matched(sentence: Sentence, token: Token, words: tuple[str, ...], kind: str) -> tuple[Token, ...] | None:
    if len(words) == 1:
        return (token,)
    if kind == "noun":
        return _backward(sentence, token, words[:-1])
    found = _forward(sentence, token, words[1:]) or _in_passive(sentence, token, words[1:])
    return None if found is not None and _is_under_another(sentence, token, found[-1], words) else found


def _in_passive(sentence: Sentence, verb: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The tokens of a trigger with its object as the subject of a passive ("shells were lobbed"), or as the noun above
    it."""
    subjects = sentence.children(verb, "nsubjpass")
    if not subjects and verb.dep == "acl" and verb.tag == "VBN":
        subjects = [sentence.head(verb)]
    for subject in subjects:
        phrase = [t for t in sentence.core(subject) if t.i < verb.i]
        found: list[Token] = []
        for word in words:
            after = found[-1].i if found else -1
            match = next(
                (t for t in phrase if t.i > after and word in (t.lower, t.lemma, lemma(t.lower, "noun"))), None
            )
            if match is None:
                break
            found.append(match)
        if len(found) == len(words):
            return (verb, *found)
    return None


_CLAUSES = frozenset(("relcl", "acl", "ccomp", "advcl"))


def _is_under_another(sentence: Sentence, verb: Token, last: Token, words: tuple[str, ...]) -> bool:
    """Does the trigger's last word depend on another object of the verb ("claimed their rights to a decent life" is no
    death), or stand in another clause ("took a decision which changed her life")?"""
    if len(words) > 2:
        return False
    for token in (last, *sentence.ancestors(last)):
        if token.i == verb.i:
            break
        if token.dep in _CLAUSES and token.i != last.i and verb in list(sentence.ancestors(token)):
            return True
    if last.dep == "compound" and last.head != verb.i:
        return True
    others = [o for o in sentence.children(verb, "dobj", "obj") if o.i < last.i]
    gathers = {w for o in others for w in (o.lower, o.lemma)} & (wordlist("transparent") | people_words("passing"))
    return last.dep == "pobj" and bool(others) and not gathers and not any(o.pos == "NUM" for o in others)


def _forward(sentence: Sentence, token: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    found, at = [token], token.i
    for word, following_word in zip(words, (*words[1:], ""), strict=True):
        window = sentence.tokens[at + 1 : at + 2 + _REACH]
        whole = following_word != "-"
        following = next((t for t in window if _is_word(sentence, t, word, whole)), None)
        if following is None or any(t.text in ".;" or t.lower == "no" for t in window[: following.i - at - 1]):
            return None  # the clause has ended, or the trigger is negated: "claimed no responsibility"
        found.append(following)
        at = following.i
    return tuple(found)


def _is_word(sentence: Sentence, token: Token, word: str, whole: bool) -> bool:
    """Is the token the word, in any form? A `whole` word must not be part of a hyphenated one ("life" of
    "life-threatening")."""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    joined = after is not None and after.text == "-" and after.start == token.end
    # "Found guilty of bombing" is not "found a bomb".
    form = token.lower if token.tag == "VBG" else token.lemma
    return not (whole and joined) and word in (token.lower, form, lemma(token.lower, "noun"))


def _backward(sentence: Sentence, token: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    first = token.i - len(words)
    if first < 0:
        return None
    before = sentence.tokens[first : token.i]
    if all(word in (t.lower, t.lemma) for word, t in zip(words, before, strict=True)):
        return (*before, token)
    return None
