"""SQLite: all tables in one database; the package has Datasette's metadata for it."""

from __future__ import annotations

import json
import sqlite3
from typing import IO, Any

from dateline.publishing.columns import tables
from dateline.publishing.formats import Whole
from dateline.publishing.formats._database import create, filled, insert, quoted


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the main table and the tables beside it, with an index for each column that refers to another table."""

    def fill(connection: sqlite3.Connection) -> int:
        count = 0
        for n, table in enumerate((whole.table, *whole.beside())):
            create(connection, table)
            rows = insert(connection, table, (tuple(row.cells) for row in table.rows()))
            count = rows if n == 0 else count
            for column in tables()[table.name].refers:
                if column in {c.name for c in table.columns}:
                    name = quoted(f"{table.name}_{column}")
                    connection.execute(f"CREATE INDEX {name} ON {quoted(table.name)} ({quoted(column)})")
        return count

    return max(0, filled(out, fill))


def datasette(whole_name: str, manifest: dict[str, Any]) -> str:
    """Datasette's metadata (docs.datasette.io/en/stable/metadata.html): titles, licence, and what each column means."""
    described = {
        name: {"description": spec.about, "columns": {c.name: c.about for c in spec.columns}}
        for name, spec in tables().items()
    }
    told = {
        "title": manifest["title"],
        "description": manifest["citation"],
        "license": manifest["licence"]["name"],
        "license_url": manifest["licence"]["url"],
        "databases": {whole_name: {"tables": described}},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
