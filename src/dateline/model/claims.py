"""The parts of a record: what an account claims, each value with the words that say it.

The fields are those described in ../shared/RECORD.md (docs/record.md). All classes are frozen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from dateline.model.span import Span
from dateline.model.vocabulary import (
    ActorKind,
    Basis,
    EntityKind,
    ItemUse,
    LinkKind,
    Method,
    Party,
    PlacePrecision,
    Role,
    Scope,
    Status,
    TimePrecision,
    Type,
    What,
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a time was found: the rule, an explanation in words, and the words of the report from which it was
    counted."""

    rule: str
    how: str
    anchor: str | None = None
    anchor_span: Span | None = None


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends inclusive (ISO dates), the words that say it, and how they were read."""

    start: str
    end: str
    precision: TimePrecision
    basis: Basis
    text: str | None = None
    span: Span | None = None
    derivation: Derivation | None = None

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (dt.date.fromisoformat(self.end) - dt.date.fromisoformat(self.start)).days + 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it, and the gazetteer entry that it was resolved to (nulls where there is none).

    `beaten` names the next best of the other places of its name, as an explanation. It is not part of the record.
    """

    text: str
    span: Span
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "region"
    gazetteer_id: str | None = None
    basis: Literal["told", "inferred"] = "told"
    beaten: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: who did it, or to whom it was done. `basis` is `inferred` where no sentence says so about this
    happening."""

    role: Role
    kind: ActorKind
    name: str
    text: str
    span: Span
    id: str | None = None
    said_by: str | None = None
    basis: Literal["told", "inferred"] = "told"


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `low` <= `best` <= `high`, null where the text sets no bound."""

    what: What
    party: Party | None
    low: int | None
    best: int | None
    high: int | None
    text: str
    span: Span
    said_by: str | None = None
    #: It counts a part of those whom another figure of the account counts. It is never added to that one, nor taken as
    #: another value for it.
    part: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A thing seized or used."""

    what: ItemUse
    name: str
    span: Span
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body who says so."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Account:
    """What one report says about one happening."""

    id: str
    type: Type
    status: Status
    scope: Scope
    trigger: Span
    sentences: tuple[Span, ...]
    method: tuple[Method, ...] = ()
    when: When | None = None
    where: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    counts: tuple[Count, ...] = ()
    items: tuple[Item, ...] = ()
    said_by: tuple[Speaker, ...] = ()
    confidence: float = 0.5
    #: How the account was found, in words: its frames, why tellings were joined, what decided type, status and
    #: confidence.
    derivation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two accounts of a report."""

    kind: LinkKind
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A name or expression that was recognised. A place has its coordinates, a time its TIMEX3 value."""

    kind: EntityKind
    name: str
    span: Span
    id: str | None = None
    value: str | None = None
    start: str | None = None
    end: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: str | None = None
    gazetteer_id: str | None = None
    derivation: Derivation | None = None


#: What a reader may know about a report besides its words (Knowable), and the units in which the original is counted
#: (Unit).
Knowable = Literal["published", "title", "publisher", "author", "lang"]
Unit = Literal["page", "paragraph", "row", "bytes"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows about a report: a value and its source ("metadata: article:published_time", "address").
    `chosen`: it is the value that the report uses. Where sources disagree, the others are kept, too."""

    field: Knowable
    value: str
    source: str
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of the text stands in the original: on which pages, in which paragraphs or rows (counted from 1), or
    in which bytes (from 0; `last` is the one after the last)."""

    span: Span
    unit: Unit
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Report:
    """One document as published. `text` is what every span indexes."""

    id: str
    uri: str
    text: str
    title: str | None = None
    publisher: str | None = None
    lang: str | None = None
    published: When | None = None
    #: Remarks on how its bytes were read. They become warnings of the coding, and are not part of the record.
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    #: What the reader knows besides the words, each with its source (`known`); where the words stand in the original
    #: (`origins`).
    known: tuple[Known, ...] = field(default=(), repr=False)
    origins: tuple[Origin, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person, the role that the report gives them, and the organisation (or territory) in which they have it.

    `organisation_id` is the id of a known actor or of a body of a state; `parent` is the id of the actor to which a
    known actor belongs.
    """

    person: str
    person_span: Span
    role: str
    role_span: Span
    organisation: str | None = None
    organisation_span: Span | None = None
    organisation_id: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class CodedBy:
    """The coder that made a coding, if it was not the rules: its name, the language model that it asked, and the
    version of the prompt."""

    coder: str
    model: str | None = None
    prompt: str | None = None

    def __str__(self) -> str:
        parts = (self.model and f"model {self.model}", self.prompt and f"prompt {self.prompt}")
        return ", ".join((self.coder, *(part for part in parts if part)))


@dataclass(frozen=True, slots=True)
class Coded:
    """All that a report was found to say, part by part. Callers get a `Coding` (model/coding.py): it has the same
    parts, and methods to write, read, show and explain them."""

    report: Report
    accounts: tuple[Account, ...] = ()
    links: tuple[Link, ...] = ()
    entities: tuple[Entity, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    warnings: tuple[str, ...] = ()
    #: The name of the learned reader that read the report as well; None where only rules did.
    reader: str | None = None
    #: The coder, if it was not the rules; None where they coded the report.
    by: CodedBy | None = None
