"""Options that the commands of a ledger have in common, and how they open one."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dateline.ledger import Ledger, Query

F = TypeVar("F", bound=Callable[..., Any])
#: The default address of the ledger: a file in the working folder.
DEFAULT = "ledger.sqlite"
#: The values of dateline.ledger.query.Order.
ORDERS = ("newest", "oldest", "doubt", "people", "sources", "confidence", "recent")

ledger_option = click.option(
    "--ledger",
    metavar="URL",
    envvar="DATELINE_LEDGER",
    default=DEFAULT,
    show_default=True,
    help="A file, sqlite:///PATH or postgresql://USER@HOST/DATABASE; also by $DATELINE_LEDGER.",
)
as_of_option = click.option("--as-of", type=click.IntRange(0), metavar="REVISION", help="As it was at a revision.")
by_option = click.option("--by", metavar="NAME", help="Who signs; default: $DATELINE_USER, else the system's user.")


def open_ledger(address: str, create: bool = False, by: str | None = None) -> Ledger:
    """Open the ledger; raises as Ledger.open does."""
    from dateline.ledger import Ledger

    return Ledger.open(address, create, by or os.environ.get("DATELINE_USER"))


def query_options(command: F) -> F:
    """Add the filters of `dateline events`, and its order."""
    return _with_filters(command, "newest")


def queue_options(command: F) -> F:
    """Add the filters of a reviewer's queue, and its order: the most doubtful and most important events come first."""
    return _with_filters(command, "doubt")


def _with_filters(command: F, order: str) -> F:
    ordered = click.option(
        "--order", type=click.Choice(ORDERS), default=order, show_default=True, help="Which events come first."
    )
    for option in (ordered, *reversed(_FILTERS)):
        command = option(command)
    return command


_FILTERS = (
    click.option(
        "--type", "types", multiple=True, metavar="TYPE", help="arrest, bombing, ...; may be given several times."
    ),
    click.option("--status", "statuses", multiple=True, metavar="STATUS", help="occurred, foiled, planned, ..."),
    click.option("--scope", type=click.Choice(["event", "rollup"]), help="Single events, or totals."),
    click.option("--case", metavar="CASE", help="Id of a case: a deed and what came of it."),
    click.option("--since", metavar="DATE", help="Whose days reach to this one or beyond (YYYY-MM-DD)."),
    click.option("--until", metavar="DATE", help="Whose days begin on this one or before."),
    click.option("--last", metavar="RANGE", help="7d, 4w, 6m or 1y: so much time up to and with today."),
    click.option("--undated", is_flag=True, help="Only those without days."),
    click.option("--unplaced", is_flag=True, help="Only those without a point."),
    click.option(
        "--place",
        "places",
        multiple=True,
        metavar="NAME",
        help="Any name of a place, province or country (with all in it), an ISO code, 'Tripoli, Lebanon', or a "
        "gazetteer id; may be given several times.",
    ),
    click.option("--box", metavar="W,S,E,N", help="Inside these degrees."),
    click.option(
        "--actor",
        "actors",
        multiple=True,
        metavar="NAME",
        help="Any name of an actor, acronym, or id; may be given several times.",
    ),
    click.option("--disputed", is_flag=True, help="Only those whose sources disagree."),
    click.option("--text", metavar="WORDS", help="Words that all stand in what one report says of it."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure."),
    click.option("--min-people", type=click.IntRange(0), default=0, help="Leave out what concerns fewer people."),
    click.option("--min-killed", type=click.IntRange(0), default=0, help="At least so many people killed."),
    click.option(
        "--reviewed",
        multiple=True,
        metavar="STATE",
        help="unreviewed, accepted, rejected, unsure, changed; `all`. Default: all but rejected.",
    ),
)


def tell_understood(ledger: Ledger, query: Query, as_of: int | None = None) -> None:
    """Say how names of places and actors were understood that have several meanings, or that match nothing."""
    for one in ledger.understood(query, as_of):
        if not one.is_plain:
            click.echo(one.in_words(), err=True)


def query_of(options: dict[str, Any]) -> Any:
    """The query that the filters ask for. Raises BadQuery (DL-L014)."""
    from dateline.ledger import Query
    from dateline.ledger.query import box_of
    from dateline.ledger.reviewing import STATES
    from dateline.ledger.rolling import days_of

    reviewed = options["reviewed"]
    since, until = days_of(options["since"], options["until"], options["last"])
    return Query(
        types=options["types"],
        statuses=options["statuses"],
        scope=options["scope"],
        case=options["case"],
        since=since,
        until=until,
        dated=False if options["undated"] else None,
        placed=False if options["unplaced"] else None,
        places=options["places"],
        box=box_of(options["box"]),
        actors=options["actors"],
        disputed=True if options["disputed"] else None,
        text=options["text"],
        min_confidence=options["min_confidence"],
        min_people=options["min_people"],
        min_killed=options["min_killed"],
        review=STATES if "all" in reviewed else reviewed,
        order=options["order"],
    ).checked()
