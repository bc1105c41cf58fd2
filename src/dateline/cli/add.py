"""`dateline add`: adds reports to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.coder_options import CoderChoice, coder_options
from dateline.cli.common import (
    day_given,
    look_for_little_garbage,
    number_of,
    published_option,
    talk,
    time_limit_option,
)
from dateline.cli.fetching import fetch_option, reports_of_paths
from dateline.cli.ledger_options import by_option, ledger_option, open_ledger
from dateline.cli.stopping import stopping
from dateline.cli.tally import Tally, accepted, finish

if TYPE_CHECKING:
    from dateline.custody.files import FileOrigins
    from dateline.engines.linked import Linked
    from dateline.ledger import Added, Ledger


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@ledger_option
@published_option
@by_option
@click.option("--note", default="", help="A word on these reports, kept with the revision.")
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Code in N processes.")
@fetch_option
@time_limit_option
@coder_options
@click.option(
    "--coded",
    "--codings",
    "codings",
    is_flag=True,
    help="The paths hold what `dateline code` wrote (JSON lines, Parquet, folders of parts), not reports.",
)
@click.option(
    "--linked",
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="With --coded: take over what `dateline link --engine spark` found in these codings, into a new ledger.",
)
@click.option(
    "--keep-originals", is_flag=True, help="Keep the bytes of the files, too: beside the ledger, by their SHA-256."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def add(  # noqa: PLR0913 - one argument an option
    paths: tuple[str, ...],
    ledger: str,
    published: str | None,
    by: str | None,
    note: str,
    processes: int,
    fetch: bool,
    time_limit: float,
    choice: CoderChoice,
    keep_originals: bool,
    codings: bool,
    linked: str | None,
    quiet: bool,
) -> None:
    """Code reports and add them to a ledger; what is there already is passed over.

    Reports are written in batches, each whole or not at all: a command that was stopped can be run again.

    \b
    Examples:
      dateline add news/
      dateline add https://paper.example/2024/05/15/blast
      dateline add monday.jsonl --ledger postgresql://me@localhost/events --processes 2
      dateline add --coded coded/ --ledger archive.sqlite
      dateline add --coded coded/ --linked events/ --ledger archive.sqlite
    """
    look_for_little_garbage()
    from dateline.engines import code_all
    from dateline.engines.written import written, written_count
    from dateline.readers import expected

    published = day_given(published)
    if linked and not codings:
        raise click.UsageError("--linked goes with --coded.")
    if choice.dry_run:
        return talk(choice.would_take(reports_of_paths(paths, published, fetch)), quiet=False)
    tally = Tally()
    origins = _origins(ledger, keep_originals)
    coming = written_count(paths) if codings else expected(paths)
    links = _links(linked, paths) if linked else None
    with open_ledger(ledger, create=True, by=by) as opened:
        if codings:
            coded = written(paths)
        elif choice.is_rules:
            reports = reports_of_paths(paths, published, fetch, told=origins.came)
            coded = code_all(reports, processes, time_limit=time_limit)
        else:
            coded = choice.coded(reports_of_paths(paths, published, fetch, told=origins.came))
        with stopping() as stop:
            try:
                told = stop.until(accepted(coded, tally, quiet, coming, choice.using()))
                before = opened.revision()
                added = opened.add(told, note, bulk=codings, origins=origins, links=links)
                _settle(opened, choice, quiet, before, codings or stop.wanted)
            finally:
                choice.tell(tally, quiet)
    _tell(added, tally, opened.store.name, quiet and not stop.wanted)
    if stop.wanted:
        click.echo("Stopped. What was added stays; run the command again for the rest.", err=True)
        raise click.exceptions.Exit(1)
    if added.unstorable and not tally.lost:
        raise click.exceptions.Exit(3)
    return finish(tally, quiet)


def _settle(ledger: Ledger, choice: CoderChoice, quiet: bool, before: int, not_now: bool) -> None:
    """Let a cascade ask about the reports that disagree on the events that these reports changed."""
    if choice.coder == "cascade" and not not_now:
        from dateline.cli.settling import settle

        settle(ledger, choice, quiet, before)


def _links(folder: str, paths: tuple[str, ...]) -> Linked:
    """The pairs that Spark weighed when it linked these codings. Raises BadLinks (DL-E019)."""
    from dateline.engines.linked import Linked

    return Linked(folder, paths)


def _origins(ledger: str, keep: bool) -> FileOrigins:
    """An object that notes the files in the custody log and, with `keep`, keeps a copy of them beside the ledger."""
    from dateline.custody.files import FileOrigins
    from dateline.custody.originals import Originals, beside

    return FileOrigins(Originals(beside(ledger)) if keep else None)


def _tell(added: Added, tally: Tally, ledger: str, quiet: bool) -> None:
    """Say what happened to the reports and the events."""
    also = [f"{n} {what}" for n, what in (
        (added.again, "coded again"), (added.known, "there already"), (added.removed, "taken out before"),
        (added.beside, "kept beside what the chosen coder read"),
        (added.unstorable, "with characters that no ledger holds"), (tally.rejected, "rejected")) if n]  # fmt: skip
    talk(f"{number_of(added.new, 'report')} added{''.join(f', {part}' for part in also)}.", quiet)
    parts = [number_of(added.accounts, "account"), number_of(added.events_new, "new event")]
    parts += [f"{number_of(added.events_changed, 'event')} changed"] if added.events_changed else []
    parts += [f"{number_of(added.events_gone, 'event')} joined to others"] if added.events_gone else []
    talk(f"{', '.join(parts)}. {ledger} is at revision {added.revision}.", quiet)
