"""The formats of exports: one file for each, which turns rows into bytes; and the formats that other packages add.

A package adds a format by an entry point in the group `dateline.exporters`. The entry point has the format's name and
refers to a `Format` with `write`.
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

#: The group of entry points in which other packages name their formats.
GROUP = "dateline.exporters"

#: A function that writes a table, given what is known of the whole edition; gives the number of rows.
Writer = Callable[[IO[bytes], "Whole"], int]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a writer is given: the table that is asked for, and what else the edition holds.

    `beside` gives the other tables, for formats that hold several. `about` is the manifest before anything is counted.
    """

    table: Table
    beside: Callable[[], Iterable[Table]]
    about: dict[str, Any]
    incidents: bool = False

    def events(self) -> Iterator[Event]:
        """The events of the table, where it is a table of events."""
        return (row.event for row in self.table.rows() if row.event is not None)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, what it is, whether it is for events only, and whether it holds all tables.

    `write` is the function that writes it; None for our own formats, which are imported when they are needed.
    """

    ending: str
    about: str
    events_only: bool = False
    all_tables: bool = False
    write: Writer | None = None

    def writer(self, name: str) -> Writer:
        """The function that writes the format; its module is imported now."""
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
    """The format with this name; our own come first. Raises BadEdition (DL-P001) where there is none, BadExporter
    (DL-P005) where it cannot be loaded."""
    if name in FORMATS:
        return FORMATS[name]
    found = next((point for point in others() if point.name == name), None)
    if found is None:
        known = ", ".join((*FORMATS, *(point.name for point in others())))
        raise BadEdition(f"{name!r} is no format. Known: {known}.")
    return _loaded(found)


@cache
def others() -> tuple[EntryPoint, ...]:
    """The formats of other packages, by name. Those with the name of one of ours are left out."""
    found = (point for point in entry_points(group=GROUP) if point.name not in FORMATS)
    return tuple(sorted(found, key=lambda point: point.name))


def _loaded(point: EntryPoint) -> Format:
    whose = f"The format {point.name!r} ({point.value})"
    try:
        found = point.load()
    except Exception as error:  # Any error here comes from the other package.
        raise BadExporter(f"{whose} cannot be loaded ({error!r}).") from error
    if not isinstance(found, Format) or found.write is None:
        raise BadExporter(f"{whose} is no Format with `write`.")
    return found
