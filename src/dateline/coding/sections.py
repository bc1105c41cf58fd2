"""Code a very long text in sections, each as a report of its own.

Comparing all tellings, names or times of a report with one another takes four times as long for twice the text. With
sections, time grows in proportion to the text, and memory holds one section at a time. Nothing is lost: newspapers
print no such texts, and what is told a hundred paragraphs apart is not of one happening.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dateline.model import Account, Coding, Report, Span
from dateline.model.claims import Affiliation, Entity, Link

#: The most characters of a text that is coded as a whole, and of a section of a longer one.
LONGEST, _SECTION = 60_000, 12_000
#: Where a section may end, the best first.
_ENDS = ("\n\n", "\n", ". ", " ")
T = TypeVar("T")


def sections_of(text: str) -> list[Span]:
    """The spans of a text's sections. A section ends with a paragraph where one ends in the section's second half; else
    with a line, a sentence or a word."""
    found: list[Span] = []
    start = 0
    while len(text) - start > _SECTION:
        ends = (text.rfind(mark, start + _SECTION // 2, start + _SECTION) for mark in _ENDS)
        found.append(Span(start, next((at + 1 for at in ends if at >= 0), start + _SECTION)))
        start = found[-1].end
    return [*found, Span(start, len(text))]


def section(report: Report, span: Span, first: Coding | None) -> Report:
    """A section as a report. `first`: the coding of the first section, whose day of publication all get; None for that
    one."""
    if first is None:
        return replace(report, text=span.of(report.text))
    published = first.report.published
    if published is not None:
        # The words for that day are in another section.
        published = replace(published, text=None, span=None, derivation=None)
    return replace(report, text=span.of(report.text), published=published)


def joined(report: Report, codings: list[tuple[Span, Coding]]) -> Coding:
    """Join the codings of the sections to one coding of the report, with new account numbers."""
    accounts: list[Account] = []
    links: list[Link] = []
    entities: list[Entity] = []
    affiliations: list[Affiliation] = []
    for span, coding in codings:
        ids = {a.id: f"a{n}" for n, a in enumerate(coding.accounts, len(accounts) + 1)}
        accounts += [replace(_shifted(a, span.start), id=ids[a.id]) for a in coding.accounts]
        links += [replace(k, source=ids[k.source], target=ids[k.target]) for k in coding.links]
        entities += [_shifted(e, span.start) for e in coding.entities]
        affiliations += [_shifted(a, span.start) for a in coding.affiliations]
    first = codings[0][1]
    said = f"Coded in {len(codings)} sections: what two of them tell of one happening is two accounts."
    return replace(
        first,
        report=replace(report, published=first.report.published),
        accounts=tuple(accounts),
        links=tuple(links),
        entities=tuple(entities),
        affiliations=tuple(affiliations),
        warnings=(said, *dict.fromkeys(w for _, coding in codings for w in coding.warnings)),
    )


def _shifted(thing: T, by: int) -> T:
    """A copy of the thing with all its spans moved on by `by` characters."""
    found: Any = thing
    if isinstance(thing, Span):
        found = thing.shifted(by)
    elif isinstance(thing, tuple):
        found = tuple(_shifted(one, by) for one in thing)
    elif is_dataclass(thing) and not isinstance(thing, type):
        found = replace(thing, **{f.name: _shifted(getattr(thing, f.name), by) for f in fields(thing)})
    return found  # type: ignore[no-any-return]
