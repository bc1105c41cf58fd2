"""Options for what is published, and in which form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.cli.ledger_options import query_of

if TYPE_CHECKING:
    from dateline.publishing import Edition
    from dateline.publishing.coarsening import Coarsening

F = TypeVar("F", bound=Callable[..., Any])
#: The names of dateline.publishing.formats.FORMATS, with the endings of their files. They are repeated here so that the
#: command line need not import that module.
ENDINGS = {
    "csv": "csv", "jsonl": "jsonl", "geojson": "geojson", "parquet": "parquet", "geoparquet": "geoparquet",
    "xlsx": "xlsx", "gpkg": "gpkg", "sqlite": "sqlite", "hxl": "hxl.csv", "jsonld": "jsonld", "stix": "stix.json",
    "ftm": "ftm.jsonl",
}  # fmt: skip
#: The names of dateline.publishing.crosswalks.layouts.
LAYOUTS = ("acled", "cameo", "gtd", "muc4", "plover", "ucdp")


class FormatName(click.Choice):  # type: ignore[type-arg] # Before click 8.2 it has no type parameter.
    """The name of a format. Other packages are searched only where it is not one of our formats."""

    def __init__(self) -> None:
        super().__init__(tuple(ENDINGS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check the name and give it back. Fails where no package has such a format."""
        if value not in ENDINGS:
            from dateline.publishing.formats import others

            if value in (point.name for point in others()):
                return value
        return super().convert(value, param, ctx)


def endings() -> dict[str, str]:
    """The file endings of all formats, by name: our formats, and those of other packages where they can be loaded."""
    from dateline.publishing.errors import BadExporter
    from dateline.publishing.formats import format_of, others

    found = dict(ENDINGS)
    for point in others():
        with suppress(BadExporter):
            found[point.name] = format_of(point.name).ending
    return found


def edition_options(command: F) -> F:
    """Add the options of an edition: what is published, whose names, how coarse."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--format",
        "form",
        type=FormatName(),
        help="Default: by --out, else csv. Other packages may bring more (docs/plugins.md).",
    ),
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
