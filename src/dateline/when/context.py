"""What an expression may be resolved against: publication, the time last spoken of, and the tense around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from dateline.model import Span
from dateline.model.vocabulary import Basis
from dateline.when.calendar import Stretch, day


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time that others are counted from, and the words of the report that name it (none for a date given)."""

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
    """What a rule makes of an expression: `how` is said of `anchor`, whose name stands in for "{}" in it."""

    value: str
    stretch: Stretch | None
    basis: Basis
    how: str
    anchor: Anchor | None = None
    #: How long, or how often: it places nothing in time.
    period: bool = False
    #: For a range, its two ends: the group of the match that names each ("": what follows the first), and its days.
    ends: tuple[tuple[str, Stretch], ...] = ()


@dataclass(slots=True)
class Context:
    """Moves along with the text. `published` is a day (the last of its interval), None where unknown.

    `narrative`: the report tells a story of other years, so bare months and days belong to the time last spoken of.
    `day_first`: how the report's other numeric dates are written; None where they do not tell.
    """

    published: dt.date | None
    published_span: Span | None = None
    narrative: bool = False
    day_first: bool | None = None
    reference: Anchor | None = None
    #: What the story is about, asides left out: what months and days without a year belong to.
    story: Anchor | None = None
    future: bool = False
    #: What comes on the day is known beforehand ("the summit in April").
    foreseen: bool = False
    #: What somebody meant to do on the day: it may have been stopped by now ("plans to attack Christmas").
    meant: bool = False
    caption_year: int | None = None
    explicit: bool = False

    def speak_of(self, anchor: Anchor, aside: bool) -> None:
        """Remember a time as the one last spoken of."""
        self.reference = anchor
        if not aside or (self.story is None and self.published is not None):
            self.story = anchor

    def written_on(self, written: dt.date, said: Span) -> Context:
        """The same, for a report that says of itself that it was written on some day before it appeared."""
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
