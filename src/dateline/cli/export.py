"""`dateline export`: events for other people, with everything needed to read, check and cite them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import excel_option, force_option, number_of, whole
from dateline.cli.export_options import edition_of, edition_options, endings
from dateline.cli.ledger_options import as_of_option, ledger_option, open_ledger, query_options, tell_understood

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.ledger.access import Level
    from dateline.publishing import Edition


@click.command()
@ledger_option
@query_options
@as_of_option
@edition_options
@click.option("--list-columns", is_flag=True, help="Print the codebook and stop.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    default="events.zip",
    show_default=True,
    metavar="FILE",
    help=".zip: the whole package; the ending of a format (.csv, .xlsx, .gpkg, .stix.json, ...): the table alone.",
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
def export(
    ledger: str,
    as_of: int | None,
    list_columns: bool,
    out: str,
    words: Level,
    wacz: str | None,
    originals: str | None,
    excel: bool,
    **given: Any,
) -> None:
    """Write events into a zip file: the table, its codebook, every figure by source, the sources, how to cite it, and
    checksums; or the table alone, by the ending of the file. The same ledger, revision and choices give the same bytes.

    \b
    Examples:
      dateline export --type bombing --place IQ --since 2024-01-01 --out bombings.zip
      dateline export --actor FMLN --out fmln.csv --excel
      dateline export --level claim --format sqlite --names all
      dateline export --as acled --out acled.zip
      dateline export --format gpkg --coarse-place admin1 --coarse-days week --names none
      dateline export --columns event_id,start,place,killed --as-of 12
    """
    from dateline.custody.originals import beside
    from dateline.ledger.access import Right
    from dateline.publishing import note_export, written, written_bare

    if list_columns:
        return _list(given["level"])
    chosen, packed = _form(out, given.pop("form"), excel)
    edition = replace(edition_of(given, chosen, excel, as_of), words=words)
    with open_ledger(ledger) as opened:
        if wacz is not None:
            return _archive(opened.seen_by(Right(words)), edition, wacz, originals or str(beside(ledger)))
        with whole(out, "wb") as stream:
            tell_understood(opened, edition.query, as_of)
            told = (written if packed else written_bare)(opened, edition, stream)
        if Path(out).is_file():
            with Path(out).open("rb") as file:
                note_export(opened, told, out, file)
    return _tell(told, edition, packed, out)


def _tell(told: dict[str, Any], edition: Edition, packed: bool, out: str) -> None:
    """Say what was written, and what else there is."""
    sources = f" from {number_of(told['sources'], 'report')}" if packed else ""
    click.echo(f"{number_of(told['rows'], edition.level)}{sources}, revision {told['revision']}: {out}", err=True)
    if not told["rows"]:
        click.echo("No event is like that: the table is empty. `dateline events` takes the same filters.", err=True)
    if not packed:
        click.echo("A .zip also holds the codebook, every figure, the sources and how to cite it.", err=True)


def _list(level: str) -> None:
    from dateline.publishing.columns import tables

    for column in tables()[f"{level}s"].columns:
        click.echo(f"{column.name:18} {'basic' if column.basic else '     '}  {column.about}")


def _archive(ledger: Ledger, edition: Edition, out: str, folder: str) -> None:
    """Write the web archive of the reports behind an edition's events, and note it in the custody log."""
    from dateline.custody.originals import Originals
    from dateline.custody.wacz import kept_of, readable, written
    from dateline.publishing import note_export
    from dateline.publishing.paths import bare, shared_folder

    revision = ledger.revision() if edition.as_of is None else edition.as_of
    events = ledger.all_events(edition.query, revision)
    keys = {account.report for event in events for account in event.accounts}
    kept = readable(ledger, kept_of(ledger.lives(keys, revision)), revision)
    folder_of_all = shared_folder(ledger.files(revision))
    kept = [replace(one, url=bare(one.url, folder_of_all)) for one in kept]
    titles = {row["key"]: row["title"] for row in ledger.sources(keys)}
    at = next((row["at"] for row in ledger.revisions(revision, 1)), "")
    with whole(out, "wb") as stream:
        count = written(kept, Originals(Path(folder)), titles, at, stream)
    with Path(out).open("rb") as file:
        note_export(ledger, {"reports": sorted({one.report for one in kept}), "revision": revision}, out, file)
    click.echo(f"{count} originals of {len(keys)} reports: {out}", err=True)


def _form(out: str, form: str | None, excel: bool) -> tuple[str, bool]:
    """The format, and whether the whole package is written. Raises BadEdition (DL-P001) where the ending of the file
    name is for another format than the one asked for, or for no known format."""
    from dateline.publishing.errors import BadEdition

    name = Path(out).name.lower()
    packed = name.endswith(".zip") or "." not in name.lstrip(".")
    known = endings()
    fitting = [f for f, e in known.items() if name.endswith(f".{e}")]
    told = form if form in fitting else max(fitting, key=lambda f: len(known[f]), default=None)
    if not packed and told is None:
        remedy = f"End it in .zip, .{', .'.join(known.values())}."
        raise BadEdition(f"{Path(out).suffix or out} is no format.", where=out, remedy=remedy)
    if form is not None and not packed and form != told:
        raise BadEdition(f"The file is named .{known[told or 'csv']}, and {form} is asked for.", where=out)
    chosen = form or ("csv" if packed else told) or "csv"
    if excel and chosen != "csv":
        raise BadEdition("Only CSV has a mark for Excel.", where=out, remedy="Leave out --excel.")
    return chosen, packed
