"""`dateline export`: events for other people, with all that is needed to read, check and cite them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import excel_option, force_option, whole
from dateline.cli.ledger_options import (
    as_of_option,
    ledger_option,
    open_ledger,
    query_of,
    query_options,
    tell_understood,
)

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.ledger.access import Level
    from dateline.publishing import Edition

#: As dateline.publishing.FORMATS has them.
_FORMATS = ("csv", "jsonl", "geojson", "parquet")


@click.command()
@ledger_option
@query_options
@as_of_option
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Of the events; default: by --out, else csv.")
@click.option("--columns", metavar="NAMES", default="", help="Columns by name, with commas; default: the basic ones.")
@click.option("--list-columns", is_flag=True, help="Print the codebook and stop.")
@click.option("--without-names", is_flag=True, help="Leave out the names of private people, and titles of reports.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    default="events.zip",
    show_default=True,
    metavar="FILE",
    help=".zip: the whole package; .csv, .jsonl, .geojson, .parquet: the events alone.",
)
@click.option(
    "--words",
    type=click.Choice(["open", "team", "sealed"]),
    default="open",
    show_default=True,
    help="Of which reports words go in: open ones alone, the team's too, or all.",
)
@click.option(
    "--wacz",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write a web archive of the reports' original bytes (add --keep-originals) instead of the events.",
)
@click.option("--originals", type=click.Path(file_okay=False), metavar="DIR", help="Default: beside the ledger.")
@excel_option
@force_option
def export(  # noqa: PLR0913 - one argument an option
    ledger: str,
    as_of: int | None,
    form: str | None,
    columns: str,
    list_columns: bool,
    without_names: bool,
    out: str,
    words: Level,
    wacz: str | None,
    originals: str | None,
    excel: bool,
    **filters: Any,
) -> None:
    """Write events into a zip file: the table, its codebook, every figure by source, the sources, how to cite it, and
    checksums; or the table alone, by the ending of the file. The same ledger, revision and choices give the same bytes.

    \b
    Examples:
      dateline export --type bombing --place IQ --since 2024-01-01 --out bombings.zip
      dateline export --actor FMLN --out fmln.csv --excel
      dateline export --format geojson --reviewed accepted --without-names
      dateline export --columns event_id,start,place,killed --as-of 12
    """
    from dateline.custody.originals import beside
    from dateline.ledger.access import Right
    from dateline.publishing import Edition, codebook, note_export, written, written_bare

    if list_columns:
        for column in codebook():
            click.echo(f"{column.name:18} {'basic' if column.basic else '     '}  {column.about}")
        return
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    chosen, packed = _form(out, form, excel)
    edition = Edition(query_of(filters), chosen, names, not without_names, as_of, excel)
    with open_ledger(ledger) as opened:
        seen = opened.seen_by(Right(words))
        if wacz is not None:
            _archive(seen, edition, wacz, originals or str(beside(ledger)))
            return
        with whole(out, "wb") as stream:
            tell_understood(opened, edition.query, as_of)
            told = (written if packed else written_bare)(seen, edition, stream)
        if Path(out).is_file():
            with Path(out).open("rb") as file:
                note_export(opened, told, out, file)
    sources = f" from {told['sources']} reports" if packed else ""
    click.echo(f"{told['events']} events{sources}, revision {told['revision']}: {out}", err=True)
    if not packed:
        click.echo("A .zip also holds the codebook, every figure, the sources and how to cite it.", err=True)


def _archive(ledger: Ledger, edition: Edition, out: str, folder: str) -> None:
    """Write the web archive of the reports that tell of an edition's events, and tell the custody log."""
    from dateline.custody.originals import Originals
    from dateline.custody.wacz import kept_of, written
    from dateline.publishing import note_export

    revision = ledger.revision() if edition.as_of is None else edition.as_of
    events = ledger.all_events(edition.query, revision)
    keys = {account["report"] for event in events for account in event["accounts"]}
    kept = kept_of(ledger.lives(keys, revision))
    titles = {row["key"]: row["title"] for row in ledger.sources(keys)}
    at = next((row["at"] for row in ledger.revisions(revision, 1)), "")
    with whole(out, "wb") as stream:
        count = written(kept, Originals(Path(folder)), titles, at, stream)
    with Path(out).open("rb") as file:
        note_export(ledger, {"reports": sorted({one.report for one in kept}), "revision": revision}, out, file)
    click.echo(f"{count} originals of {len(keys)} reports: {out}", err=True)


def _form(out: str, form: str | None, excel: bool) -> tuple[str, bool]:
    """The format, and whether the whole package is written. Raises BadEdition (DL-P001) where the name of the file says
    another format than is asked for, or none that there is."""
    from dateline.publishing.errors import BadEdition

    ending = Path(out).suffix.lower().removeprefix(".")
    packed = ending in ("zip", "")
    if not packed and ending not in _FORMATS:
        raise BadEdition(f".{ending} is no format.", where=out, remedy=f"End it in .zip, .{', .'.join(_FORMATS)}.")
    if form is not None and not packed and form != ending:
        raise BadEdition(f"The file is named .{ending}, and {form} is asked for.", where=out)
    chosen = form or ("csv" if packed else ending)
    if excel and chosen != "csv":
        raise BadEdition("Only CSV has a mark for Excel.", where=out, remedy="Leave out --excel.")
    return chosen, packed
