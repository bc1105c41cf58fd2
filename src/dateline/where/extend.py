"""Builds a user's own gazetteer: the packaged one, with the full GeoNames dump and places from tables added.

The file is written whole to the user's folder (`dateline.model.home`) or not at all. From then on it is used instead of
the packaged one. A place that is in both keeps the packaged entry.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from dateline.model.errors import BadTable, CannotWrite, MissingGazetteer, NoSuchPath
from dateline.model.home import home
from dateline.where.folding import fold, without_article

KINDS = ("country", "region", "admin1", "district", "city", "neighbourhood", "site")
#: Ids of places that users add start at this number.
_USERS = 2_000_000_000
_MOST_ROWS = 50_000
_LONGEST_NAME = 80
#: GeoNames feature codes (geonames.org/export/codes.html) -> kind. All other codes of class P (populated places) are
#: cities.
_CODES = {
    "PPLX": "neighbourhood", "ADM1": "admin1", "ADM2": "district", "ADM3": "district", "ADM4": "district",
    "RGN": "region", "DSRT": "region", "AREA": "region", "MTS": "region", "ISL": "region", "ISLS": "region",
    "CMP": "site", "CMPREF": "site", "CMPMN": "site", "PRN": "site", "AIRB": "site", "AIRP": "site", "AIRF": "site",
    "INSM": "site", "MILB": "site", "BDG": "site", "DAM": "site", "HSP": "site", "UNIV": "site", "MSQE": "site",
    "CH": "site", "MSTY": "site", "PS": "site", "OILR": "site", "OILF": "site", "PSTB": "site", "MNMT": "site",
    "MT": "site", "PASS": "site", "VAL": "region", "LCTY": "city",
}  # fmt: skip
_GONE = frozenset(("PPLH", "PPLQ", "PPLW", "ADM1H", "ADM2H", "ADM3H"))
_COLUMNS = 19


class _Row(NamedTuple):
    id: int
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """The file that was made: its path, and how many places it has beyond those of the packaged gazetteer."""

    path: Path
    geonames: int
    added: int


def target() -> Path:
    """The path of the user's own gazetteer, whether it exists or not."""
    return home() / "gazetteer.sqlite"


def build(packaged: Path, geonames: Path | None = None, tables: Sequence[Path] = ()) -> Built:
    """Write the user's gazetteer from the packaged file, GeoNames' `allCountries` (.txt or .zip) and CSV tables.

    Raises NoSuchPath (DL-E001), BadTable (DL-E008) naming the line, CannotWrite (DL-E007).
    """
    if not packaged.exists():
        raise MissingGazetteer("The gazetteer is not installed.", where=str(packaged))
    for path in [*tables, *([geonames] if geonames else [])]:
        if not path.exists():
            raise NoSuchPath("There is no such file.", where=str(path))
    path = target()
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packaged, draft)
        with _writing(draft) as db:
            first = _insert(db, _geonames_rows(geonames)) if geonames else 0
            second = _insert(db, (row for n, table in enumerate(tables) for row in _table_rows(table, n)))
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(path)) from None
    finally:
        draft.unlink(missing_ok=True)
    return Built(path, first, second)


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path)
    try:
        db.executescript("pragma journal_mode = off; pragma synchronous = off;")
        yield db
        db.commit()
    finally:
        db.close()


def _insert(db: sqlite3.Connection, rows: Iterable[_Row]) -> int:
    """Insert in batches, so that memory does not grow. Returns how many places were new."""
    before = db.execute("select count(*) from place").fetchone()[0]
    rows = iter(rows)
    while batch := list(islice(rows, _MOST_ROWS)):
        db.executemany("insert or ignore into place values (?, ?, ?, ?, ?, ?, ?, ?)", (r[:8] for r in batch))
        db.executemany("insert or ignore into name values (?, ?, ?)", (n for r in batch for n in _names(r)))
    return int(db.execute("select count(*) from place").fetchone()[0] - before)


def _names(row: _Row) -> Iterator[tuple[str, int, int]]:
    """Folded name, place, rank: its main name (2), another one (1), either without the Arabic article (0)."""
    for rank, name in ((2, row.name), *((1, other) for other in row.others)):
        key = fold(name)
        if key and len(key) <= _LONGEST_NAME:
            yield key, row.id, rank
            if without_article(key) != key:
                yield without_article(key), row.id, 0


# ---------------------------------------------------------------- GeoNames


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inner = next((n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()), None)
            if inner is None:
                raise BadTable("The archive holds no .txt file.", where=str(path))
            with archive.open(inner) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except zipfile.BadZipFile:
        raise BadTable("It is no zip archive, or a truncated one.", where=str(path)) from None


def _geonames_rows(path: Path) -> Iterator[_Row]:
    """The places of the dump. It is read twice, the first time for the names of provinces."""
    provinces: dict[tuple[str, str], str] = {}
    with _opened(path) as stream:
        for line in stream:
            if "\tADM1\t" in line:
                cells = line.split("\t")
                provinces[cells[8], cells[10]] = cells[1]
    with _opened(path) as stream:
        for number, line in enumerate(stream, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != _COLUMNS:
                raise BadTable(f"{len(cells)} columns where GeoNames has {_COLUMNS}.", where=f"{path}:{number}")
            row = _geonames_row(cells, provinces)
            if row is not None:
                yield row


def _geonames_row(cells: list[str], provinces: dict[tuple[str, str], str]) -> _Row | None:
    code = cells[7]
    kind = _CODES.get(code) or ("city" if cells[6] == "P" and code not in _GONE else None)
    if kind is None:
        return None
    others = tuple(n for n in (cells[2], *cells[3].split(",")) if n and n != cells[1])
    return _Row(
        int(cells[0]), cells[1], kind, cells[8] or None, provinces.get((cells[8], cells[10])),
        float(cells[4]), float(cells[5]), int(cells[14] or 0), others,
    )  # fmt: skip


# ---------------------------------------------------------------- tables of users


def _table_rows(path: Path, number: int) -> Iterator[_Row]:
    """Rows of a CSV file with the columns name, kind, country, lat, lon; the columns admin1, population, also are
    optional."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"name", "kind", "country", "lat", "lon"} - set(reader.fieldnames or ())
        if missing:
            raise BadTable(f"It lacks the column {sorted(missing)[0]!r}.", where=str(path))
        for line, cells in enumerate(reader, 2):
            yield _table_row(cells, _USERS + number * 10_000_000 + line, f"{path}:{line}")


def _table_row(cells: dict[str, str], place: int, where: str) -> _Row:
    name, kind, country = cells["name"].strip(), cells["kind"].strip(), cells["country"].strip().upper()
    if not name:
        raise BadTable("It has no name.", where=where)
    if kind not in KINDS:
        raise BadTable(f"{kind!r} is no kind; kinds are {', '.join(KINDS)}.", where=where)
    if country and not (len(country) == 2 and country.isalpha()):
        raise BadTable(f"{country!r} is no country code of two letters.", where=where)
    lat, lon = _degrees(cells["lat"], 90, where), _degrees(cells["lon"], 180, where)
    population = cells.get("population") or "2000000"
    if not population.isdigit():
        raise BadTable(f"{population!r} is no number of people.", where=where)
    others = tuple(n.strip() for n in (cells.get("also") or "").split(";") if n.strip())
    return _Row(place, name, kind, country or None, cells.get("admin1") or None, lat, lon, int(population), others)


def _degrees(text: str, most: int, where: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise BadTable(f"{text!r} is no number of degrees.", where=where) from None
    if not -most <= value <= most:
        raise BadTable(f"{text} degrees are more than {most}.", where=where)
    return value
