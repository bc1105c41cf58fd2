"""What a reader knows of a report beside its words: each value with its source, one chosen where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.model import Known, Origin, Report
from dateline.model.claims import Knowable
from dateline.readers.dates import given
from dateline.readers.text import MAX_CHARS, is_unicode, report_of

#: A name, title or address that is longer is none.
_LONGEST = 1_000


def known(field: Knowable, value: str | None, source: str, chosen: bool = True) -> tuple[Known, ...]:
    """What a source says of a field, as none or one; control characters and runs of blanks are one blank."""
    words = " ".join("".join(c if c.isprintable() else " " for c in value or "").split())
    if not words or len(words) > _LONGEST or not is_unicode(words):
        return ()
    return (Known(field, words, source, chosen),)


def known_day(value: str | None, source: str, chosen: bool = True) -> tuple[Known, ...]:
    """What a source says of the day of publication (an ISO date, and what comes after it)."""
    try:
        return (Known("published", given(value).start, source, chosen),) if value else ()
    except ValueError:
        return ()


def chosen(found: Iterable[Known]) -> tuple[Known, ...]:
    """What sources say, best source first: of each field the first value that may be chosen is; equal values of other
    sources are left out, values that differ are kept."""
    kept: list[Known] = []
    for one in found:
        same = [other for other in kept if other.field == one.field]
        if any(other.value.casefold() == one.value.casefold() for other in same):
            continue
        kept.append(replace(one, chosen=one.chosen and not any(other.chosen for other in same)))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Story:
    """A report in the making: its text, where it is, what sources say of it (the best first), and its origins."""

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
        notes = (*self.notes, *_differing(told))
        return replace(made, notes=notes, known=(*told, *made.known), origins=self.origins)


def _differing(told: tuple[Known, ...]) -> tuple[str, ...]:
    """What must be said of days of publication that differ."""
    days = [one for one in told if one.field == "published"]
    if len(days) < 2 or not any(one.chosen for one in days):
        return ()
    best = next(one for one in days if one.chosen)
    rest = ", ".join(f"{one.value} ({one.source})" for one in days if one is not best)
    return (f"Sources differ on the day of publication: {best.value} ({best.source}) was chosen over {rest}.",)
