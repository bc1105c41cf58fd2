"""Affiliations: person -> role -> organisation -> parent, each with the words that say it.

They are read where a name and an office stand together ("Interior Minister Ali Kaya", "Omar Said, a member of the Faruk
office", "the group's leader, Abu Hasan", "Deniz Can, who leads the movement").
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.dictionary import is_word
from dateline.language.roles import base, words
from dateline.model import Affiliation, Span
from dateline.model.knowledge import english
from dateline.where import country_of
from dateline.who import Name, body_of

#: Verbs of leading -> the role of the subject in the organisation that is the object.
_HEADS = {"lead": "leader", "head": "head", "command": "commander", "found": "founder", "run": "head"}
#: The most words before an office in which its country is looked for ("U.S. Deputy Defense Secretary").
_LONGEST_OFFICE = 3
_OF = english("dateline.coding", "office_of")


def affiliations(reading: Reading) -> tuple[Affiliation, ...]:
    """All affiliations of the sentences that were read, in the order of the text, each said once a sentence."""
    found = [one for s in reading.sentences for name in _persons(reading, s) for one in _of_person(reading, s, name)]
    return tuple(dict.fromkeys(found))


def _persons(reading: Reading, sentence: Sentence) -> list[Name]:
    return [n for n in reading.cast.names.get(sentence.index, ()) if n.kind == "person"]


def _of_person(reading: Reading, sentence: Sentence, name: Name) -> Iterator[Affiliation]:
    head = _head_of(sentence, name)
    for noun in _offices(sentence, name, head):
        yield _affiliation(reading, sentence, name, noun)
    for clause in sentence.children(head, "relcl"):
        if clause.lemma in _HEADS and any(c.lower == "who" for c in sentence.children(clause, "nsubj")):
            for body in sentence.children(clause, "dobj"):
                yield _affiliation(reading, sentence, name, clause, body)


def _head_of(sentence: Sentence, name: Name) -> Token:
    """The head token of a name."""
    inside = range(name.first, name.last + 1)
    return next(
        (sentence.tokens[i] for i in inside if sentence.tokens[i].head not in inside), sentence.tokens[name.last]
    )


def _offices(sentence: Sentence, name: Name, head: Token) -> Iterator[Token]:
    """Nouns of office before the name, or in apposition with it."""
    before = sentence.tokens[name.first - 1] if name.first else None
    if before is not None and _is_office(before):
        yield before
    inside = [t for t in sentence.tokens[name.first : name.last] if _is_office(t)]
    yield from inside[-1:]
    beside = [*sentence.children(head, "appos"), *([sentence.head(head)] if head.dep == "appos" else [])]
    yield from (t for t in beside if _is_office(t) and t.i != getattr(before, "i", -1))


def _is_office(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN") and (base(token) in words("titles") or base(token) in words("ranks"))


def _affiliation(
    reading: Reading, sentence: Sentence, name: Name, office: Token, body: Token | None = None
) -> Affiliation:
    person = sentence.words(sentence.tokens[_after_office(sentence, name) : name.last + 1])
    role = sentence.words(_office_words(reading, sentence, office, name))
    said = _HEADS[office.lemma] if office.pos == "VERB" else " ".join(sentence.quote(role).split())
    found = _organisation(reading, sentence, office, body)
    if found is None:
        return Affiliation(name.name, person, said, role)
    shown, span, id_, parent = found
    return Affiliation(name.name, person, said, role, shown, span, id_, parent)


def _after_office(sentence: Sentence, name: Name) -> int:
    """The index at which the person's own name begins ("Commander Omar Said" is Omar Said)."""
    offices = [i for i in range(name.first, name.last) if _is_office(sentence.tokens[i])]
    return offices[-1] + 1 if offices else name.first


def _office_words(reading: Reading, sentence: Sentence, office: Token, name: Name) -> list[Token]:
    """The words of an office up to its noun ("Interior Minister"), without a country, an actor or the person's own
    name."""
    kept = [office]
    i = office.i - 1
    while (
        i >= 0 and sentence.tokens[i].head in (office.i, office.head) and sentence.tokens[i].dep in ("compound", "amod")
    ):
        token = sentence.tokens[i]
        if country_of(token.text) or reading.cast.actor_at(sentence, token) or i in range(name.first, name.last + 1):
            break
        kept.insert(0, token)
        i -= 1
    return kept


def _organisation(
    reading: Reading, sentence: Sentence, office: Token, body: Token | None
) -> tuple[str, Span, str | None, str | None] | None:
    """The organisation of an office: its name, span, id and parent's id; None where the text names none."""
    whole = sentence.tokens[max(0, office.i - _LONGEST_OFFICE) : office.i + 1]
    state = None if body is not None else body_of(sentence, office, whole, country_of)
    if state is not None:
        return state.name, sentence.words(_from_country(whole)), state.id, None
    for token in [body] if body is not None else _bodies_of(sentence, office):
        mention = next((m for t in sentence.subtree(token) if (m := reading.cast.actor_at(sentence, t))), None)
        if mention is not None:
            return mention.actor.name, mention.span(sentence), mention.actor.id, mention.actor.parent
        core = sentence.core(token)
        state = body_of(sentence, token, core, country_of)
        if state is not None:
            return state.name, sentence.words(core), state.id, None
        own = [t for t in core if t.tag not in ("DT", "PRP$", "POS")]
        before = token.i < office.i and (is_word(token.lower) or country_of(token.text) is not None)
        if any(t.text[:1].isupper() for t in own) and not before:
            span = sentence.words(own)
            return " ".join(sentence.quote(span).split()), span, None, None
    return None


def _from_country(tokens: list[Token]) -> list[Token]:
    """The words from the first country on ("Turkish Interior Minister" of "that Turkish Interior Minister")."""
    return tokens[next((k for k, t in enumerate(tokens) if t.text[:1].isupper() and country_of(t.text)), 0) :]


def _bodies_of(sentence: Sentence, office: Token) -> list[Token]:
    """The heads of the phrases that name the office's organisation: after "of" ("of the regiment"), as an owner ("the
    group's leader"), or before the office."""
    after = sentence.led_to(office, *_OF)
    before = [t for t in sentence.children(office, "poss", "compound", "amod", "nmod") if t.text[:1].isupper()]
    return [*after, *before]
