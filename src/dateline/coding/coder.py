"""The main job: a report in, a coding out."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from dateline.coding.affiliations import affiliations
from dateline.coding.assembling import assemble
from dateline.coding.confidence import confidence
from dateline.coding.deriving import derivation
from dateline.coding.draft import Draft
from dateline.coding.entities import entities
from dateline.coding.grounding import ground
from dateline.coding.reading import Reading, read_report
from dateline.language import Document, Sentence
from dateline.language.identify import language_of
from dateline.model import Account, Coding, Link, Place, RejectedReport, Report, Span, types
from dateline.model.errors import DatelineError, NotCoded
from dateline.model.vocabulary import METHODS, LinkKind, Method
from dateline.what import Mention
from dateline.when import languages, publication, times_of


def code_report(report: Report, all_entities: bool = False) -> Coding:
    """Code one report. Pure: the same report gives the same coding, whatever was coded before.

    Of a report in another language than English at most the times are read; a warning says so.
    """
    lang = report.lang or language_of(report.text)
    report = replace(report, id=report.id or report_id(report.text), lang=lang)
    if lang not in (None, "en"):
        return _times_only(report, str(lang))
    reading = read_report(report, everything=all_entities)
    coding = code_reading(reading)
    found = entities(reading, coding.accounts)
    return replace(coding, entities=found, affiliations=affiliations(reading))


def code_or_reject(row: Report | RejectedReport, all_entities: bool = False) -> Coding | RejectedReport:
    """Code a report of a batch; rejected ones pass through, and so does, as NotCoded (DL-R010), one on which the coder
    fails: the rest of the batch goes on. Raises what is wrong for all of them, as BadKnowledge (DL-E004)."""
    if isinstance(row, RejectedReport):
        return row
    try:
        return code_report(row, all_entities)
    except DatelineError:
        raise
    except Exception as mistake:  # Whatever it is, it is this report's alone.
        at = traceback.extract_tb(mistake.__traceback__)[-1]
        what = f"{type(mistake).__name__} in {Path(at.filename).name}, line {at.lineno}: {mistake}."
        return NotCoded(what, where=row.uri or row.id)


def code_reading(reading: Reading) -> Coding:
    """The accounts of a report that was read, and the links between them; no entities."""
    drafts = assemble(reading)
    ids = {id(d): f"a{n}" for n, d in enumerate(drafts, 1)}
    dropped: Counter[str] = Counter()
    accounts = tuple(ground(_account(d, ids[id(d)]), reading.report.text, dropped) for d in drafts)
    warnings = tuple(f"{n} values of '{field}' had no words to support them." for field, n in sorted(dropped.items()))
    report = replace(reading.report, published=reading.published)
    return Coding(report, accounts, tuple(_links(drafts, ids)), warnings=warnings)


def _times_only(report: Report, lang: str) -> Coding:
    """Publication and times of a report whose language has a grammar of times, but no reader of happenings yet."""
    warning = f"The report is in '{lang}'; only English is coded."
    if lang not in languages():
        return Coding(report, warnings=(warning,))
    document = Document.of(report.text)
    published = report.published or publication(document, language=lang)
    times = times_of(document, document.sentences, published, lang)
    return Coding(
        replace(report, published=published),
        entities=tuple(e for t in times for e in t.as_entities()),
        warnings=(f"{warning} Its times are.",),
    )


def report_id(text: str) -> str:
    """A stable id: the first 16 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _account(draft: Draft, name: str) -> Account:
    sure = confidence(draft)
    return Account(
        id=name,
        type=draft.type,
        status=draft.status,
        scope=draft.scope,
        trigger=draft.trigger,
        sentences=tuple(sorted(Span(s.start, s.end) for s in _telling(draft))),
        method=_methods(draft),
        when=draft.when,
        where=_where(draft),
        actors=tuple(draft.actors),
        counts=draft.figures,
        items=tuple(draft.items),
        said_by=tuple(draft.said_by),
        confidence=sure,
        derivation=derivation(draft, sure),
    )


def _where(draft: Draft) -> tuple[Place, ...]:
    """The finest first: streets, which lie in the one place that they are told with, and have no points."""
    places = tuple(replace(p.as_place(), basis=_basis(draft)) for p in draft.places)
    around = places[0] if len(places) == 1 else None
    country, admin1 = (around.country, around.admin1) if around else (None, None)
    streets = (replace(s.as_place(), country=country, admin1=admin1) for s in draft.streets)
    return (*streets, *places)


def _methods(draft: Draft) -> tuple[Method, ...]:
    """As the record has them: none of an arrest or a verdict, and what a blast damages is not vandalised."""
    if not types.of(draft.type).methods:
        return ()
    beside = {"vandalism", "arson"} if draft.type in types.EXPLOSIVE else set()
    return tuple(sorted(m for m in draft.methods if m in METHODS and m not in beside))  # type: ignore[misc]


def _telling(draft: Draft) -> list[Sentence]:
    """The sentences that tell of it, and not only of its dead and wounded, whose figures have words of their own."""
    told = [
        s
        for s in draft.sentences
        if not (own := [m for m in draft.mentions if m.sentence is s])
        or any(not m.frame.consequence or _is_of_act(m) for m in own)
    ]
    return told or draft.sentences


def _is_of_act(mention: Mention) -> bool:
    """Is it told with the act that it came of, and not only with other deaths and wounds?"""
    cause = mention.cause
    return cause is not None and (not cause.frame.consequence or cause.cause is not None)


def _basis(draft: Draft) -> Literal["told", "inferred"]:
    return "inferred" if draft.place_inferred else "told"


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
