"""An event as text for people: values, figures by source, the words behind them, why its accounts are one event,
judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from dateline.cli.evidence import lines, marked
from dateline.cli.layout import fitted, is_coloured, width_of
from dateline.cli.wording import figures
from dateline.linking.explaining import in_words, waterfall
from dateline.model import words
from dateline.model.event import Event, EventCount
from dateline.model.vocabulary import Role

if TYPE_CHECKING:
    from dateline.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Page:
    """The medium of the text: its width in columns, and whether it can show bold letters."""

    width: int = 200
    coloured: bool = False

    @staticmethod
    def of(stream: TextIO) -> Page:
        """The page for a stream."""
        return Page(width_of(stream), is_coloured(stream))


def event_text(
    ledger: Ledger,
    event: Event,
    blind: bool = False,
    as_of: int | None = None,
    page: Page | None = None,
    weights: bool = False,
) -> str:
    """An event in about twenty lines, wrapped at words.

    `blind` leaves out the opinions of the program and of other people. `weights` adds how much each field speaks for
    the accounts being one event.
    """
    page = page or Page()
    values = [*headline(event, blind), *_figures(event)]
    values += [*_held(ledger, event, as_of), *_case(ledger, event, as_of)]
    text = [part for line in values for part in fitted(line, page.width)]
    text += ["", *_evidence(ledger, event, page)]
    if not blind:
        text += _joined(event, page, weights)
        if as_of is None:
            text += _coders(ledger, event.id)
        text += [part for line in _judgements(ledger, event.id) for part in fitted(line, page.width)]
    return "\n".join(text) + "\n"


def _joined(event: Event, page: Page, weights: bool) -> list[str]:
    """Why the accounts are one event: for each two accounts, what is alike and what is not; or each field's weight."""
    if weights:
        return [line for tie in event.why for line in ("", *waterfall(tie))]
    told = [part for tie in event.why for part in fitted(f"  {in_words(tie)}", page.width)]
    return ["", *told, "  (--weights: how much each field says)"] if told else []


def _coders(ledger: Ledger, event: str) -> list[str]:
    """Where coders of the event's reports differ, side by side."""
    from dateline.cli.review_coders import as_text

    found = [as_text(one, difference) for one in ledger.differences(event) for difference in one.differences]
    return ["", "coders differ:", *found] if found else []


_ROLES: tuple[Role, ...] = ("agent", "target", "victim")


def headline(event: Event, blind: bool = False) -> list[str]:
    """The lines for what, when, where and who."""
    review = {"unreviewed": "not reviewed yet"}.get(event.review, event.review)
    sure = "" if blind else f"   {event.confidence:.0%} sure, {review}"
    lines = [f"{event.id}  {words.what(event)}{sure}", f"  when   {words.days(event.when)}"]
    lines.append(f"  where  {'; '.join(map(words.place, event.where)) or '?'}")
    for role in _ROLES:
        names = [a.name + (f" [{a.id}]" if a.id else "") for a in event.actors if a.role == role]
        lines += [f"  {role:6} {', '.join(names)}"] if names else []
    disputed = ", ".join(map(words.field, event.disagreements))
    lines += [f"  sources disagree on {disputed}"] if disputed else []
    lines += [f"  part of {event.part_of}"] if event.part_of else []
    return lines + [
        f"  {words.field(c.field)} was corrected by {c.by} (judgement {c.judgement})" for c in event.corrections
    ]


def _case(ledger: Ledger, event: Event, as_of: int | None) -> Iterator[str]:
    """The other events of the event's case, by day."""
    stages = ledger.case(event.id, as_of)
    if stages:
        yield f"  case {event.case}, with"
    for one in stages:
        place = f" in {one.where[0].name}" if one.where else ""
        yield f"      {words.days(one.when):10}  {words.spaced(one.type)}{place}  {one.id}"


def _figures(event: Event) -> Iterator[str]:
    for count in event.counts:
        yield f"  {figures([count], event.disagreements)}{_chosen(count)}{_history(count)}"
        for figure in count.figures:
            said = f", said {figure.said_by}" if figure.said_by else ""
            yield f"      '{' '.join(figure.text.split())}' in {figure.report_uri}{said}"


def _history(count: EventCount) -> str:
    """The successive values of a toll with their days ("5 (2012-05-15), then 9 or 10 (2012-05-16)")."""
    days: dict[str, list[str]] = {}
    for step in count.history:
        days.setdefault(step.published or "undated", []).append(str(step.best))
    told = ", then ".join(f"{' or '.join(values)} ({day})" for day, values in days.items())
    return f": {told}" if len(count.history) > 1 else ""


def _chosen(count: EventCount) -> str:
    """How the figure was chosen from several, as a part of a sentence (", the latest figure")."""
    told = {(figure.low, figure.best, figure.high) for figure in count.figures}
    reports = {figure.report_uri for figure in count.figures}
    if len(told) > 1:
        return f", {words.RULES.get(count.rule, words.spaced(count.rule))}"
    return ", all reports agree" if len(reports) > 1 else ""


def _held(ledger: Ledger, event: Event, as_of: int | None) -> Iterator[str]:
    """The events that a total holds."""
    held = ledger.held(event.id, as_of) if event.is_total else []
    if held:
        yield f"  holds {', '.join(held)}"


def _evidence(ledger: Ledger, event: Event, page: Page) -> Iterator[str]:
    """The sentences of each account; the words from which its values were read are marked."""
    for one in event.accounts:
        coding = ledger.report(one.report)
        account = next((a for a in coding.accounts if a.id == one.account_id), None)
        yield f"  {one}  ({one.key})"
        if account is not None:
            told = marked(account, coding.report.text)
            yield from (f"      {line}" for line in lines(told, page.width - 6, page.coloured))


def _judgements(ledger: Ledger, event: str) -> Iterator[str]:
    for row in ledger.judgements(event):
        gone = f" (withdrawn in revision {row['withdrawn']})" if row["withdrawn"] else ""
        why = f": {row['reason']}" if row["reason"] else ""
        yield f"  judgement {row['num']}  {row['at']}  {row['by']}  {row['kind']} {row['value'] or ''}{why}{gone}"
