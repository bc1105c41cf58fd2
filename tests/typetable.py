"""The page of the docs on event types, as made from knowledge/types.yaml: `python -m tests.typetable` writes it, a test
of tests/test_docs.py compares."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from dateline.model import types
from dateline.model.vocabulary import What

FILE = Path(__file__).parent.parent / "docs" / "types.md"
_HEAD = """# Event types

Each type once, in the order of the page. `python -m tests.typetable` makes this page from `model/knowledge/types.yaml`,
which says what else is known of a type.

"Told as": within a report, accounts of two types may be one happening where these have a word in common. "Linked as":
across reports, only accounts with the same word here are compared. "Rank": of two types that are one, that with the
lower number stays.
"""


def _words(given: Iterable[str], order: tuple[str, ...] = ()) -> str:
    return ", ".join(sorted(given, key=order.index if order else None)) or "-"


def described() -> str:
    """The page, as it is kept."""
    parts = [_HEAD]
    for group in types.groups():
        parts += [f"\n## {group.group}\n\n{group.about}\n", _table([types.of(t) for t in types.in_group(group.group)])]
    return "\n".join(parts)


def _table(rows: list[types.EventType]) -> str:
    lines = ["| type | means | rank | told as | linked as | counts | methods |", "| --- " * 7 + "|"]
    for one in rows:
        rank = "-" if one.rank == types.LAST else str(one.rank)
        counts = _words(one.counts, get_args(What))
        cells = (f"`{one.type}`", one.about, rank, _words(one.told_as), one.family or "-", counts)
        lines.append(f"| {' | '.join(cells)} | {'yes' if one.methods else '-'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(described(), encoding="utf-8")
