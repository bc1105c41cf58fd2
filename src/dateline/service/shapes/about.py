"""About the ledger: revisions, what changed, the vocabulary, the gazetteer, saved queries."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from dateline.service.shapes.shape import Shape


class Revision(Shape):
    """A write to the ledger."""

    number: int
    at: str
    kind: str
    by: str
    note: str


class ChangeOf(Shape):
    """What became of an event between two revisions; `fields` holds before and after. `type`, `when` and `place` say
    which event it is."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: str = Field(alias="schema")
    event: str
    kind: Literal["new", "changed", "gone"]
    fields: dict[str, tuple[Any, Any]]
    into: str | None
    type: str
    when: dict[str, Any] | None
    place: str | None


class ColumnOf(Shape):
    """A column of an export."""

    name: str
    kind: str
    basic: bool
    about: str


class GroupOfTypes(Shape):
    """Types of a kind, in the order of the page; `colour` is a CSS colour that shows on both of its grounds."""

    group: str
    about: str
    colour: str
    types: list[str]


class Vocabulary(Shape):
    """The words that a record may use, and what an export can hold."""

    types: list[str]
    groups: list[GroupOfTypes]
    methods: list[str]
    statuses: list[str]
    scopes: list[str]
    reviews: list[str]
    whats: list[str]
    parties: list[str]
    roles: list[str]
    actor_kinds: list[str]
    orders: list[str]
    formats: list[str]
    levels: list[str]
    layouts: list[str]
    policies: list[str]
    columns: list[ColumnOf]


class GazetteerEntry(Shape):
    """A place that bears a name."""

    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    gazetteer_id: str


class SavedQuery(Shape):
    """A query that somebody gave a name, as the page's query string."""

    name: str
    query: str
    by: str
    at: str


class QueryToSave(Shape):
    """A query string of the page."""

    query: str = Field(max_length=4000)
