"""Resolves a place name to an entry of the gazetteer, by its words, its neighbours and the rest of the report.

Each entry of the name gets a score, a sum of points for and against it (knowledge/weights.yaml). The best entry wins;
if its score is too low, the name is not a place. There are two rounds: the first finds the countries of which the
report speaks, the second uses them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.language.dictionary import is_common, is_word
from dateline.language.names import is_namelike, runs
from dateline.model import Entity, Place, Span
from dateline.model.distance import kilometres
from dateline.model.knowledge import english, load
from dateline.model.vocabulary import PlacePrecision
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, country, lookup
from dateline.where.spotting import Toponym

#: A sure place of the report within so many kilometres speaks for an entry.
NEAR_KM = 250.0
#: A bare name hardly means a town of fewer people than `SMALL`. A place of more people than `LARGE` is never taken for
#: a stray name.
SMALL, LARGE = 15_000, 500_000
#: How many of the places that lost against the chosen one are kept, to explain the choice.
BEATEN = 3
#: A report speaks of a country that has at least this share of it (see `_countries`).
SPOKEN_OF = 0.2
#: Places of one sentence within so many kilometres speak for each other.
BESIDE_KM = 60.0
#: A city with at least `FAMOUS` people, and `SHADOW` times as many as another place of its name, is the one that is
#: meant.
FAMOUS, SHADOW = 300_000, 20
#: How many first letters the names of a city and of its province must share.
STEM = 4
#: In the first round a place with at least so many points is sure.
SURE = 4.5
#: At most so many characters between a place and the name of the place that it is said to lie in.
OUTER_GAP = 40
#: A report is about a country that has at least the share `ABOUT` of it. A town with fewer people than `FOREIGN`, or a
#: province with fewer than `FOREIGN_PROVINCE`, in another country needs a second name that points to its country.
ABOUT, FOREIGN, FOREIGN_PROVINCE = 0.3, 200_000, 2_000_000
#: A word for one of these kinds beside a name makes it a place ("the village of X").
_SETTLED = ("city", "admin1", "district", "neighbourhood")
#: A bare name of a province means the city of that name if it has at least this share of the people of the province.
SEAT = 0.15


class Weights(BaseModel):
    """Points for and against an entry; knowledge/weights.yaml explains each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    population: float
    province: float
    kinds: dict[str, float]
    rank_main: float
    rank_bare: float
    feature_fits: float
    feature_clashes: float
    inside: float
    outside: float
    province_told: float
    country_share: float
    near: float
    beside: float
    overshadowed: float
    remote: float
    located: float
    attribute: float
    initial: float
    unlocated: float
    stray: float
    least: float


@cache
def points() -> Weights:
    """The points in use. Raises BadKnowledge where the file does not have the right form."""
    return load("dateline.where", "weights.yaml", Weights)


_FITS = {
    "city": ("city", "neighbourhood"), "admin1": ("admin1", "region"), "district": ("district", "city", "admin1"),
    "neighbourhood": ("neighbourhood", "city", "district"), "site": ("site",), "region": ("region", "admin1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rest of the report says.

    `shares`: each country's share of it. `anchors`: names and points (latitude, longitude) of its sure places;
    `settled`: their countries. `told`: the names (folded) that tell of each country; `named`: the same without words
    for its people and its state. `provinces`: the provinces that the report names (country, folded name). `sentences`:
    the points of the sure places of each sentence.
    """

    shares: dict[str, float] = field(default_factory=dict)
    anchors: Sequence[tuple[str, float | None, float | None]] = ()
    settled: frozenset[str | None] = frozenset()
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    provinces: frozenset[tuple[str | None, str]] = frozenset()
    sentences: Mapping[int, Sequence[tuple[float | None, float | None]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Located:
    """A place name and the entry that it was resolved to.

    `entry` is None where only the kind of the place is known, and perhaps from the words its `country` (ISO code) and
    province (`admin1`). `beaten` are the next best of the other places of its name.
    """

    toponym: Toponym
    entry: Entry | None
    precision: PlacePrecision
    score: float
    country: str | None = None
    beaten: tuple[Entry, ...] = ()
    admin1: str | None = None

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.toponym.span

    @property
    def is_street(self) -> bool:
        """Is it a street, or another named site of which no point is known?"""
        return self.entry is None and self.precision == "site"

    def as_place(self) -> Place:
        """As the place of an account."""
        e = self.entry
        if e is None:
            name = self.toponym.text
            return Place(name, self.span, name, self.country, self.admin1, precision=self.precision)
        return Place(
            self.toponym.text,
            self.span,
            e.name,
            e.country,
            _admin1(e),
            e.lat,
            e.lon,
            self.precision,
            e.gazetteer_id,
            beaten=tuple(_shown(one) for one in self.beaten),
        )

    def as_entity(self) -> Entity:
        """As an entity: the whole place of that name, also where only a part of it is meant (see `part_as_entity`)."""
        e = self.entry
        if e is None:
            return Entity(
                "place", self.toponym.text, self.span, country=self.country, admin1=self.admin1,
                precision=self.precision,
            )  # fmt: skip
        return Entity(
            "place", e.name, self.span, id=e.gazetteer_id, lat=e.lat, lon=e.lon, country=e.country, admin1=_admin1(e),
            precision=e.kind, gazetteer_id=e.gazetteer_id,
        )  # fmt: skip

    def part_as_entity(self) -> Entity | None:
        """As an entity of its own: the part of a place that is meant, without a point ("Northern Iraq"). None where the
        whole place is meant."""
        if not self.toponym.part or self.toponym.use != "name" or self.entry is None:
            return None
        sentence = self.toponym.sentence
        span = Span(sentence.tokens[self.toponym.first - 1].start, self.span.end)
        e = self.entry
        return Entity("place", sentence.quote(span), span, country=e.country, admin1=_admin1(e), precision="region")


def in_country(located: Located) -> Located | None:
    """The country in which a place lies, at the words of the place; None where it is not known."""
    code = located.entry.country if located.entry is not None else None
    entry = country(code) if code else None
    return None if entry is None else Located(located.toponym, entry, "country", located.score)


def _shown(entry: Entry) -> str:
    """A place in words, with its province and country ("Paris, Texas, US")."""
    return ", ".join(dict.fromkeys(part for part in (entry.name, entry.admin1, entry.country) if part))


def _admin1(entry: Entry) -> str | None:
    return entry.name if entry.kind == "admin1" else entry.admin1


def resolve(toponyms: Sequence[Toponym], beside: Sequence[Toponym] = ()) -> list[Located]:
    """The places among the candidates of one report, in the order given.

    Candidates of its title and of its publisher's name (`beside`) help to resolve the others, but are not returned.
    """
    own = {id(t) for t in toponyms}
    return [p for p in _resolved([*toponyms, *beside]) if id(p.toponym) in own]


def _resolved(toponyms: Sequence[Toponym]) -> list[Located]:
    nowhere = _Context()
    people = _people(toponyms)
    toponyms = [t for t in toponyms if not _is_of_people(t, people)]
    first = [_best(_ranked(t, nowhere), t) for t in toponyms]
    context = _context(toponyms, first)
    same: dict[str, Located] = {}
    found = []
    for toponym in _strongest_first(toponyms):
        located = _as_before(toponym, same) or _resolved_one(toponym, context)
        if located is not None:
            same.setdefault(fold(toponym.text), located)
            found.append(located)
    return beside(sorted(found, key=lambda located: located.span), context.shares)


def _people(toponyms: Sequence[Toponym]) -> frozenset[str]:
    """First names and surnames: the words (folded) of names that have two or three words and hold no place."""
    found: set[str] = set()
    for sentence in {id(t.sentence): t.sentence for t in toponyms}.values():
        places = [t for t in toponyms if t.sentence is sentence]
        for run in runs(sentence):
            named = [t for t in run.tokens if is_namelike(t)]
            if not 2 <= len(named) <= 3 or len(named) < len(run.tokens) or any(is_word(t.lower) for t in named):
                continue
            if not any(run.first <= p.first and p.last <= run.last and p.first != p.last for p in places):
                found |= {fold(t.text) for t in named}
    return frozenset(found)


def _is_of_people(toponym: Toponym, people: frozenset[str]) -> bool:
    """Is it a bare word that is part of a person's name elsewhere in the report ("Wang", where "Wang Jianguo" is
    named), and not the name of a large place?"""
    if toponym.first != toponym.last or toponym.located or toponym.feature or toponym.inside:
        return False
    small = all(e.population < LARGE and e.kind not in ("country", "region") for e in toponym.entries)
    return toponym.use != "demonym" and small and fold(toponym.text) in people


def _as_before(toponym: Toponym, same: Mapping[str, Located]) -> Located | None:
    """A later bare mention, resolved to the same place as an explicit one in the report ("Bab, Syria ... Bab"); else
    None."""
    known = same.get(fold(toponym.text))
    if known is None or not toponym.entries or toponym.inside or toponym.feature:
        return None
    if known.entry is None:
        return Located(toponym, None, known.precision, known.score, known.country, admin1=known.admin1)
    score = known.score - 0.5
    if score < points().least:
        return None
    return Located(toponym, known.entry, _precision(toponym, known.entry), score, beaten=known.beaten)


def _resolved_one(toponym: Toponym, context: _Context) -> Located | None:
    """The place that a name stands for in its report; None where it is not a place."""
    if not toponym.entries:
        return Located(toponym, None, _said_kind(toponym), points().least, _said_country(toponym))
    ranked = _ranked(toponym, context)
    entry, score = _best(ranked, toponym)
    if entry is None:
        return None
    if toponym.inside and not toponym.listed and _lies_elsewhere(entry, toponym.inside):
        # The town that is meant is not in the gazetteer, so no other town of its name is taken for it.
        return Located(toponym, None, _precision(toponym, entry), score, _said_country(toponym))
    if score < points().least:
        return None
    if toponym.is_word and not _is_backed(entry, toponym, context):
        return None
    if _is_foreign(entry, toponym, context):
        # The entry lies in a country to which nothing else points: it is dropped, and the place kept if the words tell
        # one.
        said = toponym.located or toponym.feature in _SETTLED
        return Located(toponym, None, _settled_kind(toponym), score) if said else None
    return Located(toponym, entry, _precision(toponym, entry), score, beaten=_beaten(ranked, entry))


def _is_backed(entry: Entry, toponym: Toponym, context: _Context) -> bool:
    """For a small place with an English word as its name: does the report name its country or a place that it lies in?

    Where a report names no country at all, a preposition of place before the name is enough.
    """
    if toponym.inside and _lies_in(entry, toponym.inside):
        return True
    own = {fold(toponym.text)}
    if not any(names - own for names in context.named.values()):
        return toponym.located and not is_common(toponym.text.lower())
    return bool(context.named.get(entry.country or "", frozenset()) - own)


def _is_foreign(entry: Entry, toponym: Toponym, context: _Context) -> bool:
    """Is it a small place in a country to which nothing else in the report points, while the report is about
    another?"""
    least = FOREIGN_PROVINCE if entry.kind == "admin1" else FOREIGN
    if entry.kind in ("country", "region") or entry.population >= least or entry.country is None:
        return False
    if toponym.inside and _lies_in(entry, toponym.inside):
        return False
    own = fold(toponym.text)
    if context.told.get(entry.country, frozenset()) - {own}:
        return False
    if _near(entry, [(lat, lon) for name, lat, lon in context.anchors if name != own]):
        return False  # right across a border
    # Only names of countries and of places in them count: what is done by people of a country may be done abroad.
    named = [code for code, names in context.named.items() if names - {own} and code != entry.country]
    return any(context.shares.get(code, 0.0) >= ABOUT for code in named)


def _settled_kind(toponym: Toponym) -> PlacePrecision:
    return toponym.feature if toponym.feature in _SETTLED else "city"  # type: ignore[return-value]


def beside(places: Sequence[Located], shares: Mapping[str, float]) -> list[Located]:
    """The places; a place that is not in the gazetteer gets the country and province of the places beside it."""
    found = []
    for k, one in enumerate(places):
        if one.entry is not None or one.admin1 is not None:
            found.append(one)
            continue
        outer = _told_inside(places, k)
        country_ = one.country or (outer.entry.country if outer and outer.entry else None)
        country_ = country_ or _country_beside(places, k, shares)
        found.append(replace(one, country=country_, admin1=_province_beside(places, k, country_, outer)))
    return found


def _told_inside(places: Sequence[Located], k: int) -> Located | None:
    """The place named right after place `k` in which that is said to lie; None where there is none."""
    toponym = places[k].toponym
    for other in places[k + 1 : k + 3]:
        gap = other.span.start - toponym.span.end
        named = toponym.inside is not None and (
            other.toponym.text in toponym.inside or toponym.inside in other.toponym.text
        )
        if named and gap <= OUTER_GAP and other.entry is not None and other.toponym.sentence is toponym.sentence:
            return other
    return None


def _country_beside(places: Sequence[Located], k: int, shares: Mapping[str, float]) -> str | None:
    """The country of the nearest place in the sentence; else the last country before it of which the report speaks;
    else the country that the report is about."""
    here = places[k]
    named = [(p, p.entry.country) for p in places if p.entry is not None and p.toponym.use == "name"]
    known = [(p, code) for p, code in named if code]
    own = [
        (abs(p.span.start - here.span.start), code) for p, code in known if p.toponym.sentence is here.toponym.sentence
    ]
    if own:
        return min(own)[1]
    before = [c for p, c in known if p.span.start < here.span.start and shares.get(c, 0.0) >= SPOKEN_OF]
    if before:
        return before[-1]
    return max((c for c in shares if shares[c] >= ABOUT), key=lambda c: shares[c], default=None)


def _province_beside(places: Sequence[Located], k: int, country_: str | None, outer: Located | None) -> str | None:
    """The province of the place that it is said to lie in (`outer`); else the province that its sentence names, if all
    places of the sentence lie in that. None where neither is known.

    A town beside it is not enough, as it may only be where officials spoke (the capital).
    """
    within = outer.entry if outer is not None else None
    if within is not None and within.country == country_ and _admin1(within):
        return _admin1(within)
    here = places[k].toponym.sentence
    near = [p.entry for p in places if p.entry is not None and p.toponym.sentence is here and p.toponym.use == "name"]
    known = [e for e in near if e.country == country_ and _admin1(e)]
    provinces = {_admin1(e) for e in known}
    return provinces.pop() if len(provinces) == 1 and any(e.kind in ("admin1", "district") for e in known) else None


def _beaten(ranked: Sequence[tuple[float, Entry]], chosen: Entry) -> tuple[Entry, ...]:
    """The next best places of the name, the best first; at most one in each province."""
    named = {(chosen.country, _admin1(chosen)): chosen}
    for _, entry in ranked:
        named.setdefault((entry.country, _admin1(entry)), entry)
    return tuple(named.values())[1 : 1 + BEATEN]


def _said_kind(toponym: Toponym) -> PlacePrecision:
    """The kind of a place that is not in the gazetteer, from the words around its name."""
    return toponym.feature  # type: ignore[return-value]


def _said_country(toponym: Toponym) -> str | None:
    """The country that such a place is said to lie in; None where no country is named or the name is not of one
    alone."""
    outer = [e for e in lookup(toponym.inside) if e.kind in ("country", "admin1")] if toponym.inside else []
    countries = {e.country for e in outer[:1] if outer[0].kind == "country"} or {e.country for e in outer}
    return countries.pop() if len(countries) == 1 else None


def _strongest_first(toponyms: Iterable[Toponym]) -> list[Toponym]:
    return sorted(toponyms, key=lambda t: (t.inside is None, t.feature is None, t.span))


def _precision(toponym: Toponym, entry: Entry) -> PlacePrecision:
    """The precision of a name: the kind of its entry, but "region" for a part of a country ("northern Syria")."""
    if toponym.part and entry.kind in ("country", "region"):
        return "region"
    return entry.kind  # type: ignore[return-value]


def _provinces(
    toponyms: Sequence[Toponym], found: Sequence[tuple[Entry | None, float]]
) -> frozenset[tuple[str | None, str]]:
    """The provinces that the report names, alone or after a town ("Paris, Mo.")."""
    named = [e for e, _ in found if e is not None and e.kind == "admin1"]
    outer = [lookup(t.inside)[:1] for t in toponyms if t.inside]
    named += [e for entries in outer for e in entries if e.kind == "admin1"]
    return frozenset((e.country, fold(e.name)) for e in named)


def _ranked(toponym: Toponym, context: _Context) -> list[tuple[float, Entry]]:
    """The entries of a name with their points, the best first; of equal ones the one with more people first."""
    scored = [(_score(entry, toponym, context), entry) for entry in (*toponym.entries, *_of_seats(toponym))]
    return sorted(scored, key=lambda row: -row[0])


def _of_seats(toponym: Toponym) -> list[Entry]:
    """The provinces of cities of this name, if their own names begin alike ("Kursk Oblast": Kurskaya oblast'). Only
    where a word says that a province is meant and no province has the name itself."""
    if toponym.feature != "admin1" or any(e.kind == "admin1" for e in toponym.entries):
        return []
    stem = fold(toponym.text)[:STEM]
    cities = [e for e in toponym.entries if e.kind == "city" and e.admin1 and fold(e.admin1).startswith(stem)]
    found = {p.id: p for c in cities for p in lookup(c.admin1 or "") if p.kind == "admin1" and p.country == c.country}
    return [p._replace(rank=2) for p in found.values()]


def _best(ranked: Sequence[tuple[float, Entry]], toponym: Toponym) -> tuple[Entry | None, float]:
    score, entry = ranked[0] if ranked else (-math.inf, None)
    return _seat(entry, toponym) or entry, score


def _seat(entry: Entry | None, toponym: Toponym) -> Entry | None:
    """The city with the same name as a province, where no word says that the province is meant ("in Kabul"); else
    None."""
    if entry is None or entry.kind not in ("admin1", "district") or toponym.feature is not None or toponym.part:
        return None
    cities = [e for e in toponym.entries if e.kind == "city" and e.country == entry.country and e.rank > 0]
    near = [c for c in cities if c.population >= SEAT * entry.population and _km(c, entry.lat, entry.lon) <= NEAR_KM]
    return max(near, key=lambda c: c.population, default=None)


def _score(entry: Entry, toponym: Toponym, context: _Context) -> float:
    w, shares, own = points(), context.shares, fold(toponym.text)
    # Other mentions of the same name do not count: they cannot tell which of its places is meant.
    anchors = [(lat, lon) for name, lat, lon in context.anchors if name != own]
    size = math.log10(entry.population + 10) * (w.province if entry.kind in ("admin1", "district") else 1.0)
    score = w.population * size + w.kinds.get(entry.kind, 0.0)
    score += w.rank_main * (entry.rank == 2) + w.rank_bare * (entry.rank == 0)
    if toponym.feature:
        fits = entry.kind in _FITS.get(toponym.feature, ())
        score += w.feature_fits if fits else w.feature_clashes if entry.kind != "country" else 0.0
    if toponym.inside:
        inside = _lies_in(entry, toponym.inside)
        score += w.inside if inside else w.outside * (not toponym.listed and _lies_elsewhere(entry, toponym.inside))
    if entry.country:
        score += w.country_share * shares.get(entry.country, 0.0)
    if entry.admin1 and entry.kind != "admin1" and (entry.country, fold(entry.admin1)) in context.provinces:
        score += w.province_told
    score += w.located * toponym.located + w.attribute * (toponym.use == "attribute")
    if _is_overshadowed(entry, toponym):
        score += w.overshadowed
    if entry.kind != "country" and _near(entry, context.sentences.get(toponym.sentence.index, ()), BESIDE_KM):
        score += w.beside
    if anchors and entry.kind != "country" and _near(entry, anchors):
        score += w.near
    elif _is_remote(entry, context):
        score += w.remote
    if entry.population < SMALL and not (toponym.located or toponym.feature or toponym.inside):
        score += w.unlocated
    if _is_stray(entry, toponym, shares):
        score += w.stray
    if toponym.first == 0 and toponym.first == toponym.last:
        score += w.initial
    return score


#: Nouns before a country that is only the neighbour ("near the border with").
_BORDER = english("dateline.where", "border")


def _is_neighbour(toponym: Toponym) -> bool:
    """Is it only a neighbouring country ("near the border with Egypt"), so that nothing happened there?"""
    words_ = [t.lower for t in toponym.sentence.tokens[max(0, toponym.first - 3) : toponym.first]]
    return any(w in _BORDER for w in words_) and toponym.feature is None


def _is_overshadowed(entry: Entry, toponym: Toponym) -> bool:
    """Is there a city of the same name so much larger that a report would name the small one with its province?"""
    if entry.kind == "country" or (toponym.inside and _lies_in(entry, toponym.inside)):
        return False
    least = max(FAMOUS, SHADOW * entry.population)
    return any(e.population >= least and e.rank == 2 and e.kind == "city" for e in toponym.entries)


def _is_remote(entry: Entry, context: _Context) -> bool:
    """Is it a town far from all sure places of the report? False where the report speaks of its country and has no sure
    place there."""
    if not context.anchors or entry.population >= LARGE or entry.kind in ("country", "region", "admin1"):
        return False
    open_ = context.shares.get(entry.country or "", 0.0) >= SPOKEN_OF and entry.country not in context.settled
    return all((lat, lon) != (entry.lat, entry.lon) for _, lat, lon in context.anchors) and not open_


def _is_stray(entry: Entry, toponym: Toponym, shares: dict[str, float]) -> bool:
    """Is it a bare name of a town in a country that the report does not speak of? It is then more likely a surname."""
    bare = not (toponym.located or toponym.feature or toponym.inside)
    foreign = bool(shares) and not shares.get(entry.country or "")
    return bare and foreign and entry.kind not in ("country", "region") and entry.population < LARGE


def _lies_in(entry: Entry, name: str) -> bool:
    """Does an entry lie in the country, province or region that a name names, in any spelling?"""
    if entry.kind == "country":
        return False
    if entry.admin1 and fold(entry.admin1) == fold(name) and entry.kind != "admin1":
        return True
    return any(outer.id != entry.id and _holds(outer, entry) for outer in lookup(name))


def _holds(outer: Entry, entry: Entry) -> bool:
    if outer.country != entry.country or outer.kind not in ("country", "admin1", "region"):
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1" and entry.admin1 is not None and entry.kind != "admin1":
        known = lookup(entry.admin1)
        return fold(entry.admin1) == fold(outer.name) or any(e.id == outer.id for e in known)
    return _near(entry, [(outer.lat, outer.lon)])


def _lies_elsewhere(entry: Entry, name: str) -> bool:
    """Does the name after it stand for one country or province only, in which the entry does not lie ("Holliday,
    Mo.")?"""
    known = lookup(name)
    outer = [e for e in known if e.kind in ("country", "admin1")]
    # If the second name is a large city, the two are a list ("Cairo, Giza and Luxor").
    peers = any(e.kind == "city" and e.rank == 2 and e.population >= LARGE for e in known)
    large = outer[:1] == list(known[:1]) and len({e.country for e in outer}) == 1 and not peers
    return large and entry.kind in ("city", "district") and not _lies_in(entry, name)


def _near(entry: Entry, anchors: Iterable[tuple[float | None, float | None]], within: float = NEAR_KM) -> bool:
    """Does the entry lie within so many kilometres of one of the points, without being that point?"""
    if entry.lat is None or entry.lon is None:
        return False
    for lat, lon in anchors:
        if lat is None or lon is None or (lat == entry.lat and lon == entry.lon):
            continue
        if _km(entry, lat, lon) <= within:
            return True
    return False


def _km(entry: Entry, lat: float | None, lon: float | None) -> float:
    """Kilometres between an entry and a point, on a plane; infinite where one of the two is not known."""
    if entry.lat is None or entry.lon is None or lat is None or lon is None:
        return math.inf
    return kilometres((lat, lon), (entry.lat, entry.lon), wide_at=entry.lat)


def _has_rivals(toponym: Toponym, entry: Entry) -> bool:
    """Is there a place of the name in another country, with 20,000 people and 5 per cent of those of the entry or
    more?"""
    least = max(20_000, 0.05 * entry.population)
    return any(e.country != entry.country and e.population >= least and e.rank for e in toponym.entries)


def _context(toponyms: Sequence[Toponym], first: Sequence[tuple[Entry | None, float]]) -> _Context:
    pairs = list(zip(toponyms, first, strict=True))
    shares, told = _countries(pairs)
    _, named = _countries([(t, one) for t, one in pairs if t.use == "name"])
    sure = [
        (t, e) for t, (e, s) in pairs
        if e is not None and e.kind == "city" and e.lat is not None and s > SURE
    ]  # fmt: skip
    sentences: dict[int, list[tuple[float | None, float | None]]] = defaultdict(list)
    for toponym, entry in sure:
        if not _has_namesakes(toponym, entry):
            sentences[toponym.sentence.index].append((entry.lat, entry.lon))
    # Each place once, however often it is named: that does not change what it is near to, and saves time.
    anchors = list(dict.fromkeys((fold(t.text), e.lat, e.lon) for t, e in sure))
    settled = frozenset(e.country for _, e in sure)
    beside = {index: list(dict.fromkeys(points)) for index, points in sentences.items()}
    return _Context(shares, anchors, settled, told, named, _provinces(toponyms, first), beside)


def _has_namesakes(toponym: Toponym, entry: Entry) -> bool:
    """Is there another town of the name, elsewhere, of at least a tenth of its size?"""
    if toponym.inside and _lies_in(entry, toponym.inside):
        return False
    towns = [e for e in toponym.entries if e.kind == "city" and e.id != entry.id and e.rank > 0]
    return any(e.population * 10 >= entry.population and _km(e, entry.lat, entry.lon) > BESIDE_KM for e in towns)


def _countries(
    found: Iterable[tuple[Toponym, tuple[Entry | None, float]]],
) -> tuple[dict[str, float], dict[str, frozenset[str]]]:
    """Each country's share of the report, by mentions of the country, its people and sure places in it; and for each
    country the names that tell of it."""
    weights: dict[str, float] = defaultdict(float)
    names: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, int] = defaultdict(int)
    for toponym, (entry, score) in found:
        if entry is None or entry.country is None or _is_neighbour(toponym):
            continue
        if entry.kind == "country" or (toponym.inside and score >= points().least + points().inside):
            weight = 1.0
        elif score >= SURE:
            weight = 0.2 if _has_rivals(toponym, entry) else 0.7
        else:
            continue
        # Each further mention of a name counts less (weight divided by the root of the count).
        seen[entry.name] += 1
        weights[entry.country] += weight / math.sqrt(seen[entry.name])
        names[entry.country].add(fold(toponym.text))
    total = sum(weights.values()) + 1.0
    shares = {code: weight / total for code, weight in weights.items()}
    return shares, {code: frozenset(known) for code, known in names.items()}
