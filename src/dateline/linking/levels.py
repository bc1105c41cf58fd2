"""How much two accounts agree in each field: the name of the level, without its weight."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

from dateline.linking.facts import Fact, Spot, Telling
from dateline.linking.words import likeness, weight_of
from dateline.model.distance import kilometres

#: Prefixes of levels, by how many of the two accounts (0, 1, 2) their report is mainly of (Fact.is_central). What the
#: reports have in common says less where only one report is mainly of the event, and little where both tell of it in
#: passing.
_KINDS = ("neither, ", "aside, ", "")
#: Lower bounds of the levels of likeness (cosine, 0 to 1) of words. Each level is named by its bound.
_LIKE = (0.55, 0.4, 0.3, 0.22, 0.16, 0.11, 0.07)
_SMALL, _LARGE = 2, 10
#: A toll may rise for this many days after the first report.
_RISING_DAYS = 10
_NEAR_KM, _FAR_KM = 12.0, 60.0
_SOME = ((0, "none"), (1, "one"), (2, "two"), (4, "three or four"), (8, "five to eight"), (14, "nine to fourteen"))
#: Upper bounds of the levels of names in common, by the sum of their weights (words.py). A rare name weighs 7.5.
_SHARED = (6, 10, 16, 24, 36, 54)
_APPEARED = ((0, "same day"), (1, "next day"), (3, "three days"), (7, "week"), (31, "month"))
#: Levels of two ranges of days: if they do not overlap, by the days between them; if they do, by the length (days) of
#: the longer one.
_GAPS = ((1, "a day apart"), (3, "two or three days apart"), (7, "days clash"))
_OVERLAPS = ((0, "same day"), (7, "days overlap"), (31, "months overlap"))


def _when(a: Fact, b: Fact) -> str:
    if a.days is None or b.days is None:
        return _published(a, b)
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    if gap > 0:
        return next((name for days, name in _GAPS if gap <= days), "weeks clash")
    widest = max(a.days[1] - a.days[0], b.days[1] - b.days[0])
    level = next((name for days, name in _OVERLAPS if widest <= days), "years overlap")
    return level if a.is_central and b.is_central else f"aside, {level}"


def _published(a: Fact, b: Fact) -> str:
    """The level of `when` where one or both accounts have no day: their reports' days of publication stand in.

    What a report tells in passing may have happened long before the report, but not after it.
    """
    one, two = _around(a), _around(b)
    if one is None or two is None:
        return "undated"
    gap = max(0, max(one[0], two[0]) - min(one[1], two[1]))
    level = "same days" if gap <= 3 else "same fortnight" if gap <= 14 else "far"
    if a.days is None and b.days is None:
        return f"undated, {kind_of(a, b)}{level}"
    undated, dated = (a, b) if a.days is None else (b, a)
    published = undated.telling.published
    if published is not None and dated.days is not None and dated.days[0] > published + 1:
        return "undated, told before"
    return f"undated, {'' if undated.is_central else 'aside, '}{level}"


def _around(fact: Fact) -> tuple[int, int] | None:
    """The account's days, else the day of its report."""
    published = fact.telling.published
    return fact.days or (None if published is None else (published, published))


def _where(a: Fact, b: Fact) -> str:
    if a.fine and b.fine:
        if {p.key for p in a.fine} & {p.key for p in b.fine}:
            return "same place"
        km = min((_km(p, q) for p in a.fine for q in b.fine), default=math.inf)
        return "near" if km <= _NEAR_KM else ("same area" if km <= _FAR_KM else "other place") + _named(a, b)
    if a.countries and b.countries:
        if not a.countries & b.countries:
            return "other country"
        return "one is vague" if a.fine or b.fine else "same country"
    return "unknown"


def _named(a: Fact, b: Fact) -> str:
    """The ending of the level of two places that differ: how many accounts have a place that the other's report names.

    If both have, one of the places was often read wrongly: it belongs to another account of its report. If none has,
    they are two different towns."""
    return ("", ", one is named", ", both are named")[_names_place(a, b.telling) + _names_place(b, a.telling)]


def _names_place(fact: Fact, other: Telling) -> bool:
    return any(place.words and place.words <= other.words.keys() for place in fact.fine)


def _km(p: Spot, q: Spot) -> float:
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return math.inf
    return kilometres((p.lat, p.lon), (q.lat, q.lon))


def _type(a: Fact, b: Fact) -> str:
    return "same" if a.type == b.type else "related"


def _figure(what: str) -> Callable[[Fact, Fact], str]:
    def level(a: Fact, b: Fact) -> str:
        one, two = a.figures.get(what), b.figures.get(what)
        if not one or not two:
            return "one tells none" if one or two else "none"
        shared = one & two
        if shared:
            most = max(shared)
            return "same, large" if most >= _LARGE else "same, some" if most >= _SMALL else "same, one"
        low, high = sorted((max(one), max(two)))
        if high <= low * 1.34 and low >= _LARGE:
            return "close"
        return "rises" if _rises(a, b, max(one), max(two)) else "clash"

    return level


def _rises(a: Fact, b: Fact, one: int, two: int) -> bool:
    """Does the later report tell a larger figure, as a rising toll would: at most three times as many, or 3 more?"""
    before, after = a.telling.published, b.telling.published
    if before is None or after is None or abs(after - before) > _RISING_DAYS:
        return False
    first, last = (one, two) if before < after else (two, one) if after < before else sorted((one, two))
    return first < last <= max(3 * first, first + 3)


def _groups(a: Fact, b: Fact) -> str:
    if not a.groups or not b.groups:
        return "unknown"
    return "shared" if a.groups & b.groups else "clash"


def _words_of(what: str) -> Callable[[Fact, Fact], str]:
    """A function that gives the level of a field of words, such as the targets ("embassy", "tourists")."""

    def level(a: Fact, b: Fact) -> str:
        one, two = getattr(a, what), getattr(b, what)
        if not one or not two:
            return "unknown"
        return "shared" if one & two else "clash"

    return level


def _names(a: Fact, b: Fact) -> str:
    """The level of the persons named. A name also counts as shared if it stands in the other account's words."""
    if not a.names and not b.names:
        return "none"
    if a.names & b.names or any(n in b.words for n in a.names) or any(n in a.words for n in b.names):
        return "shared"
    elsewhere = any(n in b.telling.words for n in a.names) or any(n in a.telling.words for n in b.names)
    return "elsewhere in the report" if elsewhere else "one names none" if not (a.names and b.names) else "clash"


def _like(value: float) -> str:
    return next((f"from {bound}" for bound in _LIKE if value >= bound), "unlike")


def _of_reports(level_of: Callable[[Telling, Telling], str]) -> Callable[[Fact, Fact], str]:
    """A level of two whole reports, computed once for all pairs of their accounts."""
    kept = lru_cache(maxsize=4096)(level_of)
    return lambda a, b: kept(a.telling, b.telling)


def _told(a: Fact, b: Fact) -> str:
    return ("neither main", "one main", "both main")[a.is_central + b.is_central]


def _sentences(a: Fact, b: Fact) -> str:
    return _like(likeness(a.words, b.words))


def _own_names(a: Fact, b: Fact) -> str:
    """The level of an account that is told in passing, by the names of its sentences that the other report has, too."""
    if a.is_central and b.is_central:
        return "both main"
    found = [x.own_names & y.telling.names for x, y in ((a, b), (b, a)) if not x.is_central]
    return _shared(min(found, key=weight_of))


def _status(a: Fact, b: Fact) -> str:
    return "same" if a.status == b.status else "other"


def _shared(names: Iterable[str]) -> str:
    """The level of some names in common, by the sum of their weights."""
    total = weight_of(sorted(names))
    return "none" if not total else next((f"up to {bound}" for bound in _SHARED if total <= bound), "many")


def _some(count: int) -> str:
    return next((name for most, name in _SOME if count <= most), "many")


def _appeared(a: Telling, b: Telling) -> str:
    """How far apart the reports were published."""
    one, two = a.published, b.published
    if one is None or two is None:
        return "unknown"
    return next((name for days, name in _APPEARED if abs(one - two) <= days), "later")


#: Fields of whole reports: what the two have in common, whichever of their accounts are compared.
IN_COMMON: dict[str, Callable[[Fact, Fact], str]] = {
    "published": _of_reports(_appeared),
    "numbers": _of_reports(lambda a, b: _some(len(a.numbers & b.numbers))),
    "rare words": _of_reports(lambda a, b: _shared(a.names & b.names)),
    "title": _of_reports(lambda a, b: _like(likeness(a.title, b.title))),
    "report": _of_reports(lambda a, b: _like(likeness(a.words, b.words))),
}
#: Fields of the accounts themselves.
_OWN: dict[str, Callable[[Fact, Fact], str]] = {
    "when": _when,
    "where": _where,
    "type": _type,
    "status": _status,
    "killed": _figure("killed"),
    "wounded": _figure("wounded"),
    "arrested": _figure("arrested"),
    "kidnapped": _figure("kidnapped"),
    "groups": _groups,
    "targets": _words_of("targets"),
    "methods": _words_of("methods"),
    "names": _names,
    "told": _told,
    "own names": _own_names,
    "sentences": _sentences,
}
LEVELS = _OWN | IN_COMMON
#: All fields in the order in which they are shown; and in the order in which they are compared, the quickest first.
FIELDS = (*(f for f in _OWN if f != "sentences"), "report", "sentences", "title", "rare words", "numbers", "published")
BY_COST = (*(f for f in _OWN if f != "sentences"), *IN_COMMON, "sentences")


def kind_of(a: Fact, b: Fact) -> str:
    return _KINDS[a.is_central + b.is_central]
