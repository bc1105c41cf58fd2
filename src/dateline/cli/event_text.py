"""An event for people: values, figures by source, the words behind them, why its accounts are one, judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from dateline.cli.evidence import lines, marked
from dateline.cli.layout import fitted, is_coloured, width_of
from dateline.cli.wording import RULES, field_in_words, figures, spaced, what
from dateline.linking.explaining import waterfall
from dateline.model.event import Event

if TYPE_CHECKING:
    from dateline.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Page:
    """What it is written on: how wide it is, and may it have bold letters?"""

    width: int = 200
    coloured: bool = False

    @staticmethod
    def of(stream: TextIO) -> Page:
        """That of a stream."""
        return Page(width_of(stream), is_coloured(stream))


def event_text(
    ledger: Ledger, record: dict[str, Any], blind: bool = False, as_of: int | None = None, page: Page | None = None
) -> str:
    """Some twenty lines, wrapped at words; `blind` leaves out what the machine and other people think of it."""
    page = page or Page()
    values = [*headline(record, blind), *_figures(record)]
    values += [*_held(ledger, record, as_of), *_case(ledger, record, as_of)]
    text = [part for line in values for part in fitted(line, page.width)]
    text += ["", *_evidence(ledger, record, page)]
    if not blind:
        for tie in Event.from_record(record).why:
            text += ["", *waterfall(tie)]
        if as_of is None:
            text += _coders(ledger, record["id"])
        text += [part for line in _judgements(ledger, record["id"]) for part in fitted(line, page.width)]
    return "\n".join(text) + "\n"


def _coders(ledger: Ledger, event: str) -> list[str]:
    """What coders of its reports read otherwise, side by side."""
    from dateline.cli.review_coders import as_text

    found = [as_text(one, difference) for one in ledger.differences(event) for difference in one.differences]
    return ["", "coders differ:", *found] if found else []


def headline(record: dict[str, Any], blind: bool = False) -> list[str]:
    """What, when, where, who."""
    review = {"unreviewed": "not reviewed yet"}.get(record["review"], record["review"])
    sure = "" if blind else f"   {record['confidence']:.0%} sure, {review}"
    places = "; ".join(", ".join(filter(None, (p["name"], p["admin1"], p["country"]))) for p in record["where"])
    lines = [f"{record['id']}  {what(record)}{sure}", f"  when   {_days(record)}"]
    lines.append(f"  where  {places or '?'}")
    for role in ("agent", "target", "victim"):
        names = [a["name"] + (f" [{a['id']}]" if a["id"] else "") for a in record["actors"] if a["role"] == role]
        lines += [f"  {role:6} {', '.join(names)}"] if names else []
    disputed = ", ".join(map(field_in_words, record["disagreements"]))
    lines += [f"  sources disagree on {disputed}"] if disputed else []
    lines += [f"  part of {record['part_of']}"] if record["part_of"] else []
    return lines + [
        f"  {field_in_words(c['field'])} was corrected by {c['by']} (judgement {c['judgement']})"
        for c in record["corrections"]
    ]


def _days(record: dict[str, Any]) -> str:
    when = record["when"]
    return "?" if when is None else " to ".join(dict.fromkeys((when["start"], when["end"])))


def _case(ledger: Ledger, record: dict[str, Any], as_of: int | None) -> Iterator[str]:
    """The other events of its case, in order of day."""
    stages = ledger.case(record["id"], as_of)
    if stages:
        yield f"  case {record['case']}, with"
    for one in stages:
        place = f" in {one['where'][0]['name']}" if one["where"] else ""
        yield f"      {_days(one):10}  {spaced(one['type'])}{place}  {one['id']}"


def _figures(record: dict[str, Any]) -> Iterator[str]:
    for count in record["counts"]:
        yield f"  {figures([count], record['disagreements'])}{_chosen(count)}{_history(count)}"
        for figure in count["figures"]:
            said = f", said {figure['said_by']}" if figure["said_by"] else ""
            yield f"      '{' '.join(figure['text'].split())}' in {figure['report_uri']}{said}"


def _history(count: dict[str, Any]) -> str:
    """The values that a toll went through, day by day: "5 (2012-05-15), then 9 or 10 (2012-05-16)"."""
    days: dict[str, list[str]] = {}
    for step in count.get("history", ()):
        days.setdefault(step["published"] or "undated", []).append(str(step["best"]))
    told = ", then ".join(f"{' or '.join(values)} ({day})" for day, values in days.items())
    return f": {told}" if len(count.get("history", ())) > 1 else ""


def _chosen(count: dict[str, Any]) -> str:
    """How the figure was chosen from several: ", the latest figure"."""
    told = {(figure["low"], figure["best"], figure["high"]) for figure in count["figures"]}
    reports = {figure["report_uri"] for figure in count["figures"]}
    if len(told) > 1:
        return f", {RULES.get(count['rule'], spaced(count['rule']))}"
    return ", all reports agree" if len(reports) > 1 else ""


def _held(ledger: Ledger, record: dict[str, Any], as_of: int | None) -> Iterator[str]:
    """The events that a total holds."""
    held = ledger.held(record["id"], as_of) if record["scope"] == "rollup" else []
    if held:
        yield f"  holds {', '.join(held)}"


def _evidence(ledger: Ledger, record: dict[str, Any], page: Page) -> Iterator[str]:
    """The sentences of each account, with the words from which its values were read marked."""
    for row in record["accounts"]:
        coding = ledger.report(row["report"])
        account = next((a for a in coding.accounts if a.id == row["account_id"]), None)
        yield f"  {row['report_uri']}#{row['account_id']}  ({row['key']})"
        if account is not None:
            told = marked(account, coding.report.text)
            yield from (f"      {line}" for line in lines(told, page.width - 6, page.coloured))


def _judgements(ledger: Ledger, event: str) -> Iterator[str]:
    for row in ledger.judgements(event):
        gone = f" (withdrawn in revision {row['withdrawn']})" if row["withdrawn"] else ""
        why = f": {row['reason']}" if row["reason"] else ""
        yield f"  judgement {row['num']}  {row['at']}  {row['by']}  {row['kind']} {row['value'] or ''}{why}{gone}"
