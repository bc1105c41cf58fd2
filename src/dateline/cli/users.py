"""`dateline users`: who may use the page of a ledger."""

from __future__ import annotations

import click

from dateline.cli.ledger_options import ledger_option, open_ledger


@click.group()
def users() -> None:
    """Users of a ledger's page. Once there is one, everybody logs in.

    \b
    Roles: reader (looks), reviewer (judges, adds reports, saves queries), admin (users and the audit log too).

    \b
    Examples:
      dateline users add ann --role admin
      dateline users list
      dateline users token ann --name "feed reader"
    """


@users.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["reader", "reviewer", "admin"]),
    help="Default: what they are, else reviewer. The first user is an admin whatever is chosen.",
)
@click.password_option(help="Asked for if it is not given; $DATELINE_PASSWORD.", envvar="DATELINE_PASSWORD")
@ledger_option
def add(name: str, role: str | None, password: str, ledger: str) -> None:
    """Add a user, or give one another role and password (10 characters at least)."""
    from dateline.service.people import People

    with open_ledger(ledger, create=True) as opened:
        people = People(opened)
        given = people.add(name, role, password)
        admins = people.admins()
    click.echo(f"{name} is {'an' if given == 'admin' else 'a'} {given} of {opened.store.name}.", err=True)
    if role not in (None, given):
        click.echo("The first user manages the others, and is an admin.", err=True)
    _warn(admins)


def _warn(admins: list[str]) -> None:
    """Where no admin is left, say which command makes one."""
    if not admins:
        click.echo("Nobody is an admin now: `dateline users add NAME --role admin` makes one.", err=True)


@users.command("list")
@ledger_option
def list_users(ledger: str) -> None:
    """All users, with their roles."""
    from dateline.service.people import People

    with open_ledger(ledger) as opened:
        for row in People(opened).all():
            click.echo(f"{row['name']:24} {row['role']:10} since {row['added'][:10]}")


@users.command()
@click.argument("name")
@ledger_option
def remove(name: str, ledger: str) -> None:
    """Take a user out; what they judged stays signed by them."""
    from dateline.service.people import People

    with open_ledger(ledger) as opened:
        people = People(opened)
        people.remove(name)
        left, admins = people.all(), people.admins()
    if left:
        _warn(admins)
    else:
        click.echo("Nobody logs in any more: whoever is on this machine may do all.", err=True)


@users.command()
@click.argument("user")
@click.option("--name", default="", help="What it is for.")
@ledger_option
def token(user: str, name: str, ledger: str) -> None:
    """A token for a script or feed reader, with the user's role; printed this once."""
    from dateline.service.errors import BadUser
    from dateline.service.people import People

    with open_ledger(ledger) as opened:
        people = People(opened)
        if user not in {row["name"] for row in people.all()}:
            raise BadUser("There is no such user.", where=user)
        click.echo(people.make_token(user, name))
