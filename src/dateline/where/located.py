"""A place name with the entry that it was resolved to."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import Entity, Place, Span
from dateline.model.vocabulary import PlacePrecision
from dateline.where.gazetteer import Entry, country
from dateline.where.toponym import Toponym


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
            province_of(e),
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
            "place", e.name, self.span, id=e.gazetteer_id, lat=e.lat, lon=e.lon, country=e.country,
            admin1=province_of(e), precision=e.kind, gazetteer_id=e.gazetteer_id,
        )  # fmt: skip

    def part_as_entity(self) -> Entity | None:
        """As an entity of its own: the part of a place that is meant, without a point ("Northern Iraq"). None where the
        whole place is meant."""
        if not self.toponym.part or self.toponym.use != "name" or self.entry is None:
            return None
        sentence = self.toponym.sentence
        span = Span(sentence.tokens[self.toponym.first - 1].start, self.span.end)
        e = self.entry
        return Entity("place", sentence.quote(span), span, country=e.country, admin1=province_of(e), precision="region")


def in_country(located: Located) -> Located | None:
    """The country in which a place lies, at the words of the place; None where it is not known."""
    code = located.entry.country if located.entry is not None else None
    entry = country(code) if code else None
    return None if entry is None else Located(located.toponym, entry, "country", located.score)


def _shown(entry: Entry) -> str:
    """A place in words, with its province and country ("Paris, Texas, US")."""
    return ", ".join(dict.fromkeys(part for part in (entry.name, entry.admin1, entry.country) if part))


def province_of(entry: Entry) -> str | None:
    return entry.name if entry.kind == "admin1" else entry.admin1
