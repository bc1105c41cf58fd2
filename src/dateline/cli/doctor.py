"""`dateline doctor`: which parts of dateline are there, which are missing, and what to do."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from dateline.cli.ledger_options import ledger_option

if TYPE_CHECKING:
    from dateline.cli.checkup import Finding


@click.command(epilog="Exit status: 0 all that coding needs is there, 1 something is broken, 2 usage.")
@ledger_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people, or programs.",
)
def doctor(ledger: str, form: str) -> None:
    """Look at the installation: say what is there, what is missing, and what to do. Nothing is changed or sent.

    Absent parts are no fault: only what needs them does without. For a ledger's rows see `dateline ledger check`.

    \b
    Examples:
      dateline doctor
      dateline doctor --ledger postgresql://me@localhost/events
      dateline doctor --format json
    """
    from dateline.cli.checkup import findings

    found = list(findings(ledger))
    click.echo(_as_json(found) if form == "json" else "\n".join(_lines(found)))
    if any(one.state == "broken" for one in found):
        raise click.exceptions.Exit(1)


def _as_json(found: list[Finding]) -> str:
    rows = [{"part": f.part, "state": f.state, "found": f.found, "remedy": f.remedy or None} for f in found]
    well = not any(one.state == "broken" for one in found)
    return json.dumps({"schema": "dateline.doctor/1", "well": well, "parts": rows}, ensure_ascii=False, indent=1)


def _lines(found: Iterable[Finding]) -> Iterable[str]:
    counted = {"ok": 0, "absent": 0, "broken": 0}
    for one in found:
        counted[one.state] += 1
        yield f"{one.state:7} {one.part:18} {one.found}"
        if one.remedy and one.state != "ok":
            yield textwrap.indent(f"-> {one.remedy}", " " * 27)
    yield ""
    if counted["broken"]:
        yield f"{counted['broken']} broken: do what the arrows say. {counted['absent']} absent."
    else:
        yield f"All that coding needs is there. {counted['absent']} absent: only what needs them does without."
