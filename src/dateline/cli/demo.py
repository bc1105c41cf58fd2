"""`dateline demo`: shows the sample reports coded, in the terminal or on the page."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import look_for_little_garbage

if TYPE_CHECKING:
    from dateline.model import Coding


@click.command()
@click.option("--page", is_flag=True, help="Put them into a ledger of their own, and open the page on it.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="Of the page; 0: any free."
)
def demo(page: bool, port: int) -> None:
    """Code the samples that come with dateline, and say what to try next.

    \b
    Examples:
      dateline demo
      dateline demo --page
    """
    look_for_little_garbage()
    from dateline.cli.table import write_table

    codings = _samples()
    if page:
        _show(codings, port)
        return
    write_table(codings, sys.stdout)
    accounts = sum(len(c.accounts) for c in codings)
    click.echo(
        f"\n{accounts} accounts in {len(codings)} dispatches. Every value above points at the words that say it.\n\n"
        "Next:\n"
        "  dateline demo --page                                  the same on a map, a timeline and a table\n"
        "  dateline code YOUR_REPORT.txt                         the same for a report of yours\n"
        "  dateline code YOUR_FOLDER --format jsonl              with spans and sources, one line a report\n"
        "  python -c 'import dateline; "
        'print(dateline.code("Police arrested two men on Tuesday.", "2025-12-31"))\'',
        err=True,
    )


def _samples() -> list[Coding]:
    from importlib import resources

    from dateline.engines import code_all
    from dateline.model import Coding
    from dateline.readers import read_paths

    with resources.as_file(resources.files("dateline") / "samples") as folder:
        return [_renamed(c) for c in code_all(read_paths([str(folder)])) if isinstance(c, Coding)]


def _renamed(coding: Coding) -> Coding:
    """A coding with its report named by file name only: the folder of the installation is of no use to a user."""
    from dataclasses import replace

    return replace(coding, report=replace(coding.report, uri=Path(coding.report.uri).name))


def _show(codings: list[Coding], port: int) -> None:
    from dateline.cli.serve import serve_page
    from dateline.ledger import Ledger

    with tempfile.TemporaryDirectory(prefix="dateline-demo-") as folder:
        address = str(Path(folder) / "demo.sqlite")
        with Ledger.open(address, create=True, by="demo") as ledger:
            ledger.add(codings)
        serve_page(address, port=port, show=True)
