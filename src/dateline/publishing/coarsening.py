"""Making places and days of events less exact before they are published, by rules that the package states.

A place becomes its district, province or country, a day its week or month. What an event's record tells elsewhere of
the finer place (the names of actors, the words of figures) says the coarser one, too.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from dateline.model.knowledge import load_file
from dateline.model.vocabulary import PLACE_PRECISIONS, PlacePrecision

Record = dict[str, Any]
Coarse = Literal["district", "admin1", "country"]
Span = Literal["week", "month"]
#: Precisions of days that are at least as coarse as what is asked for.
_AS_WIDE = {"week": ("week", "month", "season", "year", "decade"), "month": ("month", "season", "year", "decade")}


@dataclass(frozen=True, slots=True)
class Coarsening:
    """A rule: the events that it is for (of these ids, types and countries; what is empty asks for nothing), and how
    coarse their places and days become."""

    place: Coarse | None = None
    days: Span | None = None
    events: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def is_for(self, record: Record) -> bool:
        """Is the rule for this event?"""
        lands = {place["country"] for place in record["where"]}
        return (
            (not self.events or record["id"] in self.events)
            and (not self.types or record["type"] in self.types)
            and (not self.countries or not lands.isdisjoint(self.countries))
        )


def rules_of(path: Path) -> tuple[Coarsening, ...]:
    """The rules of a YAML file, a list. Raises BadKnowledge (DL-E004)."""
    return load_file(path, tuple[Coarsening, ...])


@dataclass(frozen=True, slots=True)
class Measure:
    """How coarse one event is made."""

    place: str | None = None
    days: str | None = None

    def __bool__(self) -> bool:
        return bool(self.place or self.days)


def measure(record: Record, rules: Sequence[Coarsening]) -> Measure:
    """How coarse all rules that are for an event make it: the coarsest counts."""
    own = [rule for rule in rules if rule.is_for(record)]
    place = _coarsest([rule.place for rule in own], ("district", "admin1", "country"))
    return Measure(place, _coarsest([rule.days for rule in own], ("week", "month")))


def applied(record: Record, how: Measure) -> Record:
    """A record of an event, or of an account in that form, made coarser; `coarsened` says what was done."""
    told = (("place", how.place), ("days", how.days))
    made = {**record, "coarsened": [f"{what} to {to}" for what, to in told if to]}
    if how.place:
        made = _placed(made, how.place)
    if how.days:
        made |= {"when": _when(record["when"], how.days), "counts": [_undated(c) for c in made["counts"]]}
    return made


def hiding(record: Record, how: Measure) -> Callable[[str], str]:
    """What takes the names of places that become coarser out of words."""
    if not how.place:
        return lambda words: words
    fine = [place for place in record["where"] if _is_finer(place["precision"], how.place)]
    return _hiding(_names(fine))


def _names(places: Sequence[Record]) -> tuple[str, ...]:
    found = {name for p in places for name in (p["name"], p.get("text")) if name}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _coarsest(told: Sequence[str | None], order: Sequence[str]) -> str | None:
    return max((one for one in told if one), key=order.index, default=None)


# ---------------------------------------------------------------- places


def _placed(record: Record, to: str) -> Record:
    fine = [place for place in record["where"] if _is_finer(place["precision"], to)]
    where: list[Record] = []
    for place in record["where"]:
        coarse = coarse_place(place, to, record["where"]) if place in fine else place
        if coarse is not None and coarse not in where:
            where.append(coarse)
    hide = _hiding(_names(fine))
    actors = [
        {**a, "name": hide(a["name"]), "worded": list(dict.fromkeys(hide(w) for w in a.get("worded", ())))}
        for a in record["actors"]
    ]
    counts = [
        {**c, "figures": [{**f, "text": hide(f["text"]), "said_by": f["said_by"] and hide(f["said_by"])}
                          for f in c["figures"]]}
        for c in record["counts"]
    ]  # fmt: skip
    corrections = [{k: v for k, v in c.items() if k != "words"} for c in record.get("corrections", ())]
    return {**record, "where": where, "actors": actors, "counts": counts} | (
        {"corrections": corrections} if "corrections" in record else {}
    )


def _is_finer(precision: str | None, than: str) -> bool:
    return precision in PLACE_PRECISIONS and PLACE_PRECISIONS.index(precision) < PLACE_PRECISIONS.index(than)


def coarse_place(place: Record, to: str, others: Sequence[Record] = ()) -> Record | None:
    """The district, province or country that a place lies in; the next larger one where none is known.

    The gazetteer does not say of a town in which district it is: a district is taken where the event itself names one
    of that province, else the province.
    """
    if to == "district":
        own = (p for p in others if p["precision"] == "district" and p["admin1"] == place["admin1"])
        found = next(own, None)
        return found or coarse_place(place, "admin1")
    if to == "admin1" and place["admin1"]:
        return _entry(place["admin1"], "admin1", place["country"], place["admin1"])
    return _entry(_country_name(place["country"]), "country", place["country"], None) if place["country"] else None


def _country_name(code: str) -> str:
    from dateline.where import country_name

    return country_name(code) or code


@lru_cache(maxsize=1 << 12)
def _middle(name: str, kind: str, country: str | None) -> tuple[float | None, float | None, str | None]:
    from dateline.where import country_entry, entries_of

    if kind == "country" and country:
        entry = country_entry(country)
        return (entry.lat, entry.lon, entry.gazetteer_id) if entry else (None, None, None)
    found = next((e for e in entries_of(name) if e.kind == kind and e.country == country), None)
    return (found.lat, found.lon, found.gazetteer_id) if found else (None, None, None)


def _entry(name: str, kind: PlacePrecision, country: str | None, admin1: str | None) -> Record:
    lat, lon, gazetteer_id = _middle(name, kind, country)
    return {
        "name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon, "precision": kind,
        "gazetteer_id": gazetteer_id, "text": name,
    }  # fmt: skip


def _hiding(names: tuple[str, ...]) -> Callable[[str], str]:
    if not names:
        return lambda words: words
    found = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)
    return lambda words: found.sub("[place]", words)


# ---------------------------------------------------------------- days


def _when(when: Record | None, to: str) -> Record | None:
    if when is None or when["precision"] in _AS_WIDE[to]:
        return when
    start, end = (dt.date.fromisoformat(when[key]) for key in ("start", "end"))
    first, last = wide(start, end, to)
    # Days that reach over two weeks or months are neither.
    precision = to if wide(start, start, to) == (first, last) else "range"
    return {**when, "start": first.isoformat(), "end": last.isoformat(), "precision": precision}


def wide(start: dt.date, end: dt.date, to: str) -> tuple[dt.date, dt.date]:
    """The whole weeks (Monday to Sunday) or months that hold these days."""
    if to == "week":
        return start - dt.timedelta(start.weekday()), end + dt.timedelta(6 - end.weekday())
    return start.replace(day=1), end.replace(day=calendar.monthrange(end.year, end.month)[1])


def _undated(count: Record) -> Record:
    """A count without the days on which its values were first told: they are close to the event's."""
    return {**count, "history": [{**step, "published": None} for step in count.get("history", ())]}
