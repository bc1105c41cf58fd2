"""Reads what `dateline code` wrote with any engine: JSON lines and Parquet, files and folders of parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.engines.seam import Coded, rejection
from dateline.model import Coding
from dateline.model.errors import BadRecord, NoReports, NoSuchPath

_SUFFIXES = (".jsonl", ".ndjson", ".parquet")
#: Rows of Parquet that are read at once.
_ROWS = 64


def written_files(paths: Sequence[str]) -> list[Path]:
    """The files that the paths stand for: of folders the parts, in order of name; names that begin with `_` or `.` are
    no parts. Raises NoSuchPath (DL-E001), NoReports (DL-E002)."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES and _is_part(p.relative_to(path)))
            if not inside:
                raise NoReports("The folder holds no codings.", where=name, remedy="Name what `dateline code` wrote.")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise NoSuchPath("There is no such file or folder.", where=name)
    return found


def written(paths: Sequence[str]) -> Iterator[Coded]:
    """The codings and rejections in files and folders, read one by one. Memory does not grow with their number.

    Raises BadRecord (DL-E005), which says where.
    """
    for path in written_files(paths):
        yield from _of_parquet(path) if _is_parquet(path) else _of_lines(path)


def written_count(paths: Sequence[str]) -> int | None:
    """How many codings and rejections there are; None where that is known only after reading them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = written_files(paths)
    if not all(_is_parquet(path) for path in files):
        return None
    try:
        return sum(int(pq.read_metadata(path).num_rows) for path in files)
    except (pa.ArrowException, OSError):
        return None  # The error is raised later, when they are read.


def _is_part(path: Path) -> bool:
    return not any(part.startswith(("_", ".")) for part in path.parts)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _of_lines(path: Path) -> Iterator[Coded]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _coding(line, f"{path}:{number}")


def _of_parquet(path: Path) -> Iterator[Coded]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            if not {"record", "rejected"} <= set(file.schema_arrow.names):
                raise BadRecord('There are no columns "record" and "rejected".', where=str(path))
            number = 0
            for batch in file.iter_batches(_ROWS, columns=["record", "rejected"]):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_row(row, f"{path}:{number}")
    except pa.ArrowException as error:
        raise BadRecord(f"Not Parquet: {error}.", where=str(path)) from None


def _of_row(row: dict[str, Any], where: str) -> Coded:
    if row["rejected"] is not None:
        try:
            return rejection(json.loads(row["rejected"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BadRecord(f"The reason of a rejection cannot be read ({error}).", where=where) from None
    return _coding(row["record"] or "", where)


def _coding(line: str | bytes, where: str) -> Coding:
    try:
        return Coding.from_json(line)
    except BadRecord as error:
        error.where = where
        raise
