"""Resolves a place name to an entry of the gazetteer, by its words, its neighbours and the rest of the report.

Each entry of the name gets a score, a sum of points for and against it (knowledge/weights.yaml). The best entry wins;
if its score is too low, the name is not a place. There are two rounds: the first finds the countries of which the
report speaks, the second uses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.language.dictionary import is_common, is_word
from dateline.language.names import is_namelike, runs
from dateline.model.vocabulary import PlacePrecision
from dateline.where.context import Context, context_of
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, lookup
from dateline.where.limits import LIMITS
from dateline.where.located import Located, province_of
from dateline.where.lying import is_near, lies_elsewhere, lies_within
from dateline.where.neighbours import with_neighbours
from dateline.where.points import points
from dateline.where.scoring import best_entry, ranked_entries
from dateline.where.toponym import Toponym

#: A word for one of these kinds beside a name makes it a place ("the village of X").
_SETTLED = ("city", "admin1", "district", "neighbourhood")


def resolve(toponyms: Sequence[Toponym], beside: Sequence[Toponym] = ()) -> list[Located]:
    """The places among the candidates of one report, in the order given.

    Candidates of its title and of its publisher's name (`beside`) help to resolve the others, but are not returned.
    """
    own = {id(t) for t in toponyms}
    return [p for p in _resolved([*toponyms, *beside]) if id(p.toponym) in own]


def _resolved(toponyms: Sequence[Toponym]) -> list[Located]:
    nowhere = Context()
    people = _people(toponyms)
    toponyms = [t for t in toponyms if not _is_of_people(t, people)]
    first = [best_entry(ranked_entries(t, nowhere), t) for t in toponyms]
    context = context_of(toponyms, first)
    same: dict[str, Located] = {}
    found = []
    for toponym in _strongest_first(toponyms):
        located = _as_before(toponym, same) or _resolved_one(toponym, context)
        if located is not None:
            same.setdefault(fold(toponym.text), located)
            found.append(located)
    return with_neighbours(sorted(found, key=lambda located: located.span), context.shares)


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
    small = all(e.population < LIMITS.large and e.kind not in ("country", "region") for e in toponym.entries)
    return toponym.use != "demonym" and small and fold(toponym.text) in people


def _as_before(toponym: Toponym, same: Mapping[str, Located]) -> Located | None:
    """A later bare mention, resolved to the same place as an explicit one in the report ("Bab, Syria ... Bab"); else
    None."""
    known = same.get(fold(toponym.text))
    if known is None or not toponym.entries or toponym.inside or toponym.feature:
        return None
    if known.entry is None:
        return Located(toponym, None, known.precision, known.score, known.country, admin1=known.admin1)
    score = known.score - LIMITS.said_again
    if score < points().least:
        return None
    return Located(toponym, known.entry, _precision(toponym, known.entry), score, beaten=known.beaten)


def _resolved_one(toponym: Toponym, context: Context) -> Located | None:
    """The place that a name stands for in its report; None where it is not a place."""
    if not toponym.entries:
        return Located(toponym, None, _said_kind(toponym), points().least, _said_country(toponym))
    ranked = ranked_entries(toponym, context)
    entry, score = best_entry(ranked, toponym)
    if entry is None:
        return None
    if toponym.inside and not toponym.listed and lies_elsewhere(entry, toponym.inside):
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


def _is_backed(entry: Entry, toponym: Toponym, context: Context) -> bool:
    """For a small place with an English word as its name: does the report name its country or a place that it lies in?

    Where a report names no country at all, a preposition of place before the name is enough.
    """
    if toponym.inside and lies_within(entry, toponym.inside):
        return True
    own = {fold(toponym.text)}
    if not any(names - own for names in context.named.values()):
        return toponym.located and not is_common(toponym.text.lower())
    return bool(context.named.get(entry.country or "", frozenset()) - own)


def _is_foreign(entry: Entry, toponym: Toponym, context: Context) -> bool:
    """Is it a small place in a country to which nothing else in the report points, while the report is about
    another?"""
    least = LIMITS.foreign_province if entry.kind == "admin1" else LIMITS.foreign
    if entry.kind in ("country", "region") or entry.population >= least or entry.country is None:
        return False
    if toponym.inside and lies_within(entry, toponym.inside):
        return False
    own = fold(toponym.text)
    if context.told.get(entry.country, frozenset()) - {own}:
        return False
    # Only names of countries and of places in them count: what is done by people of a country may be done abroad.
    named = [code for code, names in context.named.items() if names - {own} and code != entry.country]
    if toponym.feature == "neighbourhood":
        return bool(named)  # a quarter of a town that is named
    if is_near(entry, [(lat, lon) for name, lat, lon in context.anchors if name != own]):
        return False  # right across a border
    return any(context.shares.get(code, 0.0) >= LIMITS.about for code in named)


def _settled_kind(toponym: Toponym) -> PlacePrecision:
    return toponym.feature if toponym.feature in _SETTLED else "city"  # type: ignore[return-value]


def _beaten(ranked: Sequence[tuple[float, Entry]], chosen: Entry) -> tuple[Entry, ...]:
    """The next best places of the name, the best first; at most one in each province."""
    named = {(chosen.country, province_of(chosen)): chosen}
    for _, entry in ranked:
        named.setdefault((entry.country, province_of(entry)), entry)
    return tuple(named.values())[1 : 1 + LIMITS.beaten]


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
