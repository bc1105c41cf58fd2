"""`dateline review --coders`: shows where coders of a report differ, side by side. With a key, the reviewer chooses the
value that holds."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from dateline.cli.keys import pressed

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.ledger.differing import Difference, Waiting

#: The most coders that can be chosen for one field: each needs a digit key.
_MOST = 9
_MORE = {"s": "skip", "z": "undo my last choice", "?": "help", "q": "quit"}


def review_coders(ledger: Ledger) -> None:
    """Show each unsettled difference, until none is left or the reviewer quits."""
    total, found = ledger.waiting(limit=1_000)
    click.echo(f"Coders differ in {total} place{'' if total == 1 else 's'}.", err=True)
    choose_among(ledger, found, [])


def choose_among(ledger: Ledger, found: list[Waiting], mine: list[int]) -> None:
    """Show differences one by one. The numbers of the choices made are added to `mine`, so that they can be undone."""
    for waiting in found:
        for difference in waiting.differences:
            if not _look(ledger, waiting, difference, mine):
                return
    click.echo("Nothing is left to choose.", err=True)


def as_text(waiting: Waiting, difference: Difference) -> str:
    """A difference as text: what each coder says, and the sentence that it is read from."""
    head = f"{waiting.uri}  {waiting.event or 'in no event'}  {difference.field.removeprefix('counts.')}"
    said = [f"  {n}  {one.coder}: {one.said}" for n, one in enumerate(difference.said[:_MOST], 1)]
    quote = textwrap.fill(difference.words, 100, initial_indent="     ", subsequent_indent="     ")
    return "\n".join((head, quote, *said))


def _look(ledger: Ledger, waiting: Waiting, difference: Difference, mine: list[int]) -> bool:
    """Show a difference and take a choice; False where the reviewer quits."""
    from dateline.model.errors import DatelineError

    keys = {str(n): f"as {one.coder} has it" for n, one in enumerate(difference.said[:_MOST], 1)} | _MORE
    click.echo(as_text(waiting, difference))
    while True:
        said = pressed(keys, default="s", quits="q")
        if said == "?":
            click.echo("\n".join(f"  {key}  {what}" for key, what in keys.items()), err=True)
        elif said == "z":
            _undo(ledger, mine)
        elif said in keys:
            break
    if said in _MORE:
        return said != "q"
    one = difference.said[int(said) - 1]
    try:
        if difference.account is None and one.account is None:
            return True  # Neither coding has the account: nothing changes in the report.
        mine.append(
            ledger.choose(waiting.report, difference.account, difference.field, one.coder, told=one.account or "")
        )
    except DatelineError as error:
        click.echo(f"error: {error}", err=True)
    return True


def _undo(ledger: Ledger, mine: list[int]) -> None:
    if not mine:
        click.echo("There is nothing of yours to undo.", err=True)
        return
    number = mine.pop()
    ledger.withdraw(number, "undone")
    click.echo(f"judgement {number} is taken back", err=True)
