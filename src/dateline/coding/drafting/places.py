"""Choose the places of a happening among those of its sentence, the finest one first."""

from __future__ import annotations

from dateline.coding.drafting.hanging import own_words
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.says import cue
from dateline.what import Mention
from dateline.where import Located, finest

#: Precisions of a place that is a point on the map.
POINTS = frozenset(("site", "neighbourhood", "city", "district"))
#: _OWN: the most steps in the parse tree from a mention to a place of its own. _BESIDE: a further place may stand so
#: many steps farther than the nearest one.
_OWN, _BESIDE = 5, 2
#: Steps that count for a place that names the happening or its site (_NAMED), and for one that was itself struck
#: (_STRUCK: "Tarmi was shelled").
_NAMED, _STRUCK = 4, 9
_AT = english("dateline.coding", "at")
MOTION = english("dateline.coding", "motion")


def place(reading: Reading, mention: Mention) -> tuple[list[Located], bool]:
    """The places that the sentence gives to a mention, and whether they are its own; an empty list where it gives
    none."""
    scored = _scored(reading, mention, reading.places_in(mention.sentence))
    if not scored:
        return [], False
    scored = [(score, p) for score, p in scored if not is_where_somebody_spoke(p)] or scored
    best = min(score for score, _ in scored)
    chosen = [located for score, located in scored if score <= best + _BESIDE]
    # Where no other place is named, the place that a distance is measured from is taken.
    measured = all(map(is_measured_from, chosen))
    return finest(chosen), best <= (2 * _OWN if measured else _OWN)


def streets(reading: Reading, mention: Mention) -> list[Located]:
    """The streets that the sentence puts a mention in."""
    scored = _scored(reading, mention, reading.streets_in(mention.sentence))
    best = min((score for score, _ in scored), default=0)
    return [p for score, p in scored if score <= min(best + _BESIDE, _OWN)]


def is_where(reading: Reading, token: Token) -> bool:
    """Is the token a town or province, or the country after it, and so not an actor ("Police in Ipswich, Suffolk
    arrested two", "a bomb in Colombo, Sri Lanka killed four")?"""
    span = token.span
    named = [p for p in reading.places_along.near(span) if p.span.overlaps(span) and p.toponym.use != "demonym"]
    if any(p.precision != "country" for p in named):
        return True
    tokens = named[0].toponym.sentence.tokens if named else []
    first = named[0].toponym.first if named else 0
    before = tokens[first - 2] if first >= 2 and tokens[first - 1].text == "," else None
    return before is not None and any(p.span.overlaps(before.span) for p in reading.places_along.near(before.span))


def _scored(reading: Reading, mention: Mention, named: list[Located]) -> list[tuple[int, Located]]:
    """The places that may be the mention's, each with its steps. A note says which rule accepts or refuses each
    place."""
    found = []
    for located in named:
        root = mention.sentence.root_of(located.span)
        if root is None:
            continue
        rule, steps = _score(reading, mention, located, root)
        where = (
            f"where the {mention.frame.type} was" if steps is not None else f"not where the {mention.frame.type} was"
        )
        note(rule, located.span, where)
        if steps is not None:
            found.append((steps, located))
    return found


#: Prepositions before the place of another happening.
_COMPARING = english("dateline.coding", "comparing")


def _score(reading: Reading, mention: Mention, located: Located, root: Token) -> tuple[str, int | None]:
    """The name of the rule that accepts or refuses a place, and the steps between it and the mention; None: refused."""
    named = _as_named(reading, mention, located, root)
    if named is not None:
        return named, _NAMED
    if located.toponym.use != "name":
        return "coding.own-places.whose", None
    sentence, preposition = mention.sentence, _preposition(mention.sentence, root)
    if preposition in _COMPARING:
        return "coding.own-places.compared", None
    if preposition == "of" and not _is_part(sentence, root, _OF_STREETS if located.is_street else _PARTS):
        return "coding.own-places.of-something", None
    if root.dep in ("nsubj", "poss", "nsubjpass", "agent") and preposition is None:
        undergoes = root.i in {o.i for o in mention.objects}
        return ("coding.own-places.struck", _STRUCK) if undergoes else ("coding.own-places.party", None)
    steps = _steps(reading, mention, root)
    if steps is None:
        return "coding.own-places.of-another", None
    if mention.frame.type == "extradition" and asks_or_receives(located):
        return "coding.own-places.asks-or-receives", None
    if is_measured_from(located):
        return "coding.own-places.measured-from", steps + _OWN
    steps += 3 if preposition in MOTION else 0
    return "coding.own-places.hangs-on", steps + (2 if preposition is None else 0)


def asks_or_receives(located: Located) -> bool:
    """Is the place the country that asks for an extradition, or the one that somebody is sent to ("Sweden's request for
    his extradition", "extradited him to Spain")? An extradition happens in the country that sends."""
    return asks(located) or receives(located)


def asks(located: Located) -> bool:
    """Is the place only the one that made a request ("arrested at Rabat's request")?"""
    sentence = located.toponym.sentence
    root = sentence.root_of(located.span)
    whose = root is not None and root.dep in ("poss", "amod", "compound", "nmod")
    return whose and root is not None and sentence.head(root).lemma in _ASKING


def receives(located: Located) -> bool:
    """Is it the country that somebody is sent to ("extradited him to Spain")?"""
    sentence = located.toponym.sentence
    root = sentence.root_of(located.span)
    return root is not None and root.dep == "pobj" and sentence.head(root).lower == "to"


_ASKING = english("dateline.coding", "asking")


def is_measured_from(located: Located) -> bool:
    """Is the place only the one from which a distance is measured ("290 km east of Benghazi")?"""
    sentence = located.toponym.sentence
    root = sentence.root_of(located.span)
    of = sentence.head(root) if root is not None and root.dep == "pobj" else None
    if of is None or of.lower not in ("of", "from"):
        return False
    before = sentence.tokens[max(0, of.i - 8) : of.i]
    units = [t for t in before if t.lower in _UNITS and sentence.tokens[t.i - 1].pos == "NUM"]
    between = before[before.index(units[0]) :] if units else []
    return bool(units) and all(t in units or t.pos in ("NUM", "PUNCT") or t.lower in _TOWARDS for t in between)


def is_where_somebody_spoke(place: Located) -> bool:
    """Is it where somebody said something ("a spokesman said in Goma")?"""
    sentence = place.toponym.sentence
    root = sentence.root_of(place.span)
    if root is None or root.dep != "pobj":
        return False
    spoke = sentence.head(sentence.head(root))
    return spoke.lemma in cue("speech") and sentence.head(root).i == spoke.i + 1


#: Words between a distance and "of" or "from": the direction.
_TOWARDS = english("dateline.coding", "towards")
_UNITS = english("dateline.coding", "distances")


def _steps(reading: Reading, mention: Mention, root: Token) -> int | None:
    """Steps in the tree from a place up to the mention; None where another happening stands between."""
    sentence, own = mention.sentence, own_words(reading, mention)
    others = {
        m.token.i
        for m in reading.mentions
        if m.sentence is sentence and m is not mention and not _same(mention, m) and not _is_setting(sentence, m)
    }
    token, steps = root, 0
    while token.i not in own:
        if token.i in others and steps:
            return None
        if token.head == token.i:
            return steps + 3
        token = sentence.head(token)
        steps += 1
    return steps


def _as_named(reading: Reading, mention: Mention, located: Located, root: Token) -> str | None:
    """The name of the rule for a place whose name stands before another noun: the happening's or its site's; None: no
    rule."""
    if located.toponym.use != "demonym" and _names_its_site(reading, mention.sentence, mention, root):
        return "coding.own-places.site"
    named = located.toponym.use == "attribute" and located.precision in POINTS and _names_it(mention, root)
    return "coding.own-places.before-noun" if named else None


#: Prepositions before a happening that is only the scene of another one ("at a rally").
_DURING = english("dateline.coding", "scene_at")


def _is_setting(sentence: Sentence, mention: Mention) -> bool:
    """Is another happening only the scene ("at a rally in the capital")? Its place then belongs to what happened
    there."""
    noun = mention.token
    return mention.nominal and noun.dep == "pobj" and sentence.head(noun).lower in _DURING


def _names_it(mention: Mention, root: Token) -> bool:
    """Does a place name the happening ("the Kampala blasts")? For a town that is where it was; a country may be the
    doer."""
    own = {t.i for t in mention.hit.tokens}
    return mention.nominal and root.dep in ("compound", "nmod") and root.head in own


def _names_its_site(reading: Reading, sentence: Sentence, mention: Mention, root: Token) -> bool:
    """Does a place name the thing that was hit, or the site ("Istanbul's airport was hit", "outside a Lagos bar")?"""
    if root.dep not in ("poss", "compound", "nmod"):
        return False
    head = sentence.head(root)
    if head.lemma in _ASKING:
        return False  # "at Rabat's request"
    if head.i in {o.i for preposition, o in mention.preps if preposition in _AT}:
        # "In the Lagos riots" names the happening, not a site.
        return head.i not in {m.token.i for m in reading.mentions if m.sentence is sentence}
    objects = {o.i for o in mention.objects} | {o.i for _, o in mention.preps}
    return head.i in objects and kind_of(sentence, head) in ("facility", "organisation")


#: Nouns before "of" and a place: the noun is a part of the place or its kind ("the outskirts of").
_PARTS = english("dateline.coding", "parts")


def is_part_of_a_place(token: Token, parts: frozenset[str] = _PARTS) -> bool:
    """Is it a word for a part of a place, or for a kind of place ("outskirts", "neighbourhood", "the north")?"""
    return token.lower in parts or base(token) in parts


#: Nouns for parts of a street.
_STREETS = english("dateline.coding", "parts_of_streets")


#: These nouns and those for parts of a street. In "the 500 block of Pulaski Street" no town called Pulaski is meant.
_OF_STREETS = _PARTS | _STREETS


#: Words between a place and a town that it is near to, but not in.
_OUTSIDE = english("dateline.coding", "outside")


def _is_part(sentence: Sentence, root: Token, parts: frozenset[str]) -> bool:
    of = sentence.head(root) if root.dep == "pobj" else sentence.head(sentence.head(root))
    outer = sentence.head(of)
    return is_part_of_a_place(outer, parts) or outer.pos == "VERB" or outer.lower in _OUTSIDE


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
