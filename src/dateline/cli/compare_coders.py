"""`dateline compare-coders`: how well two coders agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import out_option, writer

if TYPE_CHECKING:
    from dateline.coders.comparing import Comparison
    from dateline.model import Coding


@click.command("compare-coders")
@click.argument("one", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("other", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--disagreements", is_flag=True, help="Name each difference, with the words, as JSON lines.")
@out_option
def compare_coders(one: Path, other: Path, disagreements: bool, out: str | None) -> None:
    """Compare two codings of the same reports, field by field: the share in which they agree, and Cohen's kappa.

    Each file holds the output of `dateline code --format jsonl`, of two coders, or of a coder and a person.

    \b
    Example:
      dateline code news/ --format jsonl --out rules.jsonl
      dateline code news/ --format jsonl --coder model --answers answers.jsonl --offline --out model.jsonl
      dateline compare-coders rules.jsonl model.jsonl
    """
    from dateline.coders.comparing import compare

    found = compare(_read(one), _read(other))
    with writer(out) as stream:
        for line in _differences(found) if disagreements else _table(found):
            stream.write(line + "\n")


def _read(path: Path) -> dict[str, Coding]:
    """The codings in a file, by the id of their report. Raises BadRecord (DL-E005)."""
    from dateline.model import Coding

    with path.open(encoding="utf-8") as lines:
        codings = [Coding.from_json(line) for line in lines if line.strip()]
    return {coding.report.id: coding for coding in codings}


def _differences(found: Comparison) -> list[str]:
    import json

    return [json.dumps(row._asdict(), ensure_ascii=False) for row in found.disagreements]


def _table(found: Comparison) -> list[str]:
    lines = [
        f"{found.reports} reports that both have; {found.both} accounts of both, {found.only_one} of the first alone, "
        f"{found.only_other} of the second alone (F1 {_figure(found.accounts)})",
        f"{'field':<10} {'agree':>6} {'kappa':>6} {'of':>6}",
    ]
    for name, one in found.fields.items():
        lines.append(f"{name:<10} {_figure(one.share):>6} {_figure(one.kappa):>6} {one.compared:>6}")
    return lines


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
