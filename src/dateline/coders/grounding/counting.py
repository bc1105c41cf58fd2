"""How many: the figures that a model quotes. A figure stands in its words, or the words win."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.howmany import Bounds, Reading, is_read, readings, sums
from dateline.model import Count, Item, Span
from dateline.model.vocabulary import PARTIES, WHATS, ItemUse

#: Characters before and after quoted words in which the figure is looked for that belongs to them.
_BESIDE = 32
_ONE: Bounds = (1, 1, 1)
_USES = frozenset(get_args(ItemUse))


class _Figure(NamedTuple):
    bounds: Bounds
    span: Span
    #: What was done where the answer and the words differ.
    note: str | None = None


def counts_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Count, ...]:
    """The counts of an account, each once."""
    found: dict[tuple[object, ...], Count] = {}
    for one in answer.rows(row, "counts"):
        span, what = case.quote(one, near, at), answer.word(one, "what", WHATS)
        figure = _figure(case, span, _told(one)) if span is not None and what is not None else None
        if figure is None or what is None:
            case.drop("counts")
            continue
        case.kept["counts"] += 1
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
    """The bounds that the model gives, in order."""
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
    """The figure that holds; None where no words hold any."""
    value = next((n for n in (told[1], told[0], told[2]) if n is not None), None)
    wide, offset = _beside(case, span)
    around = readings(wide, case.lang)
    inner, last = span.start - offset, span.end - offset
    inside = [r for r in around if inner <= r.end - 1 and r.start < last]
    if value is None:
        return _by_words(span, inside, offset, None)
    for reading in (*inside, *_nearest(around, inner, last)):
        if reading.bounds == told or (case.lang != "en" and abs(reading.value - value) <= 1):
            return _Figure(told, _with(span, reading, offset))
    for reading in inside:
        if value in (n for n in reading.bounds if n is not None):
            note = f"the model says {_shown(told)}, the words '{_words(wide, reading)}' say {_shown(reading.bounds)}"
            return _Figure(reading.bounds, _with(span, reading, offset), note)
    return _without(case, span, told, value, inside, around, offset)


def _without(
    case: Case, span: Span, told: Bounds, value: int, inside: list[Reading], around: list[Reading], offset: int
) -> _Figure | None:
    """The figure where no single number of the words is the model's: a sum, a list, a name; else the words'."""
    text = span.of(case.report.text)
    own = readings(text, case.lang)
    if value in sums(text, own) or (value == 1 and not own):
        return _Figure(told, span)
    if not own:
        beside = [r for r in around if r.value == value or value in r.bounds]
        if beside:
            reading = min(beside, key=lambda r: abs(r.start + offset - span.start))
            return _Figure(reading.bounds, _with(span, reading, offset))
        return _Figure(told, span) if _may_be_unread(case) else None
    return _by_words(span, inside, offset, told)


def _may_be_unread(case: Case) -> bool:
    """May there be number words that we do not know?"""
    return not is_read(case.lang) or case.lang != "en"


def _by_words(span: Span, inside: Sequence[Reading], offset: int, told: Bounds | None) -> _Figure | None:
    """The first figure of the words; None where they have none."""
    if not inside:
        return None
    reading = inside[0]
    note = None if told is None else f"the model says {_shown(told)}, the words say {_shown(reading.bounds)}"
    return _Figure(reading.bounds, _with(span, reading, offset), note)


def _beside(case: Case, span: Span) -> tuple[str, int]:
    """The words with what stands beside them in their sentence, and where that begins."""
    sentence = next((s.span for s in case.sentences if s.span.start <= span.start < s.span.end), span)
    start = max(min(sentence.start, span.start), span.start - _BESIDE)
    end = max(span.end, min(sentence.end, span.end + _BESIDE))
    text = case.report.text
    while start > 0 and start < span.start and text[start - 1].isalnum():
        start += 1
    while end < len(text) and end > span.end and text[end].isalnum():
        end -= 1
    return text[start:end], start


def _nearest(around: Sequence[Reading], start: int, end: int) -> list[Reading]:
    """The figures right before and right after the words."""
    before = [r for r in around if r.end <= start and start - r.end <= 2]
    after = [r for r in around if end <= r.start <= end + 2]
    return [*before[-1:], *after[:1]]


def _with(span: Span, reading: Reading, offset: int) -> Span:
    """The words with those of their figure."""
    return Span(min(span.start, reading.start + offset), max(span.end, reading.end + offset))


def _words(wide: str, reading: Reading) -> str:
    return " ".join(wide[reading.start : reading.end].split())


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
        case.kept["items"] += 1
        words = " ".join(span.of(case.report.text).split())
        name, count = case.named(one, "name") or words, answer.number(one, "count")
        held = {r.value for r in readings(_beside(case, span)[0], case.lang)} | {1}
        stands = count if count is None or count in held or case.lang != "en" else None
        found.setdefault((what, name.casefold()), Item(what, name, span, stands))  # type: ignore[arg-type]
    return tuple(found.values())
