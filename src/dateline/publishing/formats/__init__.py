"""The formats of a table: one file each, from rows to bytes; and those that other packages add.

A package adds a format by an entry point of the group `dateline.exporters`: its name is the format's, and it names a
`Format` with `write`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import IO, Any

from dateline.model.event import Event
from dateline.publishing.errors import BadEdition, BadExporter
from dateline.publishing.levels import Table

#: Where other packages say which formats they bring.
GROUP = "dateline.exporters"

#: Writes a table, with what is known of the whole edition; gives the number of rows.
Writer = Callable[[IO[bytes], "Whole"], int]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a writer is given: the table that is asked for, and what else the edition holds. `beside` gives the other
    tables, for formats that hold several; `about` is the manifest as far as it is known before anything is counted."""

    table: Table
    beside: Callable[[], Iterable[Table]]
    about: dict[str, Any]
    incidents: bool = False

    def events(self) -> Iterator[Event]:
        """The events themselves, of a table of events."""
        return (row.event for row in self.table.rows() if row.event is not None)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, what it is, whether it is of events only, and whether it holds all tables.

    `write`: what writes it; None for ours, which are imported when they are asked for.
    """

    ending: str
    about: str
    events_only: bool = False
    all_tables: bool = False
    write: Writer | None = None

    def writer(self, name: str) -> Writer:
        """The function that writes it; what it needs is imported now."""
        if self.write is not None:
            return self.write
        made: Writer = import_module(f"dateline.publishing.formats.{name}").write
        return made


FORMATS: dict[str, Format] = {
    "csv": Format("csv", "a table, UTF-8 with CR LF"),
    "jsonl": Format("jsonl", "JSON lines: whole records of events, else objects of the columns"),
    "geojson": Format("geojson", "GeoJSON (RFC 7946)"),
    "parquet": Format("parquet", "Apache Parquet"),
    "geoparquet": Format("geoparquet", "GeoParquet 1.1"),
    "xlsx": Format("xlsx", "an Excel workbook, a table a sheet", all_tables=True),
    "gpkg": Format("gpkg", "GeoPackage 1.3, for QGIS and ArcGIS", all_tables=True),
    "sqlite": Format("sqlite", "an SQLite database, for Datasette", all_tables=True),
    "hxl": Format("hxl.csv", "CSV with a row of HXL tags"),
    "jsonld": Format("jsonld", "RDF as JSON-LD, with schema.org and SEM", events_only=True),
    "stix": Format("stix.json", "a STIX 2.1 bundle", events_only=True),
    "ftm": Format("ftm.jsonl", "FollowTheMoney entities", events_only=True),
}


def format_of(name: str) -> Format:
    """The format of a name, ours first. Raises BadEdition (DL-P001) where there is none, BadExporter (DL-P005)."""
    if name in FORMATS:
        return FORMATS[name]
    found = next((point for point in others() if point.name == name), None)
    if found is None:
        known = ", ".join((*FORMATS, *(point.name for point in others())))
        raise BadEdition(f"{name!r} is no format. Known: {known}.")
    return _loaded(found)


@cache
def others() -> tuple[EntryPoint, ...]:
    """The formats of other packages, by name; those that are called as one of ours are passed over."""
    found = (point for point in entry_points(group=GROUP) if point.name not in FORMATS)
    return tuple(sorted(found, key=lambda point: point.name))


def _loaded(point: EntryPoint) -> Format:
    whose = f"The format {point.name!r} ({point.value})"
    try:
        found = point.load()
    except Exception as error:  # Whatever is wrong with it, it is not ours.
        raise BadExporter(f"{whose} cannot be loaded ({error!r}).") from error
    if not isinstance(found, Format) or found.write is None:
        raise BadExporter(f"{whose} is no Format with `write`.")
    return found
