"""What is published: which events, at which level, in which format, with which names, how coarse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from dateline.ledger import Query
from dateline.ledger.access import Level as Words
from dateline.publishing.coarsening import Coarsening
from dateline.publishing.names import Policy

Level = Literal["event", "account", "claim"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published: which events, in which format and columns (none: the basic ones), with whose names, and as of
    which revision (None: the newest).

    `level`: what a row of the table is. `layout`: the layout of another project (crosswalks.py). `coarsening`: which
    places and days are made less exact. `licence`: the licence under which the edition is passed on
    (knowledge/licences.yaml). `incidents`: STIX has the objects of the incident extension. `excel`: CSV begins with a
    byte-order mark, by which Excel recognises UTF-8. `words`: the reports whose words go in (ledger/access.py).
    """

    query: Query = field(default_factory=Query)
    format: str = "csv"
    columns: tuple[str, ...] = ()
    names: Policy = "officials"
    as_of: int | None = None
    excel: bool = False
    level: Level = "event"
    layout: str | None = None
    coarsening: tuple[Coarsening, ...] = ()
    licence: str = "CC-BY-4.0"
    incidents: bool = False
    words: Words = "open"
