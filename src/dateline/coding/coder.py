"""The main job: a report in, a coding out."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dateline.coding.accounts import account_of, links_between
from dateline.coding.affiliations import affiliations
from dateline.coding.choice import is_learned
from dateline.coding.entities import entities
from dateline.coding.grounding import ground
from dateline.coding.order import assemble
from dateline.coding.reading import Reading, read_in, read_report
from dateline.coding.sections import LONGEST, joined, section, sections_of
from dateline.language import Document
from dateline.language.identify import language_of
from dateline.language.other import is_installed, tongue, tongues
from dateline.language.paragraphs import foreign_paragraphs
from dateline.model import Coding, RejectedReport, Report, Span
from dateline.model.errors import DatelineError
from dateline.model.rejections import NotCoded
from dateline.model.trace import shifted, tracing
from dateline.reader import NAME
from dateline.when import languages, publication, times_of


def code_report(report: Report, all_entities: bool = False, trace: bool = False, reader: str | None = None) -> Coding:
    """Code one report. The same report always gives the same coding, whatever was coded before.

    In a language other than English whose parser is not installed, at most the times are read; a warning says so. With
    `trace`, the coding keeps which rules decided what (`Coding.trace`). `reader` is "rules" or "learned" (see
    `coding.choice`). Raises BadReader (DL-E012), and NotInstalled (DL-E010) where the learned reader is not
    installed.
    """
    learned = is_learned(reader)
    if not trace:
        return _noted(_coded(report, all_entities, learned), report)
    with tracing() as steps:
        coding = _coded(report, all_entities, learned)
    return replace(_noted(coding, report), trace=tuple(steps))


def _noted(coding: Coding, report: Report) -> Coding:
    """The coding with warnings: how the report was read, and what is to be said of its languages."""
    said = (*report.notes, *_languages(coding.report))
    return replace(coding, warnings=(*said, *coding.warnings)) if said else coding


def _languages(report: Report) -> Iterator[str]:
    """Warnings about languages: paragraphs in another language, and metadata that name another one than the text
    has."""
    if report.lang == "en" and (foreign := foreign_paragraphs(report.text, report.lang)):
        many = Counter(language for _, language in foreign)
        names = ", ".join(f"{count} in '{language}'" for language, count in sorted(many.items()))
        yield f"Of its paragraphs {names} cannot be coded; the rest is."
    for one in report.known:
        if one.field == "lang" and report.lang is not None and one.value != report.lang:
            yield f"Its words are in '{report.lang}'; {one.source} says '{one.value}'. The words were believed."


def prepared(report: Report) -> Report:
    """The report with its id and its language."""
    return replace(report, id=report.id or report_id(report.text), lang=report.lang or language_of(report.text))


def _coded(report: Report, all_entities: bool, learned: bool) -> Coding:
    report = prepared(report)
    if len(report.text) <= LONGEST:
        return _coded_whole(report, all_entities, learned)
    coded: list[tuple[Span, Coding]] = []
    for span in sections_of(report.text):
        part = section(report, span, coded[0][1] if coded else None)
        with shifted(span.start):
            coded.append((span, _coded_whole(part, all_entities, learned)))
    return joined(report, coded)


def _coded_whole(report: Report, all_entities: bool, learned: bool) -> Coding:
    if is_installed(report.lang):
        return _coded_as(read_in(report), learned=False)
    if report.lang not in (None, "en"):
        return _times_only(report, str(report.lang))
    return _coded_as(read_report(report, everything=all_entities, learned=learned), learned)


def _coded_as(reading: Reading, learned: bool) -> Coding:
    """The coding of a report that was read, with its entities, its affiliations and the name of its reader."""
    coding = code_reading(reading)
    found = entities(reading, coding.accounts)
    return replace(coding, entities=found, affiliations=affiliations(reading), reader=NAME if learned else None)


def code_or_reject(
    row: Report | RejectedReport, all_entities: bool = False, reader: str | None = None
) -> Coding | RejectedReport:
    """Code a report of a batch. Rejected reports pass through. A report on which the coder fails becomes NotCoded
    (DL-R010), so that the rest of the batch goes on. Errors that concern all reports are raised, for example
    BadKnowledge (DL-E004)."""
    if isinstance(row, RejectedReport):
        return row
    try:
        return code_report(row, all_entities, reader=reader)
    except DatelineError:
        raise
    except Exception as mistake:  # Any other failure concerns this report alone.
        return not_coded(row, mistake)


def not_coded(report: Report, mistake: Exception) -> NotCoded:
    """The rejection that says that the coder itself failed on a report, and in which line of code."""
    at = traceback.extract_tb(mistake.__traceback__)[-1]
    what = f"{type(mistake).__name__} in {Path(at.filename).name}, line {at.lineno}: {mistake}."
    return NotCoded(what, where=report.uri or report.id)


def code_reading(reading: Reading) -> Coding:
    """The accounts of a report that was read, and the links between them; no entities."""
    drafts = assemble(reading)
    ids = {id(d): f"a{n}" for n, d in enumerate(drafts, 1)}
    dropped: Counter[str] = Counter()
    accounts = tuple(ground(account_of(d, ids[id(d)]), reading.report.text, dropped) for d in drafts)
    warnings = tuple(f"{n} values of '{field}' had no words to support them." for field, n in sorted(dropped.items()))
    report = replace(reading.report, published=reading.published)
    return Coding(report, accounts, tuple(links_between(drafts, ids)), warnings=warnings)


def _times_only(report: Report, lang: str) -> Coding:
    """The coding of a report that no installed parser can read: its publication and its times, where its language has a
    grammar of times."""
    warning = f"The report is in '{lang}'; only English is coded."
    if lang in tongues():
        warning += f" `{tongue(lang).install}` lets it be coded, too."
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
