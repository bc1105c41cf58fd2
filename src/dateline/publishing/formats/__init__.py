"""The formats of a table: one file each, from rows to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from dateline.model.event import Event
from dateline.publishing.levels import Table

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
    """A format: the ending of its files, what it is, whether it is of events only, and whether it holds all tables."""

    ending: str
    about: str
    events_only: bool = False
    all_tables: bool = False

    def writer(self, name: str) -> Writer:
        """The function that writes it; what it needs is imported now."""
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
