"""`dateline export`: events for other people, with all that is needed to read, check and cite them."""

from __future__ import annotations

from typing import Any

import click

from dateline.cli.common import whole
from dateline.cli.ledger_options import (
    as_of_option,
    ledger_option,
    open_ledger,
    query_of,
    query_options,
)

#: As dateline.publishing.FORMATS has them.
_FORMATS = ("csv", "jsonl", "geojson", "parquet")


@click.command()
@ledger_option
@query_options
@as_of_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="csv", show_default=True)
@click.option("--columns", metavar="NAMES", default="", help="Columns by name, with commas; default: the basic ones.")
@click.option("--list-columns", is_flag=True, help="Print the codebook and stop.")
@click.option("--without-names", is_flag=True, help="Leave out the names of private people, and titles of reports.")
@click.option("--out", type=click.Path(dir_okay=False), default="events.zip", show_default=True, metavar="FILE.zip")
def export(
    ledger: str,
    as_of: int | None,
    form: str,
    columns: str,
    list_columns: bool,
    without_names: bool,
    out: str,
    **filters: Any,
) -> None:
    """Write events into a zip file: the table, its codebook, every figure by source, the sources, how to cite it, and
    checksums. The same ledger, revision and choices give the same bytes.

    \b
    Examples:
      dateline export --type bombing --place IQ --since 2024-01-01 --out bombings.zip
      dateline export --format geojson --reviewed accepted --without-names
      dateline export --columns event_id,start,place,killed --as-of 12
    """
    from dateline.publishing import Edition, codebook, written

    if list_columns:
        for column in codebook():
            click.echo(f"{column.name:18} {'basic' if column.basic else '     '}  {column.about}")
        return
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    edition = Edition(query_of(filters), form, names, not without_names, as_of)
    with open_ledger(ledger) as opened, whole(out, "wb") as stream:
        told = written(opened, edition, stream)
    click.echo(f"{told['events']} events from {told['sources']} reports, revision {told['revision']}: {out}", err=True)
