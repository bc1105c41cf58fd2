"""`dateline demo`: the samples, coded."""

from __future__ import annotations

import sys

import click


@click.command()
def demo() -> None:
    """Code the samples that come with dateline, and say what to try next."""
    from importlib import resources

    from dateline.cli.table import write_table
    from dateline.engines import code_all
    from dateline.model import Coding
    from dateline.readers import read_paths

    with resources.as_file(resources.files("dateline") / "samples") as folder:
        codings = [c for c in code_all(read_paths([str(folder)])) if isinstance(c, Coding)]
    write_table(codings, sys.stdout)
    accounts = sum(len(c.accounts) for c in codings)
    click.echo(
        f"\n{accounts} accounts in {len(codings)} dispatches. Every value above points at the words that say it.\n\n"
        "Next:\n"
        "  dateline code YOUR_REPORT.txt                         the same for a report of yours\n"
        "  dateline code YOUR_FOLDER --format jsonl              with spans and sources, one line a report\n"
        "  python -c 'import dateline; "
        'print(dateline.code("Police arrested two men on Tuesday.", "2025-12-31"))\'',
        err=True,
    )
