"""What an expression may be resolved against: publication, the time last spoken of, and the tense around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from dateline.model import Span
from dateline.model.vocabulary import Basis
from dateline.when.calendar import Stretch, day


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time from which other times are counted, and the words of the report that name it (none for a date given by the
    caller)."""

    stretch: Stretch
    text: str
    span: Span | None = None

    @property
    def day(self) -> dt.date:
        """Its first day."""
        return self.stretch.start

    def __str__(self) -> str:
        start, end = self.stretch.start.isoformat(), self.stretch.end.isoformat()
        days = start if start == end else f"{start}..{end}"
        return f"publication ({days})" if self.text == "" else f"'{self.text}' ({days})"


@dataclass(frozen=True, slots=True)
class Made:
    """What a rule makes of an expression. `how` explains it in words; "{}" in it stands for the name of `anchor`."""

    value: str
    stretch: Stretch | None
    basis: Basis
    how: str
    anchor: Anchor | None = None
    #: It says how long or how often, and so names no days.
    period: bool = False
    #: The two ends of a range: for each the group of the match that names it, and its days. "" as the name of the
    #: second group stands for all that follows the first.
    ends: tuple[tuple[str, Stretch], ...] = ()


@dataclass(slots=True)
class Context:
    """What is known while a document is read sentence by sentence; it changes as reading goes on.

    `published`: the day of publication (the last one of an interval); None where unknown.
    `narrative`: the report tells a story of other years, so months and days without a year belong to the time last
    spoken of.
    `day_first`: whether the report's other numeric dates put the day first; None where they do not tell.
    """

    published: dt.date | None
    published_span: Span | None = None
    narrative: bool = False
    day_first: bool | None = None
    reference: Anchor | None = None
    #: The time of the story, times told in passing left out. Months and days without a year belong to its year.
    story: Anchor | None = None
    future: bool = False
    #: What happens on the day is known beforehand ("the summit in April").
    foreseen: bool = False
    #: Somebody planned it for the day; it may have been stopped before ("plans to attack Christmas").
    meant: bool = False
    caption_year: int | None = None
    explicit: bool = False

    def speak_of(self, anchor: Anchor, aside: bool) -> None:
        """Remember a time as the one last spoken of."""
        self.reference = anchor
        if not aside or (self.story is None and self.published is not None):
            self.story = anchor

    def written_on(self, written: dt.date, said: Span) -> Context:
        """The same context, for a report that says that it was written on some day before it appeared."""
        return replace(self, published=written, published_span=said)

    @property
    def publication(self) -> Anchor | None:
        """The day of publication to count from."""
        return None if self.published is None else Anchor(day(self.published), "", self.published_span)

    @property
    def now(self) -> Anchor | None:
        """What "yesterday" counts from: publication; in a story, the time last spoken of."""
        return self.reference if self.narrative and self.reference is not None else self.publication

    @property
    def then(self) -> Anchor | None:
        """What "the next day" counts from: the time last spoken of, else publication."""
        return self.reference or self.publication
