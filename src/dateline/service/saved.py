"""Saved queries: query strings of the page, each under a name."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select

from dateline.ledger import Ledger
from dateline.ledger.digests import said_of
from dateline.ledger.rows import insert
from dateline.ledger.tables import saved
from dateline.service.errors import BadRequest, NotFound
from dateline.service.params import asked_of

_LONGEST = 100


class Saved:
    """The saved queries of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._store = ledger.store

    def all(self) -> list[dict[str, str]]:
        """All saved queries, in order of their names."""
        with self._store.reading() as connection:
            return [dict(row) for row in connection.execute(select(*said_of(saved)).order_by(saved.c.name)).mappings()]

    def one(self, name: str) -> dict[str, str]:
        """A saved query by its name. Raises NotFound (DL-S009)."""
        with self._store.reading() as connection:
            row = connection.execute(select(*said_of(saved)).where(saved.c.name == name)).mappings().first()
        if row is None:
            raise NotFound("There is no such saved query.", where=name, remedy="/api/v1/saved lists them.")
        return dict(row)

    def save(self, name: str, query: str, by: str) -> dict[str, str]:
        """Save a query under a name. Raises BadQuery (DL-L014), BadRequest (DL-S010)."""
        if not name.strip() or len(name) > _LONGEST or not name.isprintable() or "/" in name:
            raise BadRequest(f"A name has up to {_LONGEST} printable characters and no slash.", where=name)
        asked_of(query)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        row = {"name": name, "query": query, "by": by, "at": now}
        with self._store.writing() as connection:
            connection.execute(delete(saved).where(saved.c.name == name))
            insert(connection, saved, [row])
        return row

    def forget(self, name: str) -> None:
        """Delete a saved query. Raises NotFound (DL-S009)."""
        with self._store.writing() as connection:
            if connection.execute(delete(saved).where(saved.c.name == name)).rowcount == 0:
                raise NotFound("There is no such saved query.", where=name, remedy="/api/v1/saved lists them.")
