"""The main job: a report in, a coding out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from dateline.coding.assembling import assemble
from dateline.coding.confidence import confidence
from dateline.coding.draft import Draft
from dateline.coding.entities import entities
from dateline.coding.reading import read_report
from dateline.model import Account, Actor, Coding, Count, Link, Place, Report, Span, When
from dateline.model.vocabulary import METHODS, LinkKind


def code_report(report: Report, all_entities: bool = False) -> Coding:
    """Code one report. Pure: the same report gives the same coding, whatever was coded before."""
    reading = read_report(report, everything=all_entities)
    drafts = assemble(reading)
    ids = {id(d): f"a{n}" for n, d in enumerate(drafts, 1)}
    warnings: list[str] = []
    accounts = tuple(_account(d, ids[id(d)], report.text) for d in drafts)
    report = Report(
        report.id or report_id(report.text), report.uri, report.text, report.title, report.publisher,
        report.lang, reading.published,
    )  # fmt: skip
    return Coding(report, accounts, tuple(_links(drafts, ids)), entities(reading), tuple(warnings))


def report_id(text: str) -> str:
    """A stable id: the first 16 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _account(draft: Draft, name: str, text: str) -> Account:
    return Account(
        id=name,
        type=draft.type,
        status=draft.status,
        scope=draft.scope,
        trigger=draft.trigger,
        sentences=tuple(sorted(Span(s.start, s.end) for s in draft.sentences)),
        method=tuple(sorted(m for m in draft.methods if m in METHODS)),  # type: ignore[misc]
        when=_quoted(draft.when, text) if draft.when else None,
        where=tuple(_quoted(p.as_place(), text) for p in draft.places),
        actors=tuple(_quoted(a, text) for a in draft.actors),
        counts=tuple(_quoted(c, text) for c in draft.counts),
        items=tuple(draft.items),
        said_by=tuple(draft.said_by),
        confidence=confidence(draft),
    )


_Quoting = TypeVar("_Quoting", When, Place, Actor, Count)


def _quoted(claim: _Quoting, text: str) -> _Quoting:
    """The claim with the report's own words at its span (line breaks and all)."""
    return claim if claim.span is None else replace(claim, text=claim.span.of(text))


def _links(drafts: list[Draft], ids: dict[int, str]) -> Iterator[Link]:
    seen: set[tuple[str, str, str]] = set()
    for draft in drafts:
        for kind, other in draft.links:
            if id(other) in ids and other is not draft:
                row = (kind, ids[id(draft)], ids[id(other)])
                if row not in seen:
                    seen.add(row)
                    yield Link(_kind(kind), row[1], row[2])


def _kind(kind: str) -> LinkKind:
    return kind  # type: ignore[return-value]
