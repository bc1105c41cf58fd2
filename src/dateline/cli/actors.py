"""`dateline actors`: the user's own actors, and which actor a name stands for."""

from __future__ import annotations

import click


@click.group()
def actors() -> None:
    """The actors that dateline knows by name.

    \b
    Examples:
      dateline actors find Daesh
      dateline actors add --name "Free Valley Front" --also FVF --kind armed_group --country XX
      dateline actors remove free-valley-front
    """


@actors.command()
@click.option("--name", required=True, help="The common English name; the id is made of it.")
@click.option(
    "--kind",
    required=True,
    type=click.Choice(["armed_group", "state", "organisation"]),
    help="An armed group, a state or a body of one, or any other organisation.",
)
@click.option("--also", multiple=True, help="Another name or an acronym; may be given several times.")
@click.option("--native", multiple=True, help="A name in its own language; may be given several times.")
@click.option("--active", multiple=True, type=int, help="First year, and once more for the last.")
@click.option("--country", help="ISO code of two letters.")
@click.option("--parent", help="The id of what it belongs to.")
def add(
    name: str,
    kind: str,
    also: tuple[str, ...],
    native: tuple[str, ...],
    active: tuple[int, ...],
    country: str | None,
    parent: str | None,
) -> None:
    """Add an actor of your own, or change one that you added. It counts for all ledgers of yours."""
    from dateline.who import add_actor, own_actors_file

    click.echo(add_actor(name, kind, also, country, parent, native, active))
    click.echo(f"Kept in {own_actors_file()}, for all that you code from now on.", err=True)


@actors.command()
@click.argument("key", metavar="ID")
def remove(key: str) -> None:
    """Take out an actor that you added, by its id. What was coded with it stays as it is."""
    from dateline.who import own_actors_file, remove_actor

    remove_actor(key)
    click.echo(f"{key} was taken out of {own_actors_file()}.", err=True)


@actors.command()
@click.argument("name")
def find(name: str) -> None:
    """Who bears a name, or has it in theirs."""
    from dateline.who import actors_named

    found = actors_named(name)
    if not found:
        click.echo(f"Nobody is known by the name {name!r}.", err=True)
        raise click.exceptions.Exit(1)
    for key, row in found:
        more = ", ".join(part for part in (row.country, row.parent and f"of {row.parent}", row.years) if part)
        also = f" (also {', '.join(row.names[1:])})" if row.names[1:] else ""
        click.echo(f"{key:32} {row.kind:14} {row.name}{also} {more}".rstrip())
