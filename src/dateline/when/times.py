"""A time expression of a report and what it was resolved to."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import Derivation, Entity, Span, When
from dateline.model.vocabulary import Basis
from dateline.when.calendar import Stretch
from dateline.when.context import Anchor


@dataclass(frozen=True, slots=True)
class Time:
    """An expression, its TIMEX3 value, and the days it names where it names any.

    `how` tells what the rule did with the expression; "{}" in it stands for `anchor`, the time from which it was
    counted. `period` is true for durations ("for three days") and sets ("every Friday"), which name no days.
    """

    span: Span
    text: str
    value: str
    stretch: Stretch | None
    basis: Basis
    rule: str
    how: str
    sentence: int
    anchor: Anchor | None = None
    period: bool = False
    weak: bool = False
    caption: bool = False
    #: It stands in a dateline or stamp: it is the day of the report, and not of anything that the report tells.
    stamp: bool = False
    #: It is a part of the title of an item or a heading ("2011 Syrian uprising: ...").
    label: bool = False
    #: For a unit (week to decade) that was not over when the report appeared: the days of it that the report can tell
    #: of.
    told: Stretch | None = None
    ends: tuple[tuple[Span, str, Stretch], ...] = ()

    @property
    def derivation(self) -> Derivation:
        """How the value was found: expression, rule, anchor and value, in words and as data."""
        how = self.how.format(self.anchor) if self.anchor else self.how.format("an unknown day")
        words = f"'{self.text}', {how} -> {_days(self.stretch) or self.value}"
        if self.anchor is None:
            return Derivation(self.rule, words)
        return Derivation(self.rule, words, self.anchor.text or "publication", self.anchor.span)

    def as_when(self) -> When | None:
        """As the time of an account; None where it names no days."""
        days = self.told or self.stretch
        if days is None:
            return None
        start, end = days.start.isoformat(), days.end.isoformat()
        return When(start, end, days.precision, self.basis, self.text, self.span, self.derivation)

    def as_entities(self) -> list[Entity]:
        """As entities: one, or the two ends of a range ("3-5 May": 3 May, 5 May)."""
        if not self.ends:
            return [self._entity(self.span, self.text, self.value, self.stretch)]
        return [self._entity(span, text, days.value, days) for span, text, days in self.ends]

    def _entity(self, span: Span, text: str, value: str, days: Stretch | None) -> Entity:
        start = days.start.isoformat() if days else None
        end = days.end.isoformat() if days else None
        return Entity("time", text, span, value=value, start=start, end=end, derivation=self.derivation)


def _days(stretch: Stretch | None) -> str:
    if stretch is None:
        return ""
    start, end = stretch.start.isoformat(), stretch.end.isoformat()
    return start if start == end else f"{start}..{end}"
