"""Figures that a model quotes. Where the model's number and the quoted words differ, the words win."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.howmany import Bounds, Reading, readings, sums
from dateline.model import Count, Item, Span
from dateline.model.vocabulary import PARTIES, WHATS, ItemUse

#: How many characters before and after the quoted words are searched for a figure that belongs to them.
_BESIDE = 32
_USES = frozenset(get_args(ItemUse))
#: A number in digits, without the words around it ("at least").
_DIGITS = re.compile(r"[0-9][0-9,]{0,14}")


class _Figure(NamedTuple):
    bounds: Bounds
    span: Span
    #: How the answer and the words differ; None where they agree.
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """Quoted words, the text beside them in their sentence (`text`, which begins at `offset`), and its figures."""

    span: Span
    text: str
    offset: int
    around: tuple[Reading, ...]

    @staticmethod
    def of(case: Case, span: Span) -> _Beside:
        """The quoted words with the text beside them, cut at whole words."""
        sentence = next((s.span for s in case.sentences if s.span.start <= span.start < s.span.end), span)
        start = max(min(sentence.start, span.start), span.start - _BESIDE)
        end = max(span.end, min(sentence.end, span.end + _BESIDE))
        text = case.report.text
        while 0 < start < span.start and text[start - 1].isalnum():
            start += 1
        while span.end < end < len(text) and text[end].isalnum():
            end -= 1
        return _Beside(span, text[start:end], start, tuple(readings(text[start:end], case.lang)))

    @property
    def inside(self) -> list[Reading]:
        """The figures with a number that ends within the quoted words."""
        first, last = self.span.start - self.offset, self.span.end - self.offset
        return [r for r in self.around if first < r.end and r.start < last]

    @property
    def next(self) -> list[Reading]:
        """The figures right before and right after the quoted words."""
        first, last = self.span.start - self.offset, self.span.end - self.offset
        before = [r for r in self.around if first - 2 <= r.end <= first]
        after = [r for r in self.around if last <= r.start <= last + 2]
        return [*before[-1:], *after[:1]]

    def whole(self, reading: Reading) -> Span:
        """The span of the quoted words and the words of a figure together."""
        return Span(min(self.span.start, reading.start + self.offset), max(self.span.end, reading.end + self.offset))

    def words(self, reading: Reading) -> str:
        """The words of a figure."""
        return " ".join(self.text[reading.start : reading.end].split())


def counts_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Count, ...]:
    """The counts of an account, each once."""
    found: dict[tuple[object, ...], Count] = {}
    for one in answer.rows(row, "counts"):
        span, what = case.quote(one, near, at), answer.word(one, "what", WHATS)
        figure = _figure(case, span, _told(one)) if span is not None and what is not None else None
        if figure is None or what is None:
            case.drop("counts")
            continue
        if figure.note is not None:
            case.notes.append(f"to review: {what}: {figure.note}")
        count = _count(case, one, what, figure)
        found.setdefault((what, count.party, *figure.bounds, count.said_by, count.span), count)
    return tuple(found.values())


def _count(case: Case, row: dict[str, Any], what: str, figure: _Figure) -> Count:
    low, best, high = figure.bounds
    return Count(
        what,  # type: ignore[arg-type]
        answer.word(row, "party", PARTIES),  # type: ignore[arg-type]
        low, best, high, figure.span.of(case.report.text), figure.span,
        case.named(row, "said_by"), row.get("part") is True,
    )  # fmt: skip


def _told(row: dict[str, Any]) -> Bounds:
    """The bounds (low, best, high) that the model gives; one exact number where they are not in order."""
    exact = answer.number(row, "n")
    bounds = tuple(answer.number(row, key) for key in ("low", "best", "high"))
    if exact is not None and bounds == (None, None, None):
        return exact, exact, exact
    known = [n for n in bounds if n is not None]
    low, best, high = bounds
    return (low, best, high) if known == sorted(known) else _exact(best if best is not None else known[0])


def _exact(n: int) -> Bounds:
    return n, n, n


def _figure(case: Case, span: Span, told: Bounds) -> _Figure | None:
    """The figure that is taken; None where the words hold no figure."""
    value = next((n for n in (told[1], told[0], told[2]) if n is not None), None)
    beside = _Beside.of(case, span)
    if value is None:
        return _by_words(beside, None)
    for reading in (*beside.inside, *beside.next):
        if reading.bounds == told or (case.lang != "en" and abs(reading.value - value) <= 1):
            return _Figure(told, beside.whole(reading))
    same = next((r for r in beside.inside if value in r.bounds), None)
    if same is not None:
        return _bounded(beside, same, told)
    return _without(case, beside, told, value)


def _bounded(beside: _Beside, reading: Reading, told: Bounds) -> _Figure:
    """The figure where the words have the model's number, but other bounds.

    The model's bounds are taken where the words have the bare number, because the words that limit it may stand
    anywhere ("estimates run as high as 40"), and where both ends of a range stand in the words ("25,000 at least, maybe
    30,000"). Otherwise the words' bounds are taken.
    """
    low, best, high = reading.bounds
    ends = {n for r in beside.inside for n in r.bounds}
    mine = {n for n in told if n is not None}
    # The bounds may differ by one: "more than 40" is 41, "fewer than 40" is 39.
    near = {n + more for r in beside.around for n in r.bounds if n is not None for more in (-1, 0, 1)}
    near |= {int(digits.replace(",", "")) for digits in _DIGITS.findall(beside.text)}
    if (low == best == high and mine <= near) or (mine <= ends and told[1] is None):
        return _Figure(told, beside.whole(reading))
    note = f"the model says {_shown(told)}, the words '{beside.words(reading)}' say {_shown(reading.bounds)}"
    return _Figure(reading.bounds, beside.whole(reading), note)


def _without(case: Case, beside: _Beside, told: Bounds, value: int) -> _Figure | None:
    """The figure where no single number in the words is the model's: it may be a sum, the length of a list, or a name;
    else the words' figure is taken."""
    text = beside.span.of(case.report.text)
    own = readings(text, case.lang)
    total = sums(text, own)
    if value in total or (value == 1 and not own) or (not own and total and 1 < value <= max(total)):
        return _Figure(told, beside.span)
    if own:
        return _by_words(beside, told)
    near = [r for r in beside.around if value in r.bounds or value == r.value]
    if near:
        reading = min(near, key=lambda r: abs(r.start + beside.offset - beside.span.start))
        return _Figure(reading.bounds, beside.whole(reading))
    if case.lang == "en":
        return None
    # Words without a number that we can read ("des centaines", "varios"): we cannot say that the model is wrong.
    return _Figure(told, beside.span, f"the model reads {_shown(told)}, and we no number in '{' '.join(text.split())}'")


def _by_words(beside: _Beside, told: Bounds | None) -> _Figure | None:
    """The first figure of the words; None where they have none."""
    if not beside.inside:
        return None
    reading = beside.inside[0]
    note = None if told is None else f"the model says {_shown(told)}, the words say {_shown(reading.bounds)}"
    return _Figure(reading.bounds, beside.whole(reading), note)


def _shown(bounds: Bounds) -> str:
    low, best, high = ("?" if n is None else str(n) for n in bounds)
    return best if low == best == high else f"{low}/{best}/{high}"


def items_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Item, ...]:
    """The things seized or used, each once."""
    found: dict[tuple[str, str], Item] = {}
    for one in answer.rows(row, "items"):
        span, what = case.quote(one, near, at), answer.word(one, "what", _USES)
        if span is None or what is None:
            case.drop("items")
            continue
        words = " ".join(span.of(case.report.text).split())
        name, count = case.named(one, "name") or words, answer.number(one, "count")
        held = {r.value for r in _Beside.of(case, span).around} | {1}
        stands = count if count is None or count in held or case.lang != "en" else None
        if stands is not None and stands not in held:
            case.notes.append(f"to review: {name}: the model reads {stands}, and we no such number in the words")
        found.setdefault((what, name.casefold()), Item(what, name, span, stands))  # type: ignore[arg-type]
    return tuple(found.values())
