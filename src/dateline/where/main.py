"""The country and the city that a report is mainly about, worked out from all the places that it names."""

from __future__ import annotations

from collections import Counter

from dateline.language.roles import kind_of
from dateline.where.gazetteer import is_capital
from dateline.where.located import Located, in_country

#: The opening is the sentences up to this index; the city that a report is about is named at least so often.
_OPENING, _OFTEN = 2, 2
#: Weight of a mention of a country by its name, and by a word for its people or its state.
_NAME, _OTHER = 1.0, 0.7
#: The main country has at least this share of the weight of all mentions of countries.
_MAIN = 0.5


def main_country(places: list[Located]) -> list[Located]:
    """The country with at least half of the weight of all mentions of countries, as the report names it; else none."""
    weights: dict[str, float] = {}
    for located in places:
        if located.entry is not None and located.entry.country and not _is_of_a_thing(located):
            said = _NAME if located.toponym.use == "name" else _OTHER
            weights[located.entry.country] = weights.get(located.entry.country, 0.0) + said
    if not weights:
        return []
    code, weight = max(weights.items(), key=lambda row: (row[1], row[0]))
    if weight < _MAIN * sum(weights.values()):
        return []
    own = [p for p in places if p.entry is not None and p.entry.country == code]
    countries = [p for p in own if p.precision == "country"]
    return countries[:1] or [p for one in own[:1] if (p := in_country(one)) is not None]


def main_city(places: list[Located]) -> Located | None:
    """The city that the report is from and about: it has more than half of the weight of all mentions of cities, and a
    weight of at least two. None where there is no such city.

    A mention counts one more in the opening, and one more before a body of the state ("Lagos police").
    """
    named = [p for p in places if p.precision == "city" and p.entry is not None and p.toponym.use != "demonym"]
    weights: Counter[int] = Counter()
    for one in named:
        weights[one.entry.id] += 1 + (one.toponym.sentence.index <= _OPENING) + _is_seat(one)  # type: ignore[union-attr]
    if not weights:
        return None
    id_, most = weights.most_common(1)[0]
    own = [p for p in named if p.entry is not None and p.entry.id == id_]
    # A capital that is named only once (in a dateline, say) is just where the report was filed.
    only_filed = len(own) < _OFTEN and not _is_seat(own[0]) and own[0].entry is not None and is_capital(own[0].entry)
    return own[0] if most >= _OFTEN and not only_filed and 2 * most > weights.total() else None


def is_from(places: list[Located], city: Located) -> bool:
    """Does the dateline name the city, or the report name its police or court? Else only the happening may be there."""
    own = [p for p in places if p.entry is not None and city.entry is not None and p.entry.id == city.entry.id]
    return any(p.toponym.sentence.kind == "dateline" or _is_seat(p) for p in own)


def lies_in(city: Located, outer: Located) -> bool:
    """Does a city lie in a country?"""
    known = city.entry is not None and outer.entry is not None
    return known and outer.precision == "country" and city.entry.country == outer.entry.country  # type: ignore[union-attr]


def _is_seat(located: Located) -> bool:
    """Does the name say to which place the body of the state after it belongs ("Lagos police")?"""
    toponym = located.toponym
    tokens = toponym.sentence.tokens
    after = tokens[toponym.last + 1] if toponym.last + 1 < len(tokens) else None
    return toponym.use == "attribute" and after is not None and kind_of(toponym.sentence, after) == "state"


def _is_of_a_thing(located: Located) -> bool:
    """Does the word only describe a thing, so that it says nothing about the country ("a Mexican restaurant")?"""
    toponym = located.toponym
    word = toponym.sentence.tokens[toponym.last]
    thing = toponym.sentence.head(word)
    if toponym.use != "demonym" or word.dep not in ("amod", "compound") or thing.pos != "NOUN":
        return False
    return kind_of(toponym.sentence, thing) in (None, "facility")
