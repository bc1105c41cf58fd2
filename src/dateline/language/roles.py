"""The words for people and things, by the kind of actor that they name (knowledge/roles.yaml)."""

from __future__ import annotations

from functools import cache

from dateline.language.dictionary import is_word, lemma
from dateline.language.labels import with_labels
from dateline.language.tokens import Sentence, Token
from dateline.model.knowledge import english, load

_ORDER = ("state", "armed_group", "suspect", "civilian", "organisation", "facility")
#: Forms of which a wrong tag would give a wrong base form, with the right one.
_FORMS = {
    "people": "people", "men": "man", "women": "woman", "children": "child", "troops": "troop", "police": "police",
    "gunmen": "gunman", "policemen": "policeman", "militiamen": "militiaman", "servicemen": "serviceman",
    "forces": "force", "dead": "dead", "wounded": "wounded", "injured": "injured",
}  # fmt: skip


@cache
def words(name: str) -> frozenset[str]:
    """A list of roles.yaml: a kind, or `passing`, `titles`, `organisation_words`."""
    return with_labels(load("dateline.language", "roles.yaml", dict[str, list[str]])[name])


@cache
def kind_of_word(lemma: str) -> str | None:
    """The kind of actor that a base form names (`suspect` for people wanted by the law); None for other words."""
    return next((kind for kind in _ORDER if lemma in words(kind)), None)


def base(token: Token) -> str:
    """The base form of a word for people or things, whatever its tag."""
    return _FORMS.get(token.lower) or lemma(token.lower, "noun")


def kind_of(sentence: Sentence, token: Token) -> str | None:
    """The kind that a noun names. It is looked up with the word before it first ("police station" is not the
    police)."""
    if token.i > 0 and sentence.tokens[token.i - 1].head == token.i:
        pair = kind_of_word(f"{sentence.tokens[token.i - 1].lower} {base(token)}")
        if pair is not None:
            return pair
    return "civilian" if is_aged(sentence, token) else kind_of_word(base(token))


def names_doers(phrase: str) -> bool:
    """Does a phrase name people by what they do, and not by their side ("two gunmen", "armed assailants")?"""
    said = {lemma(word, "noun") for word in phrase.lower().split()}
    return not said.isdisjoint(words("doer"))


def is_aged(sentence: Sentence, token: Token) -> bool:
    """Does it name a person by age ("a 15-year-old", which the parser makes five tokens with the last as head)?"""
    before = sentence.tokens[max(0, token.i - 2) : token.i]
    return token.lower in ("old", "olds") and bool(before) and before[0].lower in ("year", "month", "week")


#: Pronouns that stand for things.
_THINGS = english("dateline.language", "things")


def names_people(sentence: Sentence, token: Token) -> bool:
    """Does a noun name people? True also for a name or pronoun that may."""
    if token.pos in ("PRON", "PROPN", "NUM"):
        return token.lower not in _THINGS
    if token.pos == "NOUN" and token.text[:1].isupper() and not is_word(token.lower):
        return True
    kind = kind_of(sentence, token)
    if is_aged(sentence, token):
        return True
    return kind in ("state", "armed_group", "suspect", "civilian") or base(token) in words("passing")
