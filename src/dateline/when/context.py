"""What an expression may be resolved against: publication, the time last spoken of, and the tense around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateline.model.vocabulary import Basis
from dateline.when.calendar import Stretch


@dataclass(frozen=True, slots=True)
class Made:
    """What a rule makes of an expression."""

    value: str
    stretch: Stretch | None
    basis: Basis
    how: str
    period: bool = False
    #: Does what follows hang on it ("the next day")?
    refers: bool = True
    #: For a range, its two ends: the group of the match that names each ("": what follows the first), and its days.
    ends: tuple[tuple[str, Stretch], ...] = ()


@dataclass(slots=True)
class Context:
    """Moves along with the text. `published` is a day (the last of its interval), None where unknown.

    `narrative`: the report tells a story of other years, so bare months and days belong to the time last spoken of.
    """

    published: dt.date | None
    narrative: bool = False
    reference: Stretch | None = None
    reference_text: str = ""
    future: bool = False
    caption_year: int | None = None
    explicit: bool = False

    def speak_of(self, stretch: Stretch, text: str) -> None:
        """Remember a time as the one last spoken of."""
        self.reference, self.reference_text = stretch, text

    @property
    def now(self) -> dt.date | None:
        """What "yesterday" counts from: publication; in a story, the time last spoken of."""
        if self.narrative and self.reference is not None:
            return self.reference.start
        return self.published

    @property
    def then(self) -> Stretch | None:
        """What "the next day" counts from: the time last spoken of, else publication."""
        if self.reference is not None:
            return self.reference
        return None if self.published is None else Stretch(self.published, self.published, "day", "")

    @property
    def then_words(self) -> str:
        """`then`, for explanations."""
        if self.reference is not None:
            return f"'{self.reference_text}' ({self.reference.start.isoformat()})"
        return f"publication ({self.published})"

    @property
    def now_words(self) -> str:
        """`now`, for explanations."""
        if self.narrative and self.reference is not None:
            return self.then_words
        return f"publication ({self.published})"
