"""Options that say what is published, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.cli.ledger_options import query_of

if TYPE_CHECKING:
    from dateline.publishing import Edition
    from dateline.publishing.coarsening import Coarsening

F = TypeVar("F", bound=Callable[..., Any])
#: As dateline.publishing.formats.FORMATS has them, with the endings of their files.
ENDINGS = {
    "csv": "csv", "jsonl": "jsonl", "geojson": "geojson", "parquet": "parquet", "geoparquet": "geoparquet",
    "xlsx": "xlsx", "gpkg": "gpkg", "sqlite": "sqlite", "hxl": "hxl.csv", "jsonld": "jsonld", "stix": "stix.json",
    "ftm": "ftm.jsonl",
}  # fmt: skip
#: As dateline.publishing.crosswalks.layouts has them.
LAYOUTS = ("acled", "cameo", "gtd", "muc4", "plover", "ucdp")


def edition_options(command: F) -> F:
    """What is published, whose names, how coarse."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--format", "form", type=click.Choice(tuple(ENDINGS)), help="Default: by --out, else csv."),
    click.option(
        "--level",
        type=click.Choice(("event", "account", "claim")),
        default="event",
        show_default=True,
        help="What a row is: an event, what one report says of it, or one value with its words.",
    ),
    click.option("--as", "layout", type=click.Choice(LAYOUTS), help="In the columns of another project (CSV)."),
    click.option(
        "--columns", metavar="NAMES", default="", help="Columns by name, with commas; default: the basic ones."
    ),
    click.option(
        "--names",
        type=click.Choice(("all", "officials", "none")),
        default="officials",
        show_default=True,
        help="Whose names are told, in quoted words, too; titles of reports only with `all`.",
    ),
    click.option("--without-names", is_flag=True, help="The same as --names none."),
    click.option(
        "--coarse-place", type=click.Choice(("district", "admin1", "country")), help="Make no place finer than this."
    ),
    click.option("--coarse-days", type=click.Choice(("week", "month")), help="Make no day finer than this."),
    click.option(
        "--coarsen",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE.yaml",
        help="The same by rules for some events (docs/publishing.md).",
    ),
    click.option(
        "--licence", default="CC-BY-4.0", show_default=True, metavar="SPDX", help="Under which it is given on."
    ),
    click.option("--incidents", is_flag=True, help="STIX with the Event and Impact objects of the draft for 2.2."),
)


def edition_of(given: dict[str, Any], form: str, excel: bool, as_of: int | None) -> Edition:
    """The edition that the options ask for. Raises BadQuery (DL-L014), BadKnowledge (DL-E004)."""
    from dateline.publishing import Edition

    return Edition(
        query=query_of(given),
        format=form,
        columns=tuple(name.strip() for name in given["columns"].split(",") if name.strip()),
        names="none" if given["without_names"] else given["names"],
        as_of=as_of,
        excel=excel,
        level=given["level"],
        layout=given["layout"],
        coarsening=_coarsening(given),
        licence=given["licence"],
        incidents=given["incidents"],
    )


def _coarsening(given: dict[str, Any]) -> tuple[Coarsening, ...]:
    from dateline.publishing.coarsening import Coarsening, rules_of

    for_all = Coarsening(given["coarse_place"], given["coarse_days"])
    own = rules_of(Path(given["coarsen"])) if given["coarsen"] else ()
    return ((for_all,) if for_all != Coarsening() else ()) + own
