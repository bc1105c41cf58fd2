"""Tables in memory for Arrow, pandas and GeoPandas, with the columns of exports (`dateline export --list-columns`).

The columns of pandas use Arrow's memory (`pd.ArrowDtype`), so that nothing is copied.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.ledger import Ledger, Query
from dateline.ledger.access import SealedReport
from dateline.model import Coding
from dateline.model.errors import NotInstalled
from dateline.model.event import AccountKey, Event
from dateline.publishing.columns import cells, codebook, tables, told_by
from dateline.publishing.edition import Edition, Level
from dateline.publishing.errors import BadEdition, BadExport
from dateline.publishing.formats.geoparquet import wkb
from dateline.publishing.formats.parquet import batches_of, schema_of
from dateline.publishing.levels import Row, Table, Told, as_event
from dateline.publishing.names import Policy
from dateline.publishing.verifying import manifest_in, opened

#: The name of the column of points.
_GEOMETRY = "geometry"


def arrow_of(table: Table, points: bool = False) -> Any:
    """A table as a pyarrow.Table. With `points`, the last column holds points, as well-known binary.

    Raises NotInstalled (DL-E010).
    """
    schema = schema_of(table.columns)
    import pyarrow as pa

    if points:
        schema = schema.append(pa.field(_GEOMETRY, pa.binary()))
    more = (wkb,) if points else ()
    made = [pa.table(some, schema=schema) for some in batches_of(table, *more)]
    return pa.concat_tables(made) if made else schema.empty_table()


def frame_of(table: Table) -> Any:
    """A table as a pandas.DataFrame that uses Arrow's memory. Raises NotInstalled (DL-E010)."""
    pandas = _needed("pandas", "frames")
    return arrow_of(table).to_pandas(types_mapper=pandas.ArrowDtype)


def geo_of(table: Table) -> Any:
    """A table as a geopandas.GeoDataFrame, in WGS 84. Raises NotInstalled (DL-E010)."""
    geopandas, pandas = _needed("geopandas", "geo"), _needed("pandas", "geo")
    made = arrow_of(table, points=True)
    points = geopandas.GeoSeries.from_wkb(made.column(_GEOMETRY).to_pandas(), crs="EPSG:4326")
    frame = made.drop_columns([_GEOMETRY]).to_pandas(types_mapper=pandas.ArrowDtype)
    return geopandas.GeoDataFrame(frame, geometry=points)


def _needed(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise NotInstalled(f"This needs {name}.", remedy=f"pip install 'dateline[{extra}]'.") from None


# ---------------------------------------------------------------- of what


def table_of(
    ledger: Ledger,
    query: Query | None = None,
    level: Level = "event",
    as_of: int | None = None,
    names: Policy = "officials",
    columns: Iterable[str] = (),
) -> Table:
    """The table of a ledger's events, accounts or claims. Raises BadEdition (DL-P001), BadQuery (DL-L014)."""
    edition = Edition((query or Query()).checked(), columns=tuple(columns), names=names, level=level)
    _checked(level)
    return Told.of(ledger, edition, ledger.revision() if as_of is None else as_of).table(f"{level}s")


def table_of_events(
    events: Sequence[Event], codings: Callable[[str], tuple[Coding, str]] | None, level: Level, names: Policy
) -> Table:
    """The table of the given events, or of their accounts or claims. `codings` gives a report's coding by its key."""
    _checked(level)

    def readable(keys: Iterable[str]) -> dict[str, tuple[Coding, str]]:
        if codings is None:
            raise BadEdition("These events do not know their reports.", remedy="Ask a ledger for accounts and claims.")
        found = {}
        for key in keys:
            with suppress(SealedReport):
                found[key] = codings(key)
        return found

    return Told(Edition(names=names, level=level), lambda: events, readable, lambda keys: []).table(f"{level}s")


def table_of_coding(coding: Coding, level: Level, names: Policy) -> Table:
    """The table of what one report says, with a row for each account (each as an event of its own) or each claim."""
    if level == "event":
        from dateline.linking import link

        found = link([coding])
        columns = tuple(c for c in told_by(found[0]) if c.basic) if found else codebook()
        rows = [Row(cells(event, columns), event.where, event) for event in found]
        return Table("events", columns, lambda: rows)
    from dateline.linking.facts import account_key, report_key

    key, uri = report_key(coding.report), coding.report.uri
    keys = (AccountKey(uri, account.id, account_key(key, account.id), key) for account in coding.accounts)
    events = [as_event(own.key, own, account) for own, account in zip(keys, coding.accounts, strict=True)]
    return table_of_events(events, lambda _: (coding, _coder_of(coding)), level, names)


def _coder_of(coding: Coding) -> str:
    from dateline.version import CODER, VERSION

    return str(coding.by) if coding.by else f"{CODER} {VERSION}"


def _checked(level: str) -> None:
    if f"{level}s" not in ("events", "accounts", "claims"):
        raise BadEdition(f"{level!r} is no level. Known: event, account, claim.")


# ---------------------------------------------------------------- an export


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was read: its manifest, and its tables by their names, each a pandas.DataFrame."""

    manifest: Mapping[str, Any]
    tables: Mapping[str, Any]

    def __repr__(self) -> str:
        told = ", ".join(f"{name} ({len(frame)})" for name, frame in self.tables.items())
        return f"<Export {self.manifest['title']}: {told}>"

    def to_frame(self, table: str | None = None) -> Any:
        """A table of the export by its name; without a name, the main table. Raises BadExport (DL-P002)."""
        name = table or self.manifest["layout"] or f"{self.manifest['level']}s"
        if name not in self.tables:
            raise BadExport(f"It has no table {name!r}. It has: {', '.join(self.tables)}.")
        return self.tables[name]


def read_export(path: str | Path) -> Export:
    """Read an export and check its checksums. The tables have the types of the codebook; days are dates.

    Raises BadExport (DL-P002), NotInstalled (DL-E010).
    """
    pandas = _needed("pandas", "frames")
    with opened(path) as archive:
        manifest = manifest_in(archive, str(path))
        made = {}
        for name in archive.namelist():
            stem, _, ending = name.partition(".")
            data = io.BytesIO(archive.read(name))
            if ending == "csv" and stem not in ("codebook", "losses"):
                made[stem] = _csv(pandas, data, stem)
            elif ending in ("parquet", "geoparquet"):
                made[stem] = pandas.read_parquet(data, dtype_backend="pyarrow")
            elif ending == "hxl.csv":
                made[stem] = pandas.read_csv(data, skiprows=[1])
            elif ending == "jsonl" and not manifest["layout"]:
                made[stem] = pandas.DataFrame([json.loads(line) for line in data.read().splitlines()])
            elif ending in ("sqlite", "gpkg"):
                made |= _database(pandas, data.getvalue())
            elif ending == "xlsx" and _needed("openpyxl", "frames"):
                made |= pandas.read_excel(data, sheet_name=None)
    return Export(manifest, made)


def _csv(pandas: Any, data: io.BytesIO, stem: str) -> Any:
    """A CSV table with the types of the codebook. Texts stay texts, even if they look like numbers."""
    if stem not in tables():
        return pandas.read_csv(data, keep_default_na=False, na_values=[""])
    kinds = {c.name: c.kind for c in tables()[stem].columns}
    head = pandas.read_csv(data, nrows=0).columns
    data.seek(0)
    texts = {name: "string" for name in head if kinds.get(name) not in ("number", "day")}
    days = [name for name in head if kinds.get(name) == "day"]
    return pandas.read_csv(data, dtype=texts, parse_dates=days, keep_default_na=False, na_values=[""])


def _database(pandas: Any, data: bytes) -> dict[str, Any]:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: pandas.read_sql(f'select * from "{name}"', connection) for name in names if name in tables()}
    finally:
        connection.close()
