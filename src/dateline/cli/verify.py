"""`dateline verify`: is an export what the ledger gives?"""

from __future__ import annotations

import click

from dateline.cli.ledger_options import ledger_option, open_ledger


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
    if not found.same:
        for name in found.differing:
            click.echo(f"differs: {name}", err=True)
        what = (
            f"{len(found.differing)} of its files differ"
            if found.differing
            else "The archive differs, its files do not"
        )
        raise NotReproduced(f"{what}.", where=export)
    click.echo(f"{export}: the ledger gives the same bytes at revision {found.revision}.")
