"""Metadata of a report: each value with its source. Where sources differ, one value is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.model import Known, Origin, Report
from dateline.model.claims import Knowable
from dateline.readers.dates import given
from dateline.readers.text import MAX_CHARS, is_unicode, report_of

#: The most characters of a name, title or address; a longer value is ignored.
_LONGEST = 1_000


def known(field: Knowable, value: str | None, source: str, chosen: bool = True) -> tuple[Known, ...]:
    """The value that a source gives for a field, as a tuple of one, or empty. Control characters and runs of white
    space become one blank."""
    words = " ".join("".join(c if c.isprintable() else " " for c in value or "").split())
    if not words or len(words) > _LONGEST or not is_unicode(words):
        return ()
    return (Known(field, words, source, chosen),)


def known_day(value: str | None, source: str, chosen: bool = True) -> tuple[Known, ...]:
    """The day of publication that a source gives (an ISO date; what follows the date is ignored)."""
    try:
        return (Known("published", given(value).start, source, chosen),) if value else ()
    except ValueError:
        return ()


def chosen(found: Iterable[Known]) -> tuple[Known, ...]:
    """Choose one value for each field: the first that may be chosen (the best source comes first). Equal values of
    other sources are dropped; other values are kept, not chosen."""
    kept: list[Known] = []
    for one in found:
        same = [other for other in kept if other.field == one.field]
        if any(other.value.casefold() == one.value.casefold() for other in same):
            continue
        kept.append(replace(one, chosen=one.chosen and not any(other.chosen for other in same)))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Story:
    """A report before it is built: text, address, metadata (the best source first), and origins of its parts."""

    text: str
    uri: str
    known: Sequence[Known] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()

    def report(self, max_chars: int = MAX_CHARS) -> Report:
        """The report. Raises EmptyReport (DL-R001), TooLong (DL-R004), OddCharacters (DL-R014)."""
        told = chosen(self.known)
        has = {one.field: one.value for one in told if one.chosen}
        made = report_of(self.text, self.uri, has.get("published"), has.get("title"), has.get("publisher"), max_chars)
        notes = (*self.notes, *differing(told))
        return replace(made, notes=notes, known=(*told, *made.known), origins=self.origins)


def differing(told: tuple[Known, ...]) -> tuple[str, ...]:
    """A note for the user where sources give different days of publication."""
    days = [one for one in told if one.field == "published"]
    if len(days) < 2 or not any(one.chosen for one in days):
        return ()
    best = next(one for one in days if one.chosen)
    rest = ", ".join(f"{one.value} ({one.source})" for one in days if one is not best)
    return (f"Sources differ on the day of publication: {best.value} ({best.source}) was chosen over {rest}.",)
