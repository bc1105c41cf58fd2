"""Entities: the names and expressions recognised in the sentences that were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.coding.reading import Reading
from dateline.language import Sentence, Token, numbers
from dateline.language.dictionary import is_common, is_word, lemma
from dateline.language.names import ends_title, is_namelike, is_opener
from dateline.language.roles import base, kind_of_word, words
from dateline.model import Account, Entity, Span
from dateline.model.knowledge import english
from dateline.model.vocabulary import EntityKind
from dateline.what import wordlist
from dateline.where import country_of, known_place
from dateline.who import body_of

#: Kinds of nouns that make a phrase with a name an organisation ("Iraqi security forces", "the Assad regime").
_BODIES = ("state", "armed_group")
_ACRONYM = range(2, 10)
#: Acronyms up to this length are not taken for places; large places are found before.
_SHORT = 4
#: Prepositions that mark their object as an actor, not as a place.
_DEALING = english("dateline.coding", "dealing")
#: Dependency labels that a person often has in a sentence, and a product or a ship seldom.
_DOING = ("nsubj", "poss", "agent")
_DEFINITE = english("dateline.coding", "definite")
#: Dependency labels of a number that counts something.
_COUNTING = ("nummod", "nsubj", "dobj", "pobj", "attr", "compound", "npadvmod", "appos")


def entities(reading: Reading, accounts: Sequence[Account] = ()) -> tuple[Entity, ...]:
    """All entities of the sentences that were read, in the order of the text. Sites that `accounts` name as struck are
    added as places."""
    found = [*_times(reading), *_places(reading)]
    for sentence in reading.sentences:
        names = list(_names(reading, sentence))
        bodies = [e.span for e in found if e.kind == "organisation" and sentence.span.covers(e.span)]
        found += names
        found += _phrases(reading, sentence, [*bodies, *(e.span for e in names)])
    found = _without_origins(reading, found)
    found += _sites(accounts, [e.span for e in found if e.kind in ("place", "organisation", "item")])
    return tuple(sorted(dict.fromkeys(found), key=lambda e: (e.span, e.kind)))


def _without_origins(reading: Reading, found: list[Entity]) -> list[Entity]:
    """Leave out countries that only say to which state a body belongs ("Turkish" of "Turkish police", "U.S." of "U.S.
    troops")."""
    countries = [p for p in reading.places if p.precision == "country"]
    origins = {p.span for p in countries if p.toponym.use in ("demonym", "attribute")}
    bodies = [e.span for e in found if e.kind in ("organisation", "person")]
    within = {span for span in origins if any(b != span and b.covers(span) for b in bodies)}
    return [e for e in found if e.kind != "place" or e.span not in within]


def _sites(accounts: Sequence[Account], taken: list[Span]) -> Iterator[Entity]:
    """The buildings and sites that were struck, as places without a name ("the hospital", "a supply route"); not those
    that move."""
    for actor in (a for account in accounts for a in account.actors if a.role == "target" and a.kind == "facility"):
        moves = any(lemma(word, "noun") in words("movables") for word in actor.text.lower().split())
        if not moves and not any(span.overlaps(actor.span) for span in taken):
            yield Entity("place", actor.text, actor.span, precision="site")


def _times(reading: Reading) -> Iterator[Entity]:
    read = {s.index for s in reading.sentences}
    for time in reading.times:
        if time.sentence in read:
            yield from time.as_entities()


def _places(reading: Reading) -> Iterator[Entity]:
    for located in reading.places:
        if located.toponym.is_people:
            yield Entity("organisation", located.toponym.text, located.span)
            continue
        yield located.as_entity()
        part = located.part_as_entity()
        if part is not None:
            yield part
        if located.toponym.use == "demonym":
            yield Entity("nationality", located.toponym.text, located.span)
        elif located.precision == "country" and _acts(located.toponym.sentence, located.toponym.last):
            yield Entity("organisation", located.toponym.text, located.span)


def _acts(sentence: Sentence, i: int) -> bool:
    """Does a country act, or do others deal with it ("Turkey said", "talks with Turkey")? Then it also means the
    state."""
    token = sentence.above(sentence.tokens[i], "conj", "appos")
    if token.dep == "pobj":
        return sentence.head(token).lower in _DEALING
    return token.dep in ("nsubj", "agent", "nsubjpass", "poss", "dobj", "dative", "compound", "nmod")


def _names(reading: Reading, sentence: Sentence) -> Iterator[Entity]:
    for mention in reading.cast.actors.get(sentence.index, ()):
        yield Entity("organisation", mention.actor.name, mention.span(sentence), id=mention.actor.id)
    for name in reading.cast.names.get(sentence.index, ()):
        kind: EntityKind = "person" if name.kind == "person" else "organisation"
        first = _with_office(sentence, name.first) if kind == "person" else name.first
        yield Entity(kind, name.name, sentence.words(sentence.tokens[first : name.last + 1]))


def _with_office(sentence: Sentence, first: int) -> int:
    """The index of the first word of the office before a person's name ("Iraqi Prime Minister")."""
    while first > 0:
        step = 2 if first > 1 and _joins_office(sentence, first) else 1
        if not is_namelike(sentence.tokens[first - step]) or _opens_only(sentence, first - step):
            break
        first -= step
    return first


def _joins_office(sentence: Sentence, first: int) -> bool:
    """Does a word join two words of an office: the full stop of "Lt. Gen. Ann Cole", the "of" of "Secretary of State
    Ann Cole"?"""
    office, joint, word = sentence.tokens[first - 2 : first + 1]
    of = joint.lower == "of" and office.lower in words("titles") and is_common(word.lower)
    return of or ends_title(sentence.tokens, first - 2)


def _opens_only(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return i == 0 and (token.pos in ("ADP", "DET", "SCONJ", "ADV", "CCONJ", "PRON", "VERB") or is_opener(token))


# ---------------------------------------------------------------- what has no name of its own


def _phrases(reading: Reading, sentence: Sentence, named: list[Span]) -> Iterator[Entity]:
    """Entities without a name of their own: offices, bodies of people, figures and weapons."""
    taken = [*named, *(t.span for t in reading.times if t.sentence == sentence.index)]
    for token in sentence.tokens:
        if token.pos not in ("NUM", "NOUN", "PROPN", "ADJ") or any(span.overlaps(token.span) for span in taken):
            continue
        entity = (
            _figure(token)
            or _weapon(sentence, token)
            or _office(sentence, token)
            or _body(sentence, token, named)
            or _institution(sentence, token)
            or _people(sentence, token)
            or _acronym(sentence, token)
            or _surname(sentence, token)
        )
        if entity is not None:
            yield entity


def _figure(token: Token) -> Entity | None:
    if token.pos != "NUM" or token.dep not in _COUNTING:
        return None
    return Entity("count", token.text, token.span) if numbers.parse(token.lower) is not None else None


def _weapon(sentence: Sentence, token: Token) -> Entity | None:
    if token.pos not in ("NOUN", "PROPN") or (token.head > token.i and token.dep == "compound"):
        return None
    pair = f"{sentence.tokens[token.i - 1].lower} {base(token)}" if token.i else ""
    if base(token) not in wordlist("arms") and pair not in wordlist("arms"):
        return None
    return Entity("item", token.text, _phrase(sentence, token))


def _office(sentence: Sentence, token: Token) -> Entity | None:
    """The holder of an office that stands alone in capitals ("the Foreign Secretary"), as a person."""
    if not is_namelike(token) or token.lower not in words("titles") or sentence.case != "mixed":
        return None
    return Entity("person", token.text, _phrase(sentence, token)) if token.tag in ("NN", "NNP") else None


def _body(sentence: Sentence, token: Token, named: list[Span]) -> Entity | None:
    """A body of people as an organisation ("Iraqi security forces", "the regime", "refugees")."""
    before_noun = token.dep == "compound"
    if token.pos not in ("NOUN", "PROPN") or not _is_body(token) or (before_noun and not is_namelike(token)):
        return None
    core = _named_with(sentence, token) if before_noun else sentence.core(token)
    span = sentence.words(core)
    if any(s.covers(span) or s.covers(token.span) for s in named):
        return None
    body = body_of(sentence, token, core, country_of)
    if body is not None:
        return Entity("organisation", body.name, span, id=body.id)
    several = token.tag in ("NNS", "NNPS") or base(token) not in words("titles")
    return Entity("organisation", sentence.quote(span), span) if several and _is_known(token, core) else None


def _named_with(sentence: Sentence, token: Token) -> list[Token]:
    """The capitalised words that end with a noun ("Syrian Government" of "a Syrian Government website")."""
    return sentence.tokens[_with_office(sentence, token.i) : token.i + 1]


def _is_body(token: Token) -> bool:
    kind = kind_of_word(base(token))
    people = kind == "civilian" and token.tag in ("NNS", "NNPS") and token.dep != "poss"
    return kind in _BODIES or base(token) in words("bodies") or people


def _is_known(token: Token, core: list[Token]) -> bool:
    """Is it a body with a name before it, one that the reader is to know ("the regime"), or people in the plural?"""
    capital = any(is_namelike(t) and (t.i > 0 or (t.pos in ("PROPN", "ADJ") and not is_word(t.lower))) for t in core)
    counted = any(t.pos == "NUM" for t in core)
    return capital or core[0].lower in _DEFINITE or (token.tag in ("NNS", "NNPS") and not counted)


def _people(sentence: Sentence, token: Token) -> Entity | None:
    """A people or a faith that is not named after a country ("Yazidi", "Sunnis")."""
    if token.lower not in words("peoples") or not is_namelike(token) or sentence.case != "mixed":
        return None
    return Entity("nationality", token.text, token.span)


def _institution(sentence: Sentence, token: Token) -> Entity | None:
    """An institution named by what it is of ("the Department of Defense")."""
    following = sentence.tokens[token.i + 1 : token.i + 4]
    named = [t for t in following if t.lower not in ("of", "the")]
    if sentence.case != "mixed" or not is_namelike(token) or token.lower not in words("organisation_words"):
        return None
    if not following or following[0].lower != "of" or not named or not is_namelike(named[0]):
        return None
    span = _phrase(sentence, token)
    return Entity("organisation", " ".join(sentence.quote(span).split()), span)


def _acronym(sentence: Sentence, token: Token) -> Entity | None:
    """Letters in capitals that are no word and no place, as an organisation ("NAVCENT")."""
    letters = token.text.replace(".", "").replace("-", "")
    capitals = sum(c.isupper() for c in letters)
    if sentence.case != "mixed" or len(letters) not in _ACRONYM or capitals < max(2, len(letters) - 1):
        return None
    longer = len(letters) > _SHORT
    if not letters.isalpha() or letters.lower() in words("no_bodies") or (longer and known_place(token.text)):
        return None
    if letters.isupper() and is_word(letters.lower()):
        return None
    return Entity("organisation", token.text, token.span)


def _surname(sentence: Sentence, token: Token) -> Entity | None:
    """A surname that stands alone and does or owns something, as a person ("Assad said", "Assad's war"). It is neither
    a common word nor a known place."""
    if sentence.case != "mixed" or token.pos != "PROPN" or token.dep not in _DOING or not token.text[1:].islower():
        return None
    beside = sentence.tokens[max(0, token.i - 1) : token.i + 2]
    alone = all(t is token or not is_namelike(t) for t in beside)
    if not alone or not is_namelike(token) or is_word(token.lower) or known_place(token.text):
        return None
    return Entity("person", token.text, token.span)


def _phrase(sentence: Sentence, token: Token) -> Span:
    return sentence.words(sentence.core(token))
