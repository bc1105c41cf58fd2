"""Removes actors that a user added."""

from __future__ import annotations

from pathlib import Path

from dateline.model.errors import BadActor
from dateline.who.actors import _own_file, _write_own, own_rows


def own_actors_file() -> Path:
    """The file that holds the actors that the user added."""
    return _own_file()


def remove_actor(key: str) -> None:
    """Remove an actor from the user's own file. Raises BadActor (DL-E009) where the file has no actor with this id, or
    has others that belong to it; CannotWrite (DL-E007)."""
    rows = own_rows()
    if key not in rows:
        known = f"Yours are {', '.join(sorted(rows))}." if rows else "You have added none."
        raise BadActor(f"{key!r} is no actor of your own.", remedy=known)
    branches = sorted(branch for branch, row in rows.items() if row.parent == key)
    if branches:
        raise BadActor(f"{', '.join(branches)} belong to {key!r}.", remedy="Remove these first.")
    _write_own({other: row for other, row in rows.items() if other != key})
