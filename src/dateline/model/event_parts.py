"""The parts of an event: its days, places, parties, figures, accounts, ties and corrections. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model.vocabulary import ActorKind, Party, PlacePrecision, Role, TimePrecision, What


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """An account of a report. In a ledger it has a key that lasts (`key`), and so has its report (`report`)."""

    report_uri: str
    account_id: str
    key: str = ""
    report: str = ""

    def __str__(self) -> str:
        return f"{self.report_uri}#{self.account_id}"


@dataclass(frozen=True, slots=True)
class EventWhen:
    """The days, both inclusive, and the rule that chose them."""

    start: str
    end: str
    precision: TimePrecision
    rule: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of the event; `text` is what most reports call it."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    gazetteer_id: str | None
    #: None where no report names the place, as a person gave it. Its record then has no `text`.
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EventActor:
    """A party, under one name. `worded` are the words that reports use for it."""

    role: Role
    kind: ActorKind
    name: str
    id: str | None
    worded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of one report, who said it, and the party that it counts."""

    report_uri: str
    account_id: str
    low: int | None
    best: int | None
    high: int | None
    text: str
    said_by: str | None
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class CountStep:
    """One value of a toll that rose or was revised, the day from which on it holds, and the number of its sources."""

    published: str | None
    low: int | None
    best: int | None
    high: int | None
    sources: int


@dataclass(frozen=True, slots=True)
class EventCount:
    """A consolidated figure: the rule that chose it, all figures from which it was chosen, and its values over time."""

    what: What
    party: Party | None
    low: int | None
    best: int | None
    high: int | None
    rule: str
    figures: tuple[Figure, ...]
    history: tuple[CountStep, ...] = ()

    @property
    def people(self) -> int:
        """How many it counts: the best number, else the lowest; 0 where neither is known."""
        return self.best or self.low or 0


@dataclass(frozen=True, slots=True)
class Part:
    """What one field adds to the weight (log odds) for two accounts being one event."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two accounts are one event: the total weight (log odds), and its parts: the prior, then each field."""

    between: tuple[AccountKey, AccountKey]
    weight: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that a person points at: the key of a report, and offsets in code points (end exclusive)."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that a person corrected: the judgement that did it, the person, and the words that they pointed at."""

    field: str
    judgement: int
    by: str
    words: Pointed | None = None
