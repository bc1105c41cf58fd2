"""Find weapons in the clause of a happening, what was seized, and the methods that both tell."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.vocabulary import METHODS
from dateline.what.mention import Mention
from dateline.what.words import methods, wordlist


def add_weapons(mention: Mention) -> None:
    """Add the weapons in the clause, what was seized, and the methods that they and the words beside the trigger
    tell."""
    sentence = mention.sentence
    if mention.frame.type not in types.OF_THINGS:
        things = wordlist("weapons") | wordlist("fired")
        mention.objects = [
            o for o in mention.objects if base(o) not in things or kind_of(sentence, o) or _is_wrecked(sentence, o)
        ]
    top = mention.clause
    mention.methods |= set(mention.frame.method)
    near = (
        {t.i for t in sentence.subtree(top)}
        if top.pos in ("VERB", "AUX")
        else {t.i for t in sentence.subtree(mention.token)}
    )
    for token in sentence.tokens:
        if token.i not in near or abs(token.i - mention.token.i) > 25:
            continue
        if _is_pit(sentence, token):
            continue
        pair = f"{sentence.tokens[token.i - 1].lower} {base(token)}" if token.i else ""
        for word in (pair, base(token), token.lower, token.lemma):
            if word in methods() and methods()[word] in METHODS and not _is_undergone(sentence, token):
                mention.methods.add(methods()[word])
                break
        if (
            (base(token) in wordlist("weapons") or pair in wordlist("weapons"))
            and token.dep not in ("compound", "amod")
            and token.pos in ("NOUN", "PROPN")
        ):
            if _is_seized(sentence, token, mention.frame.type == "surrender"):
                mention.seized.append(token)
            elif mention.frame.type not in types.OF_THINGS and _is_wrecked(sentence, token):
                continue  # "a strike destroyed a tank", which was not used
            elif token not in mention.instruments:
                mention.instruments.append(token)


def _is_pit(sentence: Sentence, token: Token) -> bool:
    """Is a mine one where people dig ("a gold mine", "mine workers"), and no weapon?"""
    if base(token) != "mine":
        return False
    before = sentence.tokens[token.i - 1].lower if token.i else ""
    after = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
    return before in wordlist("dug") or after in wordlist("of_pits")


def _is_undergone(sentence: Sentence, token: Token) -> bool:
    """Does a word name people to whom it was done ("an airstrike killed nine gunmen")? Their arms tell no method."""
    undergone = sentence.above(token, "conj").dep in ("dobj", "obj", "nsubjpass")
    return undergone and kind_of(sentence, token) == "armed_group"


_TAKEN = english("dateline.what", "taken")


def _is_wrecked(sentence: Sentence, token: Token) -> bool:
    """Was the thing hit or destroyed, alone or in a list ("a strike destroyed a mortar and a tank")?"""
    first = sentence.above(token, "conj")
    return first.dep in ("dobj", "obj", "nsubjpass") and sentence.head(first).lemma in wordlist("hitting")


#: Verbs for giving up weapons.
_GIVEN_UP = english("dateline.what", "given_up")


def _is_seized(sentence: Sentence, token: Token, surrendered: bool) -> bool:
    """Was the thing seized, or given up by those who `surrendered`, alone or in a list ("rifles, grenades and
    cash")?"""
    verbs = _GIVEN_UP if surrendered else _TAKEN
    token = sentence.above(token, "conj", "appos")
    if token.dep == "pobj":
        of = sentence.head(token)
        token = sentence.head(of) if of.lower in ("of", "including") else token
        token = sentence.above(token, "conj", "appos")
    head = sentence.head(token)
    if token.dep in ("dobj", "obj", "nsubjpass") or (token.dep == "nsubj" and head.tag == "VBN"):
        return head.lemma in verbs
    return token.dep in ("nsubj", "pobj") and base(head) in ("seizure", "recovery")
