"""Shows a coding as text, and as HTML for notebooks, with the words behind each account highlighted."""

from __future__ import annotations

import itertools
from html import escape

from dateline.model import words
from dateline.model.claims import Account, Coded
from dateline.model.span import Span

#: Colours of highlights: dark letters on light backgrounds, readable on a white page and on a black one.
_STYLE = {
    "trigger": "background:#ffd54f;font-weight:600", "when": "background:#b3e5fc", "where": "background:#c8e6c9",
    "who": "background:#e1bee7", "count": "background:#ffccbc", "said_by": "background:#cfd8dc",
}  # fmt: skip

_LEGEND = {
    "trigger": "what", "when": "when", "where": "where", "who": "who", "count": "how many", "said_by": "according to",
}  # fmt: skip


def as_text(coding: Coded) -> str:
    """One line for the report, then one for each account."""
    published = coding.report.published
    date = published.start if published else "undated"
    name = coding.report.uri or coding.report.id
    lines = [f"<Coding of {name} ({date}): {len(coding.accounts)} account{'s' * (len(coding.accounts) != 1)}>"]
    return "\n".join([*lines, *(f"  {summary(a)}" for a in coding.accounts)])


def summary(account: Account) -> str:
    """An account in one line."""
    when = f" {words.days(account.when, '..')}" if account.when else ""
    where = f" at {', '.join(p.name or p.text for p in account.where)}" if account.where else ""
    counts = "".join(f", {'of them ' if c.part else ''}{words.number(c)} {c.what}" for c in account.counts)
    total = " (total)" if account.scope == "rollup" else ""
    return f"{account.id} {account.type}{total}, {account.status}:{when}{where}{counts}"


def as_html(coding: Coded) -> str:
    """HTML of the text with highlights (flat, not nested) and a list of accounts. All text of the report is escaped."""
    rows = "".join(f"<li>{escape(summary(a))}</li>" for a in coding.accounts)
    legend = " ".join(_mark(kind, "", label) for kind, label in _LEGEND.items()) if coding.accounts else ""
    return (
        f'<div class="dateline-coding"><ul>{rows}</ul><div style="font-size:85%;margin-bottom:.5em">{legend}</div>'
        f'<div style="white-space:pre-wrap;line-height:1.6">{_highlighted(coding)}</div></div>'
    )


def segments(text: str, marks: list[tuple[Span, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """The text in pieces, each with all marks that cover it. The pieces joined are the text again."""
    edges = sorted({0, len(text), *(at for span, _ in marks for at in span)})
    return [
        (text[a:b], tuple(sorted({label for span, label in marks if span.start <= a and b <= span.end})))
        for a, b in itertools.pairwise(edges)
    ]


def _highlighted(coding: Coded) -> str:
    marks = [mark for account in coding.accounts for mark in _marks(account)]
    return "".join(_piece(text, labels) for text, labels in segments(coding.report.text, marks))


def _piece(text: str, labels: tuple[str, ...]) -> str:
    if not labels:
        return escape(text)
    kind = min(labels, key=lambda label: list(_STYLE).index(label.split()[0]))
    return _mark(kind.split()[0], escape("; ".join(labels)), escape(text))


def _mark(kind: str, title: str, words: str) -> str:
    said = f' title="{title}"' if title else ""
    return f'<mark style="color:#111;padding:0 .1em;border-radius:.2em;{_STYLE[kind]}"{said}>{words}</mark>'


def _marks(account: Account) -> list[tuple[Span, str]]:
    marks = [(account.trigger, f"trigger {account.id} {account.type}")]
    if account.when is not None and account.when.span is not None:
        marks.append((account.when.span, f"when {account.id}"))
    marks += [(p.span, f"where {account.id}") for p in account.where]
    marks += [(a.span, f"who {account.id} {a.role}") for a in account.actors]
    marks += [(c.span, f"count {account.id} {c.what}") for c in account.counts]
    return marks + [(s.span, f"said_by {account.id}") for s in account.said_by]
