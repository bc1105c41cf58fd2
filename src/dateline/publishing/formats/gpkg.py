"""GeoPackage 1.3: the main table as a layer of points, the other tables as attribute tables."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from typing import IO

from dateline.publishing.antimeridian import Point
from dateline.publishing.formats import Whole
from dateline.publishing.formats._database import create, filled, insert
from dateline.publishing.formats.rows import point
from dateline.publishing.levels import Table

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY['
    '"EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT
  NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES
  gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL);
"""
#: The file's application id ("GPKG" in ASCII) and user version (1.3.0).
_APPLICATION, _USER_VERSION = 0x47504B47, 10300
_KEY = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the main table as a layer of points, and the tables beside it as attribute tables."""

    def fill(connection: sqlite3.Connection) -> int:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_USER_VERSION}")
        for statement in _TABLES.split(";")[:-1]:
            connection.execute(statement)
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        at = (whole.about["revision_at"] or "1970-01-01T00:00:00")[:19] + ".000Z"
        count = _layer(connection, whole.table, at)
        for table in whole.beside():
            create(connection, table, _KEY)
            insert(connection, table, (tuple(row.cells) for row in table.rows()))
            _contents(connection, table.name, "attributes", at, None)
        return count

    return filled(out, fill)


def _layer(connection: sqlite3.Connection, table: Table, at: str) -> int:
    create(connection, table, f"{_KEY}, geom POINT")
    seen: list[float] = []

    def rows() -> Iterator[tuple[object, ...]]:
        for row in table.rows():
            where = point(row)
            if where:
                seen[:] = _grown(seen, where)
            yield (_blob(where), *row.cells)

    count = insert(connection, table, rows(), "geom")
    _contents(connection, table.name, "features", at, seen or None)
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (table.name,))
    return max(0, count)


def _grown(box: list[float], at: Point) -> list[float]:
    if not box:
        return [*at, *at]
    return [min(box[0], at[0]), min(box[1], at[1]), max(box[2], at[0]), max(box[3], at[1])]


def _contents(connection: sqlite3.Connection, name: str, kind: str, at: str, box: list[float] | None) -> None:
    row = (name, kind, name, "", at, *(box or (None, None, None, None)), 4326 if kind == "features" else None)
    connection.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _blob(at: Point | None) -> bytes | None:
    """A point in GeoPackage's form: a header, then well-known binary."""
    return None if at is None else b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, *at)
