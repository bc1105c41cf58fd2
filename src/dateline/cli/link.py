"""`dateline link`: reports in, events out, each told by one report or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from dateline.cli.common import (
    check_date,
    excel_option,
    format_option,
    look_for_little_garbage,
    out_option,
    published_option,
    read_rules,
    read_weights,
    rules_option,
    talk,
    weights_option,
    writer,
)
from dateline.cli.tally import Tally, accepted, finish

if TYPE_CHECKING:
    from dateline.model.event import Event


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option
@click.option("--explain", "form", flag_value="explain", help="As --format explain: why accounts were joined.")
@excel_option
@published_option
@out_option
@rules_option
@weights_option
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Code in N processes.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def link(  # noqa: PLR0913 - one argument an option
    paths: tuple[str, ...],
    form: str | None,
    excel: bool,
    published: str | None,
    out: str | None,
    rules: str | None,
    weights: str | None,
    processes: int,
    quiet: bool,
) -> None:
    """Code reports and bring together what they tell of the same events, one event a line.

    Every figure stays listed with its report and who said it; copies of a report count as one source.

    \b
    Examples:
      dateline link news/
      dateline link monday.jsonl tuesday.jsonl --format jsonl --out events.jsonl
      dateline link news/ --explain
    """
    look_for_little_garbage()
    from dateline.engines import code_all, link_all
    from dateline.readers import expected, read_paths

    check_date(published)
    form = "csv" if excel else form
    chosen, weighed = read_rules(rules), read_weights(weights)
    with writer(out) as stream:
        form = form or ("table" if stream.isatty() else "jsonl")
        tally = Tally()
        codings = list(accepted(code_all(read_paths(paths, published), processes), tally, quiet, expected(paths)))
        events = link_all(codings, chosen, weighed)
        _write(events, form, stream, excel)
    talk(f"Reports: {len(codings)}. Events: {len(events)}.", quiet)
    finish(tally, quiet)


def _write(events: list[Event], form: str, stream: TextIO, excel: bool) -> None:
    if form == "jsonl":
        for event in events:
            stream.write(event.to_json() + "\n")
    elif form == "explain":
        from dateline.cli.layout import fitted_text
        from dateline.linking import as_explanation

        for event in events:
            stream.write(fitted_text(as_explanation(event), stream))
    elif form == "csv":
        from dateline.publishing.columns import cells, told_by
        from dateline.publishing.tables import write_rows

        records = [event.as_record() for event in events]
        columns = told_by(records[0]) if records else ()
        write_rows(stream, [column.name for column in columns], (cells(r, columns) for r in records), excel)
    else:
        from dateline.cli.table import write_events

        write_events(events, stream)
