"""`dateline link`: reports in, events out, each told by one report or many."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from dateline.cli.common import check_date, talk, writer

if TYPE_CHECKING:
    from dateline.model import Coding
    from dateline.model.event import Event


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "explain"]),
    help="Default: a table on a terminal, else jsonl.",
)
@click.option("--explain", "form", flag_value="explain", help="As --format explain: why accounts were joined.")
@click.option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) of reports that bring none.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help="Write here instead of standard output.")
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Code in N processes.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def link(
    paths: tuple[str, ...], form: str | None, published: str | None, out: str | None, processes: int, quiet: bool
) -> None:
    """Code reports and bring together what they tell of the same events, one event a line.

    Every figure stays listed with its report and who said it; copies of a report count as one source.

    \b
    Examples:
      dateline link news/
      dateline link monday.jsonl tuesday.jsonl --format jsonl --out events.jsonl
      dateline link news/ --explain
    """
    gc.set_threshold(100_000, 50, 100)
    from dateline.engines import link_all
    from dateline.readers import read_paths

    check_date(published)
    with writer(out) as stream:
        form = form or ("table" if stream.isatty() else "jsonl")
        codings, rejected = _coded(read_paths(paths, published), processes, quiet)
        events = link_all(codings)
        _write(events, form, stream)
    talk(f"Reports: {len(codings)}. Events: {len(events)}.", quiet)
    if rejected:
        talk(f"Rejected: {rejected}.", quiet)
        raise click.exceptions.Exit(3)


def _coded(rows: Iterator[object], processes: int, quiet: bool) -> tuple[list[Coding], int]:
    from dateline.cli.progress import progress
    from dateline.engines import code_all
    from dateline.model import Coding

    codings: list[Coding] = []
    rejected = 0
    with progress("coding", quiet) as advance:
        for one in code_all(rows, processes):  # type: ignore[arg-type]
            if isinstance(one, Coding):
                codings.append(one)
            else:
                rejected += 1
                click.echo(f"rejected: {one}", err=True)
            advance()
    return codings, rejected


def _write(events: list[Event], form: str, stream: TextIO) -> None:
    if form == "jsonl":
        for event in events:
            stream.write(event.to_json() + "\n")
    elif form == "explain":
        from dateline.linking import as_explanation

        for event in events:
            stream.write(as_explanation(event))
    else:
        from dateline.cli.table import write_events

        write_events(events, stream)
