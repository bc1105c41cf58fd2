"""Reports for the tests of volume: many enough for several parts, some that are rejected, some that tell of nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TOWNS = ("Kabul", "Mosul", "Gao", "Izmir", "Lahore", "Aleppo", "Maiduguri", "Cali")
_TOLD = (
    "A bomb killed {n} people in {town} on Monday, police said. The market was full.",
    "Police arrested {n} men in {town} on Tuesday over the attack on a school.",
    "Gunmen kidnapped {n} teachers near {town}, officials said.",
    "The football club of {town} won its match by {n} goals on Sunday. Fans sang until late.",
)


def rows(count: int) -> list[dict[str, Any]]:
    """Rows as a table of reports has them; the seventh of ten has no text, the ninth a date that is none."""
    found = []
    for k in range(count):
        text = _TOLD[k % 4].format(n=k % 9 + 2, town=_TOWNS[k % 8])
        published = "2024-13-40" if k % 10 == 9 else f"2024-05-{k % 28 + 1:02}"
        found.append({"uri": f"made:{k}", "text": " " if k % 10 == 7 else text, "published": published,
                      "title": None, "publisher": "The Gazette"})  # fmt: skip
    return found


def write_lines(path: Path, count: int) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count)), encoding="utf-8")
    return path


def write_parquet(path: Path, count: int, first: int = 0) -> Path:
    """A file of Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    form = pa.schema([(name, pa.string()) for name in ("uri", "text", "published", "title", "publisher")])
    pq.write_table(pa.Table.from_pylist(rows(first + count)[first:], schema=form), path)
    return path
