"""How each value of a coding was found, in words: what `dateline code --explain` prints."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.model import words
from dateline.model.claims import Account, Coded, Count, Place, When
from dateline.model.show import summary
from dateline.model.span import Span

#: Width of the first column of a line, which names the question that a value answers ("when").
_FIELD = 11


def as_explanation(coding: Coded) -> str:
    """The date of the report, then every account with the words behind each of its values."""
    report = coding.report
    lines = [report.uri or report.id, f"  published  {when_in_words(report.published)}"]
    for account in coding.accounts:
        lines += ["", f"  {summary(account)}", *(f"    {row}" for row in rows_of(account, report.text))]
    lines += [f"  warning    {warning}" for warning in coding.warnings]
    return "\n".join(lines) + "\n"


def rows_of(account: Account, text: str) -> Iterator[str]:
    """One line for each value of an account: the value, its words, and how it was found."""
    for field, how in values_of(account, text):
        yield f"{field:{_FIELD}}{how}"


def values_of(account: Account, text: str) -> Iterator[tuple[str, str]]:
    """The same in two parts: the question that the value answers; and the value, its words, and how it was found."""
    inside = next((s for s in account.sentences if s.covers(account.trigger)), None)
    told = _quoted(text, account.trigger) + (f" in {_quoted(text, inside)}" if inside is not None else "")
    yield "what", f"{account.type}, {account.status}: {told}"
    yield from (("why", line) for line in account.derivation)
    yield "when", when_in_words(account.when)
    for place in account.where:
        yield "where", f"{_quoted(text, place.span)} -> {place_in_words(place)}{_inferred(place.basis)}"
    for actor in account.actors:
        known = f" = {actor.id}" if actor.id else ""
        told = f"{actor.role}, {actor.kind}: {_quoted(text, actor.span)} -> {actor.name}{known}"
        yield "who", f"{told}{_inferred(actor.basis)}"
    for count in account.counts:
        yield "how many", _count(count, text)
    for item in account.items:
        yield "item", f"{item.what}: {_quoted(text, item.span)}"
    for speaker in account.said_by:
        yield "says", f"{_quoted(text, speaker.span)} -> {speaker.name}"


def _inferred(basis: str | None) -> str:
    return " (inferred: no sentence says it of this)" if basis == "inferred" else ""


def when_in_words(when: When | None) -> str:
    """The days that were found, and how they were found."""
    if when is None:
        return "not told"
    if when.derivation is None:
        return f"{when.start}..{when.end}, {when.basis}"
    return f"{when.derivation.how} ({when.basis})"


def place_in_words(place: Place) -> str:
    """The place for which a name was taken: its precision, point and entry, and the other places of the name that it
    beat."""
    if place.gazetteer_id is None:
        return "named, and not placed"
    admin = f", {place.admin1}" if place.admin1 and place.admin1 != place.name else ""
    point = "" if place.lat is None else f" at {place.lat:.2f}, {place.lon:.2f}"
    beaten = f", rather than {'; '.join(place.beaten)}" if place.beaten else ""
    return f"{place.name}{admin}, {place.country} ({place.precision}){point} [{place.gazetteer_id}]{beaten}"


def _count(count: Count, text: str) -> str:
    part = ", a part of the total" if count.part else ""
    told = f"{words.figure(count)} {count.what}{words.of_party(count.party)}{part}"
    return f"{_quoted(text, count.span)} -> {told}"


def _quoted(text: str, span: Span, most: int = 100) -> str:
    told = " ".join(text[span.start : span.end].split())
    return f"'{told if len(told) <= most else told[: most - 3] + '...'}'"
