"""A digest: what is new in a ledger since some moment, for people, as a table for a terminal, Markdown or HTML."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dateline.ledger import Ledger
from dateline.model.event import Event
from dateline.service.params import asked_of
from dateline.service.saved import Saved
from dateline.watch.errors import BadSince
from dateline.watch.telling import figures_revised, kinds_of

_DAYS = re.compile(r"(\d{1,4})d")
#: The most rows that a section shows, the most important first; the other rows are only counted.
_MOST = 50
_PEOPLE = ("killed", "wounded", "arrested", "kidnapped")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest: its title, the names of its columns, and its rows; `more` is how many rows are left out."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new."""

    title: str
    sections: tuple[Section, ...]


def begin_of(since: str, now: dt.datetime) -> dt.datetime:
    """The moment at which a digest begins. Raises BadSince (DL-W011)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if since in ("today", "yesterday"):
        return midnight - dt.timedelta(days=since == "yesterday")
    if found := _DAYS.fullmatch(since):
        return now - dt.timedelta(days=int(found[1]))
    try:
        return dt.datetime.combine(dt.date.fromisoformat(since), dt.time(), dt.UTC)
    except ValueError:
        raise BadSince(f"{since!r} is none.", where="--since") from None


def digested(ledger: Ledger, since: str, query: str = "", now: dt.datetime | None = None) -> Digest:
    """What is new since then in the events of a query (a query string, or the name of a saved query).

    Raises BadSince (DL-W011), BadQuery (DL-L014), NotFound (DL-S009).
    """
    now = now or dt.datetime.now(dt.UTC)
    begin = begin_of(since, now)
    last = ledger.revision()
    first = _revision_at(ledger, begin)
    asked = query if "=" in query or not query else Saved(ledger).one(query)["query"]
    wanted = asked_of(asked).query()
    events = {event.id: event for event in ledger.all_events(wanted)}
    fates = ledger.fates(first, wanted if asked else None)
    changes = [change for change in ledger.diff(first, last) if change.event in events] if first < last else []
    new = [events[change.event] for change in changes if change.kind == "new"]
    revised = [(events[c.event], told) for c in changes if c.kind == "changed" and (told := figures_revised(c))]
    disputed = [events[c.event] for c in changes if "disputed" in kinds_of(c, events[c.event])]
    waiting = [event for event in events.values() if event.review in ("unreviewed", "changed")]
    title = f"{begin:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC, revisions {first + 1} to {last}"
    return Digest(title, (
        _section("New events", _EVENT, map(_event, sorted(new, key=_weight))),
        _section("Revised figures", (*_EVENT, "revised"), ((*_event(e), told) for e, told in revised)),
        _section("New disagreement", (*_EVENT, "about"), ((*_event(e), _about(e)) for e in disputed)),
        _section("Stories corrected or withdrawn", ("what", "address", "when"), map(_fate, fates)),
        _section("Totals of new events", ("type", "events", *_PEOPLE), _totals(new)),
        _section("Waiting for review", _EVENT, map(_event, sorted(waiting, key=_weight))),
    ))  # fmt: skip


_EVENT = ("day", "event", "sources", "confidence", "id")


def _revision_at(ledger: Ledger, begin: dt.datetime) -> int:
    """The newest revision before a moment; 0 where there is none."""
    start: int | None = None
    while rows := ledger.revisions(start, 500):
        for row in rows:
            if dt.datetime.fromisoformat(row["at"]) < begin:
                return int(row["number"])
        start = rows[-1]["number"] - 1
        if start < 1:
            break
    return 0


def _section(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Section:
    found = list(rows)
    return Section(title, heads, tuple(found[:_MOST]), max(0, len(found) - _MOST))


def _weight(event: Event) -> tuple[int, str]:
    return -sum(_people(event, what) for what in _PEOPLE), event.id


def _people(event: Event, what: str) -> int:
    return sum(count.people for count in event.counts if count.what == what)


def _event(event: Event) -> tuple[str, ...]:
    day = event.when.start if event.when else "unknown"
    return day, event.headline(), str(event.sources), f"{event.confidence:.2f}", event.id


def _about(event: Event) -> str:
    return ", ".join(event.disagreements)


def _fate(row: dict[str, Any]) -> tuple[str, ...]:
    what = "withdrawn" if row["after"] is None else "back" if row["after"] == row["before"] else "corrected"
    return what, row["uri"], row["at"]


def _totals(events: list[Event]) -> list[tuple[str, ...]]:
    """Totals by type. Events that sum up others (`rollup`) are left out: they would count twice."""
    single = [event for event in events if not event.is_total]
    sums: dict[str, Counter[str]] = {}
    for event in single:
        own = sums.setdefault(event.type, Counter())
        own["events"] += 1
        own.update({what: _people(event, what) for what in _PEOPLE})
    rows = sorted(sums.items(), key=lambda row: (-row[1]["events"], row[0]))
    return [(kind, *(str(own[name]) for name in ("events", *_PEOPLE))) for kind, own in rows]


# ---------------------------------------------------------------- forms


def as_table(found: Digest) -> str:
    """A digest for a terminal, with aligned columns."""
    parts = [found.title]
    for one in found.sections:
        rows = [one.heads, *(tuple(_plain(cell) for cell in row) for row in one.rows)]
        widths = [min(60, max(len(row[k]) for row in rows)) for k in range(len(one.heads))]
        lines = [
            "  ".join(cell[:60].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
        ]
        parts.append("\n".join([f"{one.title} ({len(one.rows) + one.more})", *(lines if one.rows else [])]))
    return "\n\n".join(parts) + "\n"


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell[:60].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def as_markdown(found: Digest) -> str:
    """A digest as Markdown with tables."""
    parts = [f"# {_cell(found.title)}"]
    for one in found.sections:
        lines = [f"## {one.title} ({len(one.rows) + one.more})", ""]
        if one.rows:
            lines += [_row(one.heads), _row(["---"] * len(one.heads)), *(_row(map(_cell, row)) for row in one.rows)]
        parts.append("\n".join(lines + ([f"\nand {one.more} more"] if one.more else [])))
    return "\n\n".join(parts) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", _plain(words))


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def as_html(found: Digest) -> str:
    """A digest as an HTML page, without scripts and without other files."""
    parts = [f"<h1>{html.escape(found.title)}</h1>"]
    for one in found.sections:
        head = "".join(f"<th>{html.escape(cell)}</th>" for cell in one.heads)
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in one.rows)
        table = f"<table><tr>{head}</tr>{rows}</table>" if one.rows else "<p>None.</p>"
        more = f"<p>and {one.more} more</p>" if one.more else ""
        parts.append(f"<h2>{html.escape(one.title)} ({len(one.rows) + one.more})</h2>{table}{more}")
    style = (
        "body{font:16px sans-serif;margin:2em}table{border-collapse:collapse}td,th{padding:.3em .8em;text-align:left}"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dateline digest</title>'
        f"<style>{style}</style>"
        f"</head><body>{''.join(parts)}</body></html>\n"
    )


FORMS: dict[str, Callable[[Digest], str]] = {"table": as_table, "md": as_markdown, "html": as_html}
