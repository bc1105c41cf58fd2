"""`dateline custody`: the custody log of a report, and the proofs for it."""

from __future__ import annotations

import json
from typing import Any

import click

from dateline.cli.ledger_options import ledger_option, open_ledger


@click.command()
@click.argument("report")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry, with its hashes.")
@click.option("--diff", "with_diff", is_flag=True, help="Also what is other in each version of the story.")
def custody(report: str, ledger: str, as_json: bool, with_diff: bool) -> None:
    """Who or what brought a report (by URI or key) in, when, from where, by which tool, with which hashes and HTTP
    headers; and whatever was done to it since. `dateline ledger check` proves the chain.

    \b
    Examples:
      dateline custody https://news.example/2024/05/15/mosul
      dateline custody 18c36259a308d367 --json
    """
    with open_ledger(ledger) as opened:
        entries = opened.custody(report)
        fates = {row["num"]: row for entry in entries for row in opened.fate(entry["report"])} if with_diff else {}
    for entry in entries:
        click.echo(json.dumps(entry, ensure_ascii=False) if as_json else "\n".join(_lines(entry)))
    for fate in fates.values():
        if fate["diff"]:
            click.echo(f"\nrevision {fate['revision']}: {fate['before']} -> {fate['after']}\n{fate['diff']}")


def _lines(entry: dict[str, Any]) -> list[str]:
    told = entry["body"]
    head = f"{entry['at']}  {entry['act']}  by {entry['by']}  (report {entry['report']}, {entry['chain']} "
    lines = [f"{head}{entry['place']}, revision {entry['revision']})"]
    for name, value in told.items():
        if name == "headers":
            lines += [f"    {key}: {words}" for key, words in value]
        elif value not in (None, "", [], {}):
            lines.append(f"    {name}: {value}")
    return [*lines, f"    hash {entry['hash'][:16]}..., after {entry['before'][:16] or 'none'}"]
