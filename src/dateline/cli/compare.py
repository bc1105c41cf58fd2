"""`dateline compare`: our events beside those of another project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import force_option, read_weights, weights_option, whole
from dateline.cli.ledger_options import open_ledger

if TYPE_CHECKING:
    from dateline.publishing.comparing import Comparison

#: The names of dateline.publishing.theirs.mappings.
_KNOWN = ("acled", "dateline", "gtd", "ucdp")


@click.command()
@click.argument("ours")
@click.argument("theirs", type=click.Path(exists=True, dir_okay=False))
@click.option("--theirs-are", type=click.Choice(_KNOWN), help="Whose file it is; default: told by its columns.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE.yaml",
    help="How any other CSV is read (docs/compare.md).",
)
@click.option(
    "--table", type=click.Path(dir_okay=False), metavar="FILE.csv", help="Write each match and what each lacks."
)
@click.option("--map", "chart", type=click.Path(dir_okay=False), metavar="FILE.geojson", help="Write a map of them.")
@weights_option
@force_option
def compare(
    ours: str,
    theirs: str,
    theirs_are: str | None,
    mapping: str | None,
    table: str | None,
    chart: str | None,
    weights: str | None,
) -> None:
    """Compare our events (a ledger, or an export with events.csv) with another project's table: ACLED, UCDP GED, GTD,
    or any CSV with a small mapping. Events are matched by time, place, type, figures and parties, with the weights of
    linking; each match says why. What lies outside their countries and days is not counted as lacking.

    \b
    Examples:
      dateline compare ledger.sqlite acled.csv --table differences.csv --map differences.geojson
      dateline compare events.zip GEDEvent_v24_1.csv
      dateline compare ledger.sqlite incidents.csv --mapping incidents.yaml
    """
    from dateline.linking.weights import default_weights
    from dateline.publishing import comparing
    from dateline.publishing.theirs import guessed, mapping_of, read, rows_of

    rows = rows_of(Path(theirs))
    how = mapping_of(
        theirs_are or (None if mapping else guessed(rows[0] if rows else ())), Path(mapping) if mapping else None
    )
    yours = list(read(rows, how, "theirs"))
    mine = comparing.within(read(_own(ours), mapping_of("dateline"), "ours"), yours)
    found = comparing.compare(mine, yours, read_weights(weights) or default_weights())
    for line in comparing.in_words(found, how.title):
        click.echo(line)
    _write(found, table, chart)


def _own(ours: str) -> list[dict[str, str]]:
    """The rows of our events, from an export or a ledger."""
    from dateline.publishing.theirs import rows_of

    if ours.endswith((".zip", ".csv")):
        return rows_of(Path(ours))
    from dateline.publishing.frames import table_of

    with open_ledger(ours) as ledger:
        table = table_of(ledger, names="all")
        names = [column.name for column in table.columns]
        cells = (row.cells for row in table.rows())
        return [{n: "" if c is None else str(c) for n, c in zip(names, row, strict=True)} for row in cells]


def _write(found: Comparison, table: str | None, chart: str | None) -> None:
    from dateline.ledger.rows import as_json
    from dateline.publishing import comparing
    from dateline.publishing.tables import write_csv

    if table:
        with whole(table, "wb") as stream:
            write_csv(stream, comparing.TABLE, comparing.rows(found))
        click.echo(f"{table}: each match and what each lacks", err=True)
    if chart:
        with whole(chart, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(as_json({"type": "FeatureCollection", "features": comparing.features(found)}) + "\n")
        click.echo(f"{chart}: the map", err=True)
