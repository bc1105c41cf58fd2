"""`dateline code`: reports in, accounts out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

import click

from dateline.cli.coder_options import CoderChoice, coder_options
from dateline.cli.common import (
    day_given,
    excel_option,
    force_option,
    look_for_little_garbage,
    published_option,
    reader_option,
    talk,
    time_limit_option,
    writer,
)
from dateline.cli.fetching import fetch_option
from dateline.cli.tally import Tally, accepted, finish
from dateline.cli.volume import (
    Cluster,
    Work,
    code_to_folder,
    engine_options,
    is_folder,
    part_reports_option,
    write_lines,
)

if TYPE_CHECKING:
    from dateline.coding.choice import Reader
    from dateline.model import Coding


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "explain", "parquet"]),
    help="Default: a table on a terminal, else jsonl; parquet in a folder.",
)
@click.option("--explain", "form", flag_value="explain", help="As --format explain: how each value was found.")
@excel_option
@published_option
@click.option(
    "--out",
    type=click.Path(),
    metavar="FILE|FOLDER/",
    help="Write here instead of standard output; into a folder part by part, so that an interrupted run goes on.",
)
@force_option
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Work in N processes.")
@click.option(
    "--entities",
    type=click.Choice(["read", "all"]),
    default="read",
    show_default=True,
    help="Names and dates of what was worth reading closely, or of the whole text (slower).",
)
@click.option(
    "--max-chars", type=click.IntRange(1), default=5_000_000, show_default=True, help="Reject longer reports."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out accounts that are less sure (0 to 1).",
)
@fetch_option
@time_limit_option
@reader_option
@coder_options
@engine_options
@part_reports_option
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def code(  # noqa: PLR0913 - one argument an option
    paths: tuple[str, ...],
    form: str | None,
    excel: bool,
    published: str | None,
    out: str | None,
    processes: int,
    entities: str,
    max_chars: int,
    min_confidence: float,
    fetch: bool,
    time_limit: float,
    reader: Reader | None,
    choice: CoderChoice,
    cluster: Cluster,
    part_reports: int | None,
    quiet: bool,
) -> None:
    """Code reports: files of all formats that are read, folders of them, addresses, or - for standard input.

    \b
    Examples:
      dateline code report.txt --published 2025-12-31
      dateline code report.txt --explain
      dateline code news/ --format jsonl --out coded.jsonl --processes 2
      dateline code news/ --excel --out accounts.csv
      dateline code https://paper.example/2024/05/15/blast
      cat report.txt | dateline code - --format jsonl
      dateline code news/ --coder model --answers answers.jsonl --offline
      dateline code archive/ --out coded/ --processes 2         in parts, and again after an interruption
      dateline code archive/ --out coded/ --engine spark --master spark://host:7077
    """
    look_for_little_garbage()
    from dateline.engines import Options

    form = "csv" if excel else form
    options = Options(entities == "all", reader, time_limit, min_confidence)
    work = Work(paths, out or "", form, options, day_given(published), max_chars, processes, part_reports, quiet, fetch)
    if choice.dry_run:
        return talk(choice.would_take(work.rows()), quiet=False)
    if cluster.is_spark or is_folder(out, form):
        return _to_folder(work, choice, cluster)
    return finish(_to_stream(work, choice, excel, min_confidence), quiet)


def _to_folder(work: Work, choice: CoderChoice, cluster: Cluster) -> None:
    """Code into a folder, part by part."""
    if not choice.is_rules:
        raise click.UsageError("--coder writes to one file: leave out the folder and --engine.")
    return code_to_folder(work, cluster)


def _to_stream(work: Work, choice: CoderChoice, excel: bool, min_confidence: float) -> Tally:
    """Code into one file, or into the terminal."""
    tally = Tally()
    with writer(work.out or None) as stream:
        form = work.form or ("table" if stream.isatty() else "jsonl")
        if form == "jsonl" and work.processes > 1 and choice.is_rules:
            write_lines(work, stream, tally)
        else:
            coded = choice.coded(work.rows()) if not choice.is_rules else work.codings()
            codings = accepted(coded, tally, work.quiet, work.expected(), choice.using(), min_confidence)
            try:
                _write(codings, form, stream, excel)
            finally:
                choice.tell(tally, work.quiet)
    return tally


def _write(codings: Iterable[Coding], form: str, stream: TextIO, excel: bool) -> None:
    """Write codings as they come. Only a table needs all of them first."""
    if form == "csv":
        from dateline.publishing.accounts import ACCOUNTS, account_rows
        from dateline.publishing.tables import write_rows

        write_rows(stream, ACCOUNTS, (row for coding in codings for row in account_rows(coding)), excel)
        return None
    if form == "table":
        from dateline.cli.table import write_table

        return write_table(list(codings), stream)
    from dateline.cli.layout import fitted_text
    from dateline.model.explain import as_explanation

    for coding in codings:
        told = coding.to_json() + "\n" if form == "jsonl" else fitted_text(as_explanation(coding), stream)
        stream.write(told)
    return None
