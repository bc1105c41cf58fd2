"""`dateline verify`: checks that the ledger gives the same export again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import number_of
from dateline.cli.ledger_options import ledger_option, open_ledger

if TYPE_CHECKING:
    from dateline.publishing.verifying import Verified


@click.command()
@click.argument("export", type=click.Path(exists=True, dir_okay=False))
@ledger_option
def verify(export: str, ledger: str) -> None:
    """Make an export again from its ledger, at its revision and with its choices, and compare the two byte for byte.
    Ends with status 1 (DL-P003) where they differ.

    \b
    Examples:
      dateline verify events.zip
      dateline verify events.zip --ledger archive.sqlite
    """
    from dateline.publishing.errors import NotReproduced
    from dateline.publishing.verifying import verify as verified

    with open_ledger(ledger) as opened:
        found = verified(opened, export)
    if found.version != found.own_version:
        click.echo(f"It was made with dateline {found.version}; this is {found.own_version}.", err=True)
    for line in _since(found):
        click.echo(line, err=True)
    if not found.same:
        for name in found.differing:
            click.echo(f"differs: {name}", err=True)
        what = (
            f"{len(found.differing)} of its {found.files} files differ"
            if found.differing
            else "The archive differs, its files do not"
        )
        raise NotReproduced(f"{what}.", where=export)
    click.echo(f"{export}: the ledger gives the same bytes at revision {found.revision}.")


def _since(found: Verified) -> Iterator[str]:
    """The later changes of the ledger that make an export different although it is not damaged."""
    if found.sealed:
        many = number_of(len(found.sealed), "report")
        yield f"Who may read was changed since for {many}: {_some(found.sealed)} (`dateline ledger access REPORT`)."
        if found.as_read is not None:
            yield f"Compared as it was at revision {found.as_read}; an export of today shows other words."
    if found.purged and not found.same:
        many = number_of(len(found.purged), "report")
        yield f"{many} purged since: {_some(found.purged)}. What told of them is no more, and cannot be compared."


def _some(keys: tuple[str, ...], most: int = 5) -> str:
    more = f" and {len(keys) - most} more" if len(keys) > most else ""
    return ", ".join(keys[:most]) + more
