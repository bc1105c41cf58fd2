"""`dateline link`: reports in, events out, each from one report or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from dateline.cli.common import (
    day_given,
    excel_option,
    force_option,
    look_for_little_garbage,
    may_overwrite,
    published_option,
    read_rules,
    read_weights,
    rules_option,
    talk,
    weights_option,
    writer,
)
from dateline.cli.tally import Tally, accepted, finish
from dateline.cli.volume import Cluster, engine_options

if TYPE_CHECKING:
    from dateline.linking.linkers import Linker
    from dateline.linking.rules import Rules
    from dateline.linking.weights import Weights
    from dateline.model import Coding
    from dateline.model.event import Event


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "explain", "parquet"]),
    help="Default: a table on a terminal, else jsonl; on Spark parquet.",
)
@click.option("--explain", "form", flag_value="explain", help="As --format explain: why accounts were joined.")
@excel_option
@published_option
@click.option(
    "--out", type=click.Path(), metavar="FILE", help="Write here instead of standard output; on Spark a folder."
)
@force_option
@rules_option
@weights_option
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Code in N processes.")
@click.option(
    "--coded", is_flag=True, help="The paths hold what `dateline code` wrote, not reports; on Spark they always do."
)
@click.option(
    "--linker",
    "by",
    metavar="NAME",
    help="Which accounts are of one event is said by another package's linker, not by our weights (docs/plugins.md).",
)
@engine_options
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
    coded: bool,
    by: str | None,
    cluster: Cluster,
    quiet: bool,
) -> None:
    """Code reports and bring together what they tell of the same events, one event a line.

    Every figure stays listed with its report and who said it; copies of a report count as one source.

    \b
    Examples:
      dateline link news/
      dateline link monday.jsonl tuesday.jsonl --format jsonl --out events.jsonl
      dateline link news/ --explain
      dateline link coded/ --engine spark --out events/
    """
    look_for_little_garbage()
    from dateline.engines import link_all

    published = day_given(published)
    form = "csv" if excel else form
    chosen, weighed = read_rules(rules), read_weights(weights)
    other = _linker(by, alone=not weights and not cluster.is_spark) if by else None
    if cluster.is_spark:
        return _on_spark(paths, out, form, (chosen, weighed), cluster, quiet)
    if form == "parquet":
        raise click.UsageError("--format parquet needs --engine spark.")
    with writer(out) as stream:
        form = form or ("table" if stream.isatty() else "jsonl")
        tally = Tally()
        codings = list(_codings(paths, published, processes, coded, tally, quiet))
        events = link_all(codings, chosen, weighed, other)
        _write(events, form, stream, excel)
    talk(f"Reports: {len(codings)}. Events: {len(events)}.", quiet)
    return finish(tally, quiet)


def _codings(
    paths: tuple[str, ...], published: str | None, processes: int, coded: bool, tally: Tally, quiet: bool
) -> Iterator[Coding]:
    """The codings of reports; with `coded` those that were written before."""
    from dateline.engines import code_all
    from dateline.engines.written import written, written_count
    from dateline.readers import expected, read_paths

    if coded:
        return accepted(written(paths), tally, quiet, written_count(paths))
    return accepted(code_all(read_paths(paths, published), processes), tally, quiet, expected(paths))


def _linker(name: str, alone: bool) -> Linker:
    """The linker of another package, if no option is given that only ours has. Raises BadLinker (DL-L029)."""
    if not alone:
        raise click.UsageError("--linker goes with neither --weights nor --engine spark.")
    from dateline.linking.linkers import linker

    return linker(name)


def _on_spark(
    paths: tuple[str, ...],
    out: str | None,
    form: str | None,
    made_by: tuple[Rules | None, Weights | None],
    cluster: Cluster,
    quiet: bool,
) -> None:
    """Link codings on a cluster: Parquet in, Parquet out."""
    from dateline.engines.parts import Parts
    from dateline.engines.spark import files, linking, session
    from dateline.engines.spark.steps import By

    if not out or form not in (None, "parquet"):
        raise click.UsageError("--engine spark writes Parquet: give --out FOLDER/, and no other --format.")
    with session.started(cluster.master, cluster.settings) as spark:
        found, by = files.parquet_files(spark, paths), By(*made_by)
        folder = files.HadoopFiles(spark, out)
        parts = Parts.of(folder, linking.job(found, by), may_overwrite(), folder.OURS)
        if parts.is_whole:
            return talk(f"Nothing to do: {out} holds the events of these codings.", quiet)
        entry = linking.link_into(parts, spark, found, by)
    return talk(f"Reports: {entry['coded']}. Events: {entry['events']}.", quiet)


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

        columns = told_by(events[0]) if events else ()
        write_rows(stream, [column.name for column in columns], (cells(e, columns) for e in events), excel)
    else:
        from dateline.cli.table import write_events

        write_events(events, stream)
