"""`dateline code`: reports in, accounts out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

import click

from dateline.cli.coder_options import CoderChoice, coder_options
from dateline.cli.common import (
    check_date,
    excel_option,
    format_option,
    look_for_little_garbage,
    out_option,
    published_option,
    reader_option,
    talk,
    time_limit_option,
    writer,
)
from dateline.cli.tally import Tally, accepted, finish

if TYPE_CHECKING:
    from dateline.coding.choice import Reader
    from dateline.model import Coding


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option
@click.option("--explain", "form", flag_value="explain", help="As --format explain: how each value was found.")
@excel_option
@published_option
@out_option
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
@time_limit_option
@reader_option
@coder_options
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
    time_limit: float,
    reader: Reader | None,
    choice: CoderChoice,
    quiet: bool,
) -> None:
    """Code reports: text files, folders of them, .jsonl files, or - for standard input.

    \b
    Examples:
      dateline code report.txt --published 2025-12-31
      dateline code report.txt --explain
      dateline code news/ --format jsonl --out coded.jsonl --processes 2
      dateline code news/ --excel --out accounts.csv
      cat report.txt | dateline code - --format jsonl
      dateline code news/ --coder model --answers answers.jsonl --offline
    """
    look_for_little_garbage()
    from dateline.engines import code_all
    from dateline.readers import expected, read_paths

    check_date(published)
    form = "csv" if excel else form
    rows = read_paths(paths, published, max_chars)
    if choice.dry_run:
        return talk(choice.would_take(rows), quiet=False)
    with writer(out) as stream:
        form = form or ("table" if stream.isatty() else "jsonl")
        tally = Tally()
        if choice.is_rules:
            coded = code_all(rows, processes, entities == "all", reader, time_limit)
        else:
            coded = choice.coded(rows)
        codings = accepted(coded, tally, quiet, expected(paths))
        _write((coding.at_least(min_confidence) for coding in codings), form, stream, excel)
    choice.tell(quiet)
    return finish(tally, quiet)


def _write(codings: Iterable[Coding], form: str, stream: TextIO, excel: bool) -> None:
    """Write codings as they come; a table needs them all."""
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
