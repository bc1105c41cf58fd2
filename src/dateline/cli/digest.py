"""`dateline digest`: what is new since yesterday, or in the last few days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.common import out_option, writer
from dateline.cli.ledger_options import ledger_option, open_ledger

if TYPE_CHECKING:
    from dateline.ledger.access import Level


@click.command()
@ledger_option
@click.option("--since", default="yesterday", show_default=True, help="yesterday, today, 7d, or a date (YYYY-MM-DD).")
@click.option("--query", default="", help="Only these events: a query string of the page, or the name of a saved one.")
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "html"]), default="table", show_default=True,
    help="For the terminal, as Markdown, or as a page.",
)  # fmt: skip
@click.option(
    "--words", type=click.Choice(["open", "team", "sealed"]), default="open", show_default=True,
    help="Of which reports addresses and names are told.",
)  # fmt: skip
@out_option
def digest(ledger: str, since: str, query: str, form: str, words: Level, out: str | None) -> None:
    """New events, revised tolls, new disagreements, stories that were corrected or withdrawn, totals, and what waits
    for review: of what the ledger learnt since then.

    \b
    Examples:
      dateline digest
      dateline digest --since 7d --format html --out week.html
      dateline digest --since 2025-11-01 --query "place=IQ&type=bombing" --format md
    """
    from dateline.ledger.access import Right
    from dateline.watch.digest import FORMS, digested

    with open_ledger(ledger) as opened:
        found = digested(opened.seen_by(Right(words)), since, query)
    with writer(out) as stream:
        stream.write(FORMS[form](found))
