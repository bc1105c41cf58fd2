"""What place a user means by a name in a question: a country by any of its names and codes, a province with all that
lies in it, a town, a region.

More names and codes are understood here than in a report. There some of them would be words ("SV", "Mali" in other
languages), but a user who asks for a place writes only names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.model.knowledge import load
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, country, doubles, lookup

#: Kind of a gazetteer entry -> the word for it that users see.
_KINDS = {
    "country": "country", "region": "region", "admin1": "province", "district": "district", "city": "town",
    "neighbourhood": "quarter", "site": "site",
}  # fmt: skip


class _Country(NamedTuple):
    codes: list[str]
    names: list[str]


@dataclass(frozen=True, slots=True)
class Sense:
    """One place that a name can mean. `write` is a name that means this place alone; `country` is an ISO code.

    A country stands for all that lies in it, and so does a `province` (spelled as in the entries of places in it).
    Other places stand for the entry with the `gazetteer_id`.
    """

    label: str
    write: str
    kind: str
    country: str | None
    gazetteer_id: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The places that a name is taken to mean (`senses`), and others that it could mean (`others`). `name` is the part
    before a comma; `within` are the countries named after it in which the place must lie (empty: any)."""

    name: str
    senses: tuple[Sense, ...] = ()
    others: tuple[Sense, ...] = ()
    within: frozenset[str] = frozenset()


@cache
def _countries() -> dict[str, frozenset[str]]:
    """Codes and folded names that the gazetteer lacks -> ISO codes of countries."""
    found: dict[str, set[str]] = {}
    for code, row in load("dateline.where", "asked.yaml", dict[str, _Country]).items():
        for name in (*row.codes, *row.names):
            found.setdefault(fold(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def country_codes(name: str) -> frozenset[str]:
    """The ISO codes of the countries that a name or code stands for; empty where it stands for no country."""
    plain = name.strip()
    if len(plain) == 2 and plain.isascii() and country(plain.upper()):
        return frozenset((plain.upper(),))
    if len(plain) == 3 and plain.isascii() and plain.isalpha() and not plain.isupper() and lookup(plain):
        return frozenset(e.country for e in lookup(plain) if e.kind == "country" and e.country)
    named = {e.country for e in lookup(plain) if e.kind == "country" and e.rank >= 1 and e.country}
    return frozenset(named | _countries().get(fold(plain), frozenset()))


@cache
def _adjectives() -> dict[str, str]:
    rows = load("dateline.where", "countries.yaml", dict[str, dict[str, list[str]]])
    return {code: row["demonyms"][0] for code, row in rows.items() if row.get("demonyms")}


def adjective(code: str) -> str | None:
    """The adjective of a country ("Turkish" of TR); None where none is known."""
    return _adjectives().get(code)


def country_aliases() -> dict[str, tuple[str, ...]]:
    """ISO code -> other codes of the country, and its names that the gazetteer lacks."""
    rows = load("dateline.where", "asked.yaml", dict[str, _Country])
    return {code: (*row.codes, *row.names) for code, row in rows.items() if country(code)}


@lru_cache(maxsize=1 << 10)
def meaning(name: str) -> Meaning:
    """What a name means: a country if there is one of that name, else all places of that name.

    With a comma, only places in the country or province after it ("Tripoli, Lebanon", "Salvador, BA", "Georgia, US").
    """
    head, comma, tail = name.rpartition(",")
    inside = _within(head.strip(), tail.strip()) if comma and head.strip() else None
    whole = _meaning(name.strip())
    if inside is not None and (inside.senses or not whole.senses):
        return inside
    return whole


def _meaning(name: str) -> Meaning:
    places = tuple(_sense(e) for e in _with_doubles(_bearers(name)))
    codes = country_codes(name)
    if not codes:
        return Meaning(name, places)
    lands = tuple(_land(code) for code in sorted(codes))
    return Meaning(name, lands, tuple(p for p in places if p.kind != "country" and p.country not in codes))


def _within(name: str, outer: str) -> Meaning | None:
    """The places of a name that lie in the country or province `outer`; None where there is no such place."""
    codes = country_codes(outer)
    provinces = {(e.country, fold(e.name)) for e in lookup(outer) if e.kind == "admin1"}
    inside = [
        e
        for e in lookup(name)
        if e.kind != "country" and (e.country in codes or (e.country, fold(e.admin1 or "")) in provinces)
    ]
    if inside:
        return Meaning(name, tuple(_sense(e) for e in inside), within=frozenset(e.country for e in inside if e.country))
    return Meaning(name, within=codes) if codes else None


def _bearers(name: str) -> list[Entry]:
    """The places of a name. A place for which it is only another name counts if it has ten times as many people as all
    places for which it is the main name ("Bombay" means Mumbai and not a village, but "San Miguel" does not mean San
    Diego)."""
    entries = lookup(name)
    largest = max((e.population for e in entries if e.rank == 2), default=-1)
    return [e for e in entries if e.rank == 2 or e.population > 10 * largest]


def _with_doubles(entries: list[Entry]) -> list[Entry]:
    """The entries, with the doubles of provinces added: some stand twice in the gazetteer ("Nineveh" in our own list,
    "Nīnawá" in GeoNames). Reports are coded with either entry, and a user who asks for one means both."""
    found = {entry.gazetteer_id: entry for entry in entries}
    for entry in entries:
        for other in doubles().get(entry.id, ()):
            found.setdefault(other.gazetteer_id, other)
    return list(found.values())


def _land(code: str) -> Sense:
    entry = country(code)
    return Sense(entry.name if entry else code, code, "country", code, entry.gazetteer_id if entry else None)


def _sense(entry: Entry) -> Sense:
    if entry.kind == "country" and entry.country:
        return _land(entry.country)
    outer = country(entry.country) if entry.country else None
    within = ", ".join(part for part in (entry.admin1, outer.name if outer else None) if part and part != entry.name)
    label = f"{entry.name} ({_KINDS.get(entry.kind, entry.kind)}{f' in {within}' if within else ''})"
    found = Sense(label, entry.gazetteer_id, entry.kind, entry.country, entry.gazetteer_id)
    return replace(found, province=entry.name) if entry.kind == "admin1" else found
