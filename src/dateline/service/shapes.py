"""What the API gives and takes: the form of every body, from which OpenAPI and the page's types are made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.model.event import CountStep, EventActor, EventPlace, EventWhen, Figure
from dateline.service.people import Role


class Shape(BaseModel):
    """A body: unknown fields are refused in requests."""

    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    """An error: a stable code (docs/errors.md), what happened, where, and what to do."""

    code: str
    what: str
    where: str | None = None
    remedy: str


class Session(Shape):
    """Who asks, of which ledger. `csrf` goes into X-CSRF-Token of every request that changes something."""

    user: str
    role: Role
    login: bool = Field(description="Whether people log in here.")
    csrf: str
    ledger: str
    revision: int
    version: str
    basemap: bool


class Login(Shape):
    """Name and password."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)


# ---------------------------------------------------------------- events


class CountOf(Shape):
    """A consolidated figure."""

    what: str
    party: str | None
    low: int | None
    best: int | None
    high: int | None


class CountWithFigures(CountOf):
    """A consolidated figure, the rule that chose it, each report's own, and the values that the toll went through."""

    rule: str
    figures: list[Figure]
    history: list[CountStep] = []


class AccountOf(Shape):
    """An account of an event: its report, its id there, and its stable key."""

    report_uri: str
    account_id: str
    key: str
    report: str


class PartOf(Shape):
    """What one field adds to a weight, in log-odds."""

    field: str
    level: str
    weight: float


class TieOf(Shape):
    """Why two accounts are one event: log-odds from the prior through each field."""

    between: list[str]
    weight: float
    parts: list[PartOf]


class SpanOf(Shape):
    """A stretch of a report's text (code points, end exclusive)."""

    start: int = Field(ge=0, le=2**31 - 1)
    end: int = Field(ge=0, le=2**31 - 1)


class WordsAt(SpanOf):
    """Words of a report (by its key)."""

    report: str = Field(max_length=200)


class Correction(Shape):
    """A value that a person set, and the words that they pointed at."""

    field: str
    judgement: int
    by: str
    words: WordsAt | None = None


class EventRecord(Shape):
    """An event as RECORD.md (docs/record.md) has it, with keys of accounts, corrections and state of review."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: str = Field(alias="schema")
    id: str
    type: str
    method: list[str]
    status: str
    scope: str
    when: EventWhen | None
    where: list[EventPlace]
    actors: list[EventActor]
    counts: list[CountWithFigures]
    accounts: list[AccountOf]
    sources: int
    disagreements: list[str]
    part_of: str | None
    case: str | None = None
    why: list[TieOf]
    confidence: float
    corrections: list[Correction]
    review: str


class BriefPlace(Shape):
    """A place in a line."""

    name: str
    admin1: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None


class BriefActor(Shape):
    """An actor in a line."""

    role: str
    name: str
    id: str | None
    kind: str
    worded: list[str]


class Brief(Shape):
    """An event in a line."""

    id: str
    type: str
    method: list[str]
    status: str
    scope: str
    when: EventWhen | None
    where: list[BriefPlace]
    actors: list[BriefActor]
    counts: list[CountOf]
    accounts: int
    sources: int
    disagreements: list[str]
    part_of: str | None
    case: str | None = None
    confidence: float
    review: str
    inferred: list[str] = Field(
        default=[], description="Fields (when, where, roles) of which no report states a value."
    )


class ReadingOf(Shape):
    """One thing that a name was or could be taken for: in words, what to write to mean it alone, and its events."""

    label: str
    write: str
    events: int


class UnderstoodOf(Shape):
    """What was understood by one name of a filter, whatever else was asked for. `readings` were counted, `others` could
    have been meant and were not, `near` are names that would find something where this one finds nothing; `values` are
    those of the facet that it chooses."""

    filter: Literal["place", "actor"]
    given: str
    readings: list[ReadingOf]
    others: list[ReadingOf]
    near: list[str]
    events: int
    values: list[str]


class Events(Shape):
    """A page of events. `next` is the cursor of the page after it, null where there is none."""

    revision: int
    events: list[EventRecord]
    next: str | None
    understood: list[UnderstoodOf]


class Briefs(Shape):
    """A page of events in lines."""

    revision: int
    events: list[Brief]
    next: str | None
    understood: list[UnderstoodOf]


class Judged(Shape):
    """A judgement as it was written down; `withdrawn` is the revision in which it was taken back."""

    num: int
    kind: str
    by: str
    at: str
    reason: str
    event: str | None
    value: str | None
    withdraws: int | None
    revision: int
    withdrawn: int | None


class Near(Shape):
    """Another event that speaks for being this one: the strongest pair's log-odds."""

    weight: float
    event: Brief


class OneEvent(Shape):
    """An event, the revision that it is of, what was judged of it, and the ids of the events that it holds as a total.
    `id` of the event differs from the one that was asked for where that one has joined it."""

    event: EventRecord
    revision: int
    judgements: list[Judged]
    holds: list[str] = []


class Version(Shape):
    """A version of an event: when and by whom it was written, and which fields changed."""

    revision: int
    at: str
    by: str
    kind: str
    changed: list[str]


class Claim(Shape):
    """One value of an account, and the words that say it (code points, end exclusive). `how` is its derivation."""

    id: str
    account: str
    field: str
    value: str
    start: int | None
    end: int | None
    said_by: str | None
    how: str | None


class Told(Shape):
    """An account of a report: its key, what it is, its sentences (pairs of code points) and its claims."""

    key: str
    id: str
    type: str
    status: str
    scope: str
    confidence: float
    mine: bool = Field(description="Whether it is of the event that was asked for.")
    sentences: list[tuple[int, int]]
    claims: list[Claim]


class Evidence(Shape):
    """A report of an event, with its text and what it says."""

    key: str
    uri: str
    title: str | None
    publisher: str | None
    lang: str | None
    published: str | None
    text: str
    accounts: list[Told]


# ---------------------------------------------------------------- why


class CoderOf(Shape):
    """Who coded a report."""

    name: str
    version: str


class StepOf(Shape):
    """One decision about words of a report (code points, end exclusive): the rule's name, what such a rule decides
    (null where nobody wrote it down), and the outcome. `refused`: the rule said no, to opening the report, to a
    meaning of the words, or to an account."""

    rule: str
    does: str | None
    start: int
    end: int
    words: str
    outcome: str
    refused: bool


class SentenceOf(Shape):
    """A sentence with all that was decided about it. Where it was not read, `tree` (lines of its parse) and `steps` are
    what they would have been. `accounts` are the ids of those that it tells of."""

    number: int
    start: int
    end: int
    text: str
    kind: str
    read: bool
    gate: list[StepOf]
    tree: list[str]
    steps: list[StepOf]
    accounts: list[str]


class ValueOf(Shape):
    """One value of an account: what it answers, and how it was found."""

    field: str
    how: str


class ToldAgain(Shape):
    """An account, as the report was coded again."""

    id: str
    type: str
    status: str
    values: list[ValueOf]


class Reread(Shape):
    """A report coded again, by `coder`; the ledger's coding is by `ledger_coder`, and `same` says whether the accounts
    of both are the same. `spans` are those of all sentences, `sentences` those that were asked about: none of a report
    in another language, as a warning says."""

    coder: CoderOf
    ledger_coder: CoderOf
    same: bool
    warnings: list[str]
    spans: list[tuple[int, int]]
    sentences: list[SentenceOf]
    accounts: list[ToldAgain]


# ---------------------------------------------------------------- exploring


class FacetValue(Shape):
    """A value, how it is shown, how many events it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    on: bool


class Facets(Shape):
    """Facets; each counts without its own choice."""

    type: list[FacetValue]
    status: list[FacetValue]
    scope: list[FacetValue]
    review: list[FacetValue]
    country: list[FacetValue]
    province: list[FacetValue]
    city: list[FacetValue]
    actor: list[FacetValue]


class BinOf(Shape):
    """Events whose days lie in a bin, and how many people were killed, wounded, arrested or kidnapped in them."""

    day: str
    events: int
    people: int


class TypeSeries(Shape):
    """Events of one type by bin."""

    type: str
    total: int
    days: list[str]
    counts: list[int]


class Bar(Shape):
    """An event whose days span more than a bin."""

    event: str
    type: str
    start: str
    end: str
    people: int
    disputed: bool


class Timeline(Shape):
    """Events by time. `wide` events span more than a bin (the largest are `bars`); `outside` lie before or after the
    window; `rollups` are totals, which no bin counts; `undated` have no day."""

    bin: str
    extent: list[str] | None
    window: list[str] | None
    bins: list[BinOf]
    types: list[TypeSeries]
    bars: list[Bar]
    wide: int
    outside: int
    rollups: int
    undated: int


class NameOnMap(Shape):
    """A place whose name is written on the map, the most telling first."""

    name: str
    kind: Literal["country", "province", "city"]
    lat: float
    lon: float


class Cluster(Shape):
    """Points that are near on the map at this zoom; of one alone the event is told. `groups` counts the events of each
    group of types (vocabulary)."""

    lon: float
    lat: float
    count: int
    disputed: int
    groups: dict[str, int]
    event: str | None
    type: str | None
    precision: str | None


class Province(Shape):
    """A province: a circle of about its area."""

    id: str | None
    name: str
    lat: float
    lon: float
    radius_km: float | None
    count: int
    disputed: int


class CountryCount(Shape):
    """Events of which no more is known than the country."""

    country: str
    count: int


class RegionCount(Shape):
    """Events in a region that has no point."""

    name: str
    count: int


class Atlas(Shape):
    """Events by place; `unplaced` have no point at all. `extent` is the smallest box (west, south, east, north) around
    all of them, `names` are written on the part that is looked at."""

    clusters: list[Cluster]
    provinces: list[Province]
    countries: list[CountryCount]
    regions: list[RegionCount]
    unplaced: int
    extent: list[float] | None
    names: list[NameOnMap]


class Explored(Shape):
    """One query in four views: how many events, facets, timeline, map, and the first rows of the table. `newest` is the
    newest revision, `revision` the one that was looked at."""

    revision: int
    newest: int
    total: int
    rollups: int
    days: list[str | None] = Field(
        description="The first and last day asked for, a moving range (`last`) made into days."
    )
    facets: Facets
    timeline: Timeline
    map: Atlas
    rows: list[Brief]
    next: str | None
    understood: list[UnderstoodOf]


# ---------------------------------------------------------------- actors and places


class Counted(Shape):
    """Words, and how many events bear them. `key` leads to a page of its own, where there is one."""

    label: str
    events: int
    key: str | None = None


class Kin(Shape):
    """An actor that another belongs to, or that belongs to it; `years` in words ("since 2006"), empty where unknown."""

    id: str
    name: str
    years: str
    events: int


class ActorProfile(Shape):
    """An actor: what the list of actors knows, and what the events say. `chain` leads upwards, the nearest first;
    `against` are those in other roles of the same events, `beside` those in the same role."""

    key: str
    id: str | None
    name: str
    kind: str | None
    country: str | None
    years: str
    aliases: list[str]
    events: int
    roles: dict[str, int]
    worded: list[Counted]
    chain: list[Kin]
    branches: list[Kin]
    against: list[Counted]
    beside: list[Counted]
    sources: list[Counted]


class PlaceProfile(Shape):
    """A place: what the gazetteer knows, and what the events say. `outer` is the province and the country it lies in,
    `inner` what of it has events."""

    key: str
    name: str
    kind: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    aliases: list[str]
    events: int
    worded: list[Counted]
    outer: list[Counted]
    inner: list[Counted]
    actors: list[Counted]
    sources: list[Counted]


class Suggestion(Shape):
    """A name that a filter could ask for: how it is shown, what to write, and its events."""

    label: str
    write: str
    events: int


# ---------------------------------------------------------------- writing


class Judgement(Shape):
    """What is judged. `seen` is the revision of the event that was looked at: if it has changed since, nothing is
    written (409, DL-L010). `words` bear a correction out; a comment is told as the reason. An `opinion` (of a verdict
    or a correction) is written down and changes nothing."""

    kind: Literal["accept", "reject", "unsure", "correct", "same", "different", "split", "comment"]
    event: str
    reason: str = Field(default="", max_length=2000)
    other: str | None = None
    field: str | None = None
    value: Any = None
    groups: list[list[str]] = Field(default_factory=list)
    words: WordsAt | None = None
    opinion: bool = False
    seen: int | None = Field(default=None, ge=0, le=2**31 - 1)


class CoderSaid(Shape):
    """What a coder says of a field: in words, and as its record has it; `account` is that of its coding, by name."""

    coder: str
    said: str
    value: Any
    account: str | None


class DifferenceOf(Shape):
    """A field of a happening that coders of one report read otherwise; whose coding is in force speaks first.

    `account` is that of the coding in force, by key: null where only another coder tells of it. `words` is the sentence
    that tells of it."""

    account: str | None
    field: str
    words: str
    start: int
    end: int
    said: list[CoderSaid]


class DifferingReport(Shape):
    """A report that its coders read otherwise; `event` holds what they differ on, null for what is in no event."""

    event: str | None
    report: str
    uri: str
    differences: list[DifferenceOf]


class DifferingOf(Shape):
    """Where coders differ and nobody has settled it: how often, and the reports, the most doubtful events first;
    `coder` is whose codings events are made of."""

    coder: str
    total: int
    reports: list[DifferingReport]


class CoderRead(Shape):
    """What a coder read in a report, as it made it; `in_force`: events are made of it."""

    coder: str
    version: str
    in_force: bool
    coding: dict[str, Any]


class ChoiceOfCoder(Shape):
    """Whose value of a field holds: `account` by key; null for what only `coder` tells, `told` being its account."""

    account: str | None = None
    field: str = Field(max_length=60)
    coder: str = Field(max_length=200)
    told: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=2000)


class CodersOf(Shape):
    """Coders that new reports can be coded by, the default first; whose codings events are made of; what the language
    model has used since the service was started, in words; and to admins the address of its server."""

    offered: list[str]
    in_force: str
    used: str | None
    server: str | None


class ServerOf(Shape):
    """Where the language model's server is, until the service is started again."""

    address: str = Field(min_length=1, max_length=500)


class NewAccess(Shape):
    """Who may read a report's words: everybody, the team (reviewers), or named people and admins; and the note of
    consent, which is kept in the custody log."""

    level: Literal["open", "team", "sealed"]
    note: str = Field(default="", max_length=2000)
    people: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default_factory=list, max_length=100)


class AccessOf(Shape):
    """Who may read a report's words, by whom and when it was said (null: nobody said otherwise), and why."""

    level: Literal["open", "team", "sealed"]
    note: str
    people: list[str]
    by: str | None
    at: str | None


class CoderInForce(Shape):
    """Whose codings events are made of, where a report has one of it; `last`: of whichever is added last."""

    coder: str = Field(max_length=200)


class Reason(Shape):
    """Why a judgement is taken back."""

    reason: str = Field(default="", max_length=2000)


class Ruled(Shape):
    """The number of what was written, and the revision that it made."""

    judgement: int
    revision: int


class NewParty(Shape):
    """A party of an account that a person writes, and the words that name it."""

    role: str
    name: str = Field(max_length=300)
    kind: str | None = None
    id: str | None = None
    words: SpanOf | None = None


class NewPlace(Shape):
    """A place of an account that a person writes: a name, or an entry of the gazetteer with all it says."""

    name: str = Field(max_length=300)
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    gazetteer_id: str | None = None
    words: SpanOf | None = None


class NewCount(Shape):
    """A figure of an account that a person writes."""

    what: str
    party: str = "unknown"
    low: int | None = None
    best: int | None = None
    high: int | None = None
    words: SpanOf | None = None


class NewAccount(Shape):
    """An account that a person writes. `trigger` are the words that tell of it; a value without words of its own rests
    on these. `when`: 2024-05-14, or 2024-05-14..2024-05-16."""

    trigger: SpanOf
    type: str
    status: str = "occurred"
    scope: str = "event"
    method: list[str] = Field(default_factory=list)
    when: str | None = None
    when_words: SpanOf | None = None
    where: list[NewPlace] = Field(default_factory=list)
    actors: list[NewParty] = Field(default_factory=list)
    counts: list[NewCount] = Field(default_factory=list)
    reason: str = Field(default="", max_length=2000)


class WroteAccount(Shape):
    """The judgement by which it can be taken back, the event that holds the account, and the revision."""

    judgement: int
    event: str
    revision: int


class SaidOf(Shape):
    """A value that somebody gave."""

    field: str
    value: Any


class ViewOf(Shape):
    """What one person thinks of an event: their verdict, and the values that are not as they were coded. `blind` where
    they gave an opinion that changed nothing."""

    by: str
    verdict: str | None
    values: list[SaidOf]
    blind: bool


class ViewsOf(Shape):
    """What people think of an event. Opinions of others are hidden (only their number is told) until two people have a
    view, or the one who asks has."""

    views: list[ViewOf]
    hidden: int


class ComparedOf(Shape):
    """An event of which several people have a view, the fields on which they differ, and what was coded of these."""

    event: Brief
    views: list[ViewOf]
    differing: list[str]
    coded: list[SaidOf]


class AgreementOf(Shape):
    """How often two people say the same of a field, of the events of which both say something; `kappa` (of verdicts)
    takes chance out."""

    one: str
    two: str
    field: str
    same: int
    compared: int
    kappa: float | None


class Comparison(Shape):
    """People's views side by side: at most 200 events, those on which they differ most first; agreement is of all."""

    total: int
    events: list[ComparedOf]
    agreement: list[AgreementOf]


class CommentOf(Shape):
    """A comment, and the event that it was made on."""

    num: int
    by: str
    at: str
    text: str
    event: str


class NewReport(Shape):
    """A report: its text, or the address of a page that the server fetches."""

    text: str | None = Field(default=None, max_length=5_000_000)
    url: str | None = Field(default=None, max_length=2000)
    uri: str | None = Field(default=None, max_length=2000)
    title: str | None = Field(default=None, max_length=1000)
    publisher: str | None = Field(default=None, max_length=300)
    published: str | None = Field(default=None, description="YYYY-MM-DD", max_length=40)
    coder: str | None = Field(default=None, max_length=200, description="One of those of /coders; default: the first.")
    note: str = Field(default="", max_length=2000)


class JobOf(Shape):
    """How far an addition is."""

    id: str
    state: Literal["waiting", "working", "done", "failed"]
    done: int
    added: int
    known: int
    beside: int
    accounts: int
    events: int
    rejected: list[Problem]
    error: Problem | None
    revision: int | None


# ---------------------------------------------------------------- around it


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


class UserOf(Shape):
    """A user."""

    name: str
    role: Role
    added: str


class NewUser(Shape):
    """A user to add, or whose role and password to set."""

    name: str = Field(max_length=200)
    role: Role
    password: str = Field(max_length=1000)


class TokenOf(Shape):
    """A token; `id` are the first digits of its hash."""

    name: str
    made: str
    id: str


class TokenName(Shape):
    """What a token is for."""

    name: str = Field(max_length=200)


class NewToken(Shape):
    """A token's secret, shown this once."""

    token: str


class AuditRow(Shape):
    """What somebody did."""

    num: int
    at: str
    user: str
    address: str
    action: str
    what: str
