"""Search for words and in boxes, which each database does in its own way (SQLite: FTS5 and R*Tree; PostgreSQL: tsvector
and GiST)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, column, func, literal, select, table, text

from dateline.ledger.tables import places

_WORD = re.compile(r"\w+")
_SQLITE = (
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE boxes USING rtree(id, south, north, west, east)",
)
_POSTGRES = (
    "CREATE TABLE words (account integer PRIMARY KEY REFERENCES accounts (num), text tsvector NOT NULL)",
    "CREATE INDEX words_text ON words USING gin (text)",
    "CREATE INDEX places_point ON places USING gist (point(lon, lat))",
)
#: Names of tables that SQLite and Alembic make for themselves: they are not part of tables.py.
OWN = re.compile(r"^(words|boxes)(_\w+)?$|^sqlite_|^alembic_version$")


def statements(dialect: str) -> tuple[str, ...]:
    """SQL statements that the first migration runs besides making the tables."""
    return _SQLITE if dialect == "sqlite" else _POSTGRES


def folded(words: str) -> str:
    """Words as they are searched: without case and accents, separated by one space."""
    # Removing accents does not change the dotless i of Turkish, so it is replaced here; both have the capital I.
    plain = unicodedata.normalize("NFKD", words.casefold()).replace("ı", "i")
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def index_words(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Make accounts findable by the words of their sentences: (account, text) rows."""
    values = [{"account": account, "text": folded(words)} for account, words in rows]
    if not values:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words (rowid, text) VALUES (:account, :text)"), values)
    else:
        connection.execute(
            text("INSERT INTO words (account, text) VALUES (:account, to_tsvector('simple', :text))"), values
        )


def forget_words(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Take the words of accounts out of the index."""
    values = [{"account": account, "text": folded(words)} for account, words in rows]
    if not values:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words (words, rowid, text) VALUES ('delete', :account, :text)"), values)
    else:
        connection.execute(text("DELETE FROM words WHERE account = :account"), values)


def index_places(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Make places (rows of `places`, with `num`) findable by where they lie."""
    values = [
        {"num": r["num"], "lat": r["lat"], "lon": r["lon"]}
        for r in rows
        if r["lat"] is not None and r["lon"] is not None
    ]
    if values and connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO boxes VALUES (:num, :lat, :lat, :lon, :lon)"), values)


def accounts_with(connection: Connection, words: str) -> Any:
    """A SELECT of the accounts (by number) with all of the words."""
    wanted = folded(words).split()
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{word}"' for word in wanted)
        found = table("words", column("rowid", Integer))
        return select(found.c.rowid).where(text("words MATCH :words").bindparams(words=match))
    found = table("words", column("account", Integer), column("text"))
    query = func.to_tsquery("simple", literal(" & ".join(f"'{word}'" for word in wanted)))
    return select(found.c.account).where(found.c.text.op("@@")(query))


def inside(connection: Connection, box: tuple[float, float, float, float]) -> ColumnElement[bool]:
    """The condition that a place lies in a box (west, south, east, north) in degrees. If west is greater than east, the
    box crosses the date line."""
    west, south, east, north = box
    if west > east:
        return inside(connection, (west, south, 180.0, north)) | inside(connection, (-180.0, south, east, north))
    exact = places.c.lat.between(south, north) & places.c.lon.between(west, east)
    if connection.dialect.name == "sqlite":
        found = table("boxes", column("id", Integer), column("south"), column("north"), column("west"), column("east"))
        # R*Tree has single precision, rounded outwards: it finds places near the box, and the columns decide.
        near = select(found.c.id).where(
            found.c.north >= south, found.c.south <= north, found.c.east >= west, found.c.west <= east
        )
        return places.c.num.in_(near) & exact
    point = func.point(places.c.lon, places.c.lat)
    return point.op("<@", is_comparison=True)(func.box(func.point(west, south), func.point(east, north))) & exact
