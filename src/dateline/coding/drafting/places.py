"""Which of a sentence's places is the happening's, the finest one first."""

from __future__ import annotations

from dateline.coding.drafting.times import own_words
from dateline.coding.reading import Reading, root_of
from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of
from dateline.what import Mention
from dateline.where import Located, finest

_POINTS = frozenset(("site", "neighbourhood", "city", "district"))
#: Steps to the farthest place that is the mention's own, and how much farther than the nearest another may stand.
_OWN, _BESIDE = 5, 2
#: Steps to a place that names the happening or its site.
_NAMED = 4
_AT = frozenset("at inside outside near".split())
_MOTION = frozenset("from to toward towards of for since via".split())


def place(reading: Reading, mention: Mention) -> tuple[list[Located], bool]:
    """The places that the sentence gives to a mention, and whether they are its own; [] where it names none."""
    scored = _scored(reading, mention, reading.places_in(mention.sentence))
    if not scored:
        return [], False
    best = min(score for score, _ in scored)
    chosen = [located for score, located in scored if score <= best + _BESIDE]
    return finest(chosen), best <= _OWN


def streets(reading: Reading, mention: Mention) -> list[Located]:
    """The streets that the sentence puts a mention in."""
    scored = _scored(reading, mention, reading.streets_in(mention.sentence))
    best = min((score for score, _ in scored), default=0)
    return [p for score, p in scored if score <= min(best + _BESIDE, _OWN)]


def _scored(reading: Reading, mention: Mention, named: list[Located]) -> list[tuple[int, Located]]:
    found = [(_score(reading, mention.sentence, mention, p), p) for p in named]
    return [(score, p) for score, p in found if score is not None]


def _score(reading: Reading, sentence: Sentence, mention: Mention, located: Located) -> int | None:
    """Steps in the tree between a place and the mention; None where the place is none of its."""
    root = root_of(sentence, located.span)
    if root is None:
        return None
    named = _as_named(reading, mention, located, root)
    if named is not None or located.toponym.use != "name":
        return named
    preposition = _preposition(sentence, root)
    if preposition in ("since", "until", "after", "before", "than"):
        return None
    if preposition == "of" and not _is_part(sentence, root, _OF_STREETS if located.is_street else _PARTS):
        return None
    if root.dep in ("nsubj", "poss", "nsubjpass", "agent") and preposition is None:
        return 9 if root.i in {o.i for o in mention.objects} else None
    own = own_words(reading, mention)
    others = {
        m.token.i
        for m in reading.mentions
        if m.sentence is sentence and m is not mention and not _same(mention, m) and not _is_setting(sentence, m)
    }
    token, steps = root, 0
    while True:
        if token.i in own:
            break
        if token.i in others and steps:
            return None
        if token.head == token.i:
            steps += 3
            break
        token = sentence.head(token)
        steps += 1
    if preposition in _MOTION and preposition != "of":
        steps += 3
    return steps + (2 if preposition is None else 0)


def _as_named(reading: Reading, mention: Mention, located: Located, root: Token) -> int | None:
    """The steps to a place whose name stands before another word: the happening's, its site; None: neither."""
    if located.toponym.use != "demonym" and _names_its_site(reading, mention.sentence, mention, root):
        return _NAMED
    named = located.toponym.use == "attribute" and located.precision in _POINTS and _names_it(mention, root)
    return _NAMED if named else None


def _is_setting(sentence: Sentence, mention: Mention) -> bool:
    """ "At a rally in the capital": what the preposition makes the place of something else leads on to its own."""
    noun = mention.token
    return mention.nominal and noun.dep == "pobj" and sentence.head(noun).lower in ("at", "during", "outside", "near")


def _names_it(mention: Mention, root: Token) -> bool:
    """ "The Kampala blasts": a town before the word for what happened is where it did; a country may be who did it."""
    own = {t.i for t in mention.hit.tokens}
    return mention.nominal and root.dep in ("compound", "nmod") and root.head in own


def _names_its_site(reading: Reading, sentence: Sentence, mention: Mention, root: Token) -> bool:
    """ "Istanbul's airport was hit", "outside a Lagos bar": the owner of what was hit or of the site says where."""
    if root.dep not in ("poss", "compound", "nmod"):
        return False
    head = sentence.head(root)
    if head.i in {o.i for preposition, o in mention.preps if preposition in _AT}:
        # "In the Lagos riots" names what happened, and not where.
        return head.i not in {m.token.i for m in reading.mentions if m.sentence is sentence}
    objects = {o.i for o in mention.objects} | {o.i for _, o in mention.preps}
    return head.i in objects and kind_of(sentence, head) in ("facility", "organisation")


#: Nouns whose "of" leads to the place that they are in or a part of.
_PARTS = frozenset(
    "city town village province district department state region area part outskirts center centre north south "
    "east west suburb neighborhood neighbourhood capital municipality governorate streets street heart "
    "downtown zone port countryside edge side coast border highlands jungle mountains corner north-east hills "
    "mile kilometer km miles kilometers community".split()
)


def is_part_of_a_place(token: Token, parts: frozenset[str] = _PARTS) -> bool:
    """ "Outskirts", "neighbourhood", "the north": a word for a part of a place, or for a kind of place."""
    return token.lower in parts or base(token) in parts


#: ... and those of a street: "the 500 block of Pulaski Street", where a town of the name is not meant.
_OF_STREETS = _PARTS | frozenset("block intersection junction stretch vicinity".split())


def _is_part(sentence: Sentence, root: Token, parts: frozenset[str]) -> bool:
    of = sentence.head(root) if root.dep == "pobj" else sentence.head(sentence.head(root))
    outer = sentence.head(of)
    return (
        is_part_of_a_place(outer, parts)
        or outer.pos == "VERB"
        or outer.lower in ("outside", "northwest", "southwest", "northeast", "southeast")
    )


def _same(a: Mention, b: Mention) -> bool:
    return a.cause is b or b.cause is a or (a.cause is not None and a.cause is b.cause)


def _preposition(sentence: Sentence, token: Token) -> str | None:
    for _ in range(4):
        if token.dep == "pobj":
            return sentence.head(token).lower
        if token.head == token.i or token.dep not in ("compound", "nmod", "appos", "conj", "amod"):
            return None
        token = sentence.head(token)
    return None
