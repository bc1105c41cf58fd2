"""The text of printed pages: words in boxes are put in reading order.

Columns are found by the gutter between them, running heads and feet by standing on many pages at one height. Words
hyphenated at the end of a line are joined, and lines become paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from dateline.readers.pieces import PARTED, Pieces

#: Two runs of words belong to one line if they overlap in this share of their height, and the gap between them is less
#: than this many heights.
_SHARED, _APART = 0.5, 0.9
#: How gutters are found: the step of the search in points; the part of the page's width in which a gutter may lie; the
#: fewest lines on each side; the largest share of lines that may cross it, and the share for a page of columns only.
_STEP, _WITHIN, _BESIDE, _ACROSS, _NEXT_TO_NOTHING = 2.0, (0.2, 0.8), 4, 0.25, 0.06
#: How many lines at the top and at the bottom of a page may be heads and feet, and the share of pages that repeat them
#: (of documents with fewer than 8 pages).
_EDGE, _REPEATED = 3, 0.5
#: A gap or an indent of so many line heights begins a paragraph. A line that ends a sentence and is shorter than this
#: share of the column's width ends one.
_GAP, _INDENT, _SHORT = 0.6, 0.8, 0.75
_PAGE_NUMBER = re.compile(r"\W{0,5}(?:page|seite|p\.)?\s?\d{1,4}(?:\s?(?:/|of|von)\s?\d{1,4})?\W{0,5}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]{0,2}$")


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a box; y counts downwards."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def height(self) -> float:
        """How high the box is."""
        return max(self.y1 - self.y0, 0.1)


def rows_of(runs: Iterable[Line]) -> list[Line]:
    """Join runs of words that stand close to each other on one line."""
    rows: list[Line] = []
    for run in sorted(runs, key=lambda r: (round(r.y1), r.x0)):
        for at in range(len(rows) - 1, max(-1, len(rows) - 9), -1):
            if _are_one(rows[at], run):
                rows[at] = _together(rows[at], run)
                break
        else:
            rows.append(replace(run, text=_clean(run.text)))
    return [row for row in rows if row.text.strip()]


def _are_one(row: Line, run: Line) -> bool:
    shared = min(row.y1, run.y1) - max(row.y0, run.y0)
    low = min(row.height, run.height)
    return shared >= _SHARED * low and -low < run.x0 - row.x1 < _APART * low


def _together(row: Line, run: Line) -> Line:
    blank = " " if run.x0 - row.x1 > 0.12 * row.height and not row.text.endswith(" ") else ""
    box = (min(row.x0, run.x0), min(row.y0, run.y0), max(row.x1, run.x1), max(row.y1, run.y1))
    return Line(*box, row.text + blank + _clean(run.text))


def _clean(words: str) -> str:
    return " ".join(words.replace("\r", " ").replace("\n", " ").split(" ")).rstrip()


def pages_text(pages: Sequence[Sequence[Line]]) -> Pieces:
    """The text of all pages, with the page number of each part."""
    made = Pieces("page")
    before: Line | None = None
    for number, page in enumerate(_bodies(pages), 1):
        for column in _columns(page):
            edge = max((line.x1 for line in column), default=0.0)
            left = median(line.x0 for line in column)
            height = median(line.height for line in column)
            for at, line in enumerate(column):
                above = column[at - 1] if at else None
                begins = _begins(line, above, left, edge, height) if above else _is_new(before, line)
                _put(made, line, number, begins)
                before = line
    return made


def _put(made: Pieces, line: Line, number: int, begins: bool) -> None:
    text = line.text.strip()
    if begins or not made.size:
        made.add(text, number, "\n\n")
    elif made.parted():
        made.join(text, number)
    else:
        made.add(text, number, " ")


def _is_new(before: Line | None, line: Line) -> bool:
    """Does the first line of a column begin a paragraph? Not if the line before it ended within a sentence."""
    if before is None or _ENDS.search(before.text):
        return True
    return not (line.text[:1].islower() or PARTED.search(before.text))


def _begins(line: Line, above: Line, left: float, edge: float, height: float) -> bool:
    if line.y0 - above.y1 > _GAP * height or abs(line.height - above.height) > 0.25 * height:
        return True
    if PARTED.search(above.text):
        return False
    if line.x0 - left > _INDENT * height and line.x0 - above.x0 > _INDENT * height:
        return True
    width = max(edge - left, 1.0)
    return bool(_ENDS.search(above.text)) and above.x1 - left < _SHORT * width


# ---------------------------------------------------------------- heads and feet


def _bodies(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without running heads, feet and page numbers."""
    seen = Counter(mark for page in pages for mark in {_mark(line) for line in _edges(page)})
    least = max(2, _REPEATED * len(pages)) if len(pages) < 8 else max(3, 0.25 * len(pages))
    for page in pages:
        edges = _edges(page)
        odd = [
            line for line in edges
            if (len(pages) > 1 and seen[_mark(line)] >= least) or _PAGE_NUMBER.fullmatch(line.text.strip())
        ]  # fmt: skip
        yield [line for line in page if not any(line is one for one in odd)]


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines that stand apart from the rest at the top and at the bottom of a page."""
    down = sorted(page, key=lambda line: line.y0)
    return _apart(down, [line.y0 for line in down]) + _apart(down[::-1], [-line.y1 for line in reversed(down)])


def _apart(lines: Sequence[Line], starts: Sequence[float]) -> list[Line]:
    """The lines before the first gap, counted from the edge of the page. `starts`: the position of each line, growing
    away from that edge."""
    for at in range(1, min(len(lines), _EDGE + 1)):
        end = max(starts[n] + lines[n].height for n in range(at))
        if starts[at] - end > _GAP * lines[at].height:
            return list(lines[:at])
    return list(lines) if len(lines) <= _EDGE else []


def _mark(line: Line) -> tuple[str, int]:
    """A key that is the same for a running head on all pages: its words with numbers replaced, and its rough height."""
    return _DIGITS.sub("#", line.text.strip().casefold()), round(line.y0 / 12)


# ---------------------------------------------------------------- columns


def _columns(page: Sequence[Line]) -> Iterator[list[Line]]:
    """The columns of a page in reading order. A line that crosses a gutter separates the columns above and below it."""
    ordered = sorted(page, key=lambda line: (line.y0, line.x0))
    gutters = _gutters(ordered)
    band: list[Line] = []
    for line in ordered:
        if any(line.x0 < at < line.x1 for at in gutters):
            yield from _of_band(band, gutters)
            yield [line]
            band = []
        else:
            band.append(line)
    yield from _of_band(band, gutters)


def _of_band(band: Sequence[Line], gutters: Sequence[float]) -> Iterator[list[Line]]:
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in band:
        columns[sum(line.x0 >= at for at in gutters)].append(line)
    yield from (column for column in columns if column)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Where the gutters of a page are, from left to right."""
    if len(lines) < 2 * _BESIDE:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = int((right - left) / _STEP)
    if not 0 < steps < 5_000:
        return []
    across = [0] * (steps + 2)
    for line in lines:
        across[int((line.x0 - left) / _STEP) + 1] += 1
        across[min(int((line.x1 - left) / _STEP), steps) + 1] -= 1
    covered = list(_sums(across))
    # On a page of columns only, almost no line crosses a gutter. Where a part has a single column, more lines do.
    strict = _between(lines, covered, left, right, max(2, _NEXT_TO_NOTHING * len(lines)))
    return strict or _between(lines, covered, left, right, _ACROSS * len(lines))


def _between(lines: Sequence[Line], covered: Sequence[int], left: float, right: float, most: float) -> list[float]:
    """The gutters (x positions) that at most `most` lines cross."""
    found: list[float] = []
    for first, last in _runs_below(covered, most):
        at = min(range(first, last + 1), key=lambda n: (covered[n], abs(n - (first + last) / 2)))
        x = left + (at + 0.5) * _STEP
        inside = _WITHIN[0] * (right - left) < x - left < _WITHIN[1] * (right - left)
        if inside and last > first and _are_beside(lines, x):
            found.append(x)
    return found


def _are_beside(lines: Sequence[Line], x: float) -> bool:
    """Do enough lines stand beside each other, on both sides of a gutter?"""
    before = [line for line in lines if line.x1 <= x]
    after = [line for line in lines if line.x0 >= x]
    if min(len(before), len(after)) < _BESIDE:
        return False
    low, high = min(line.y0 for line in after), max(line.y1 for line in after)
    return sum(low <= (line.y0 + line.y1) / 2 <= high for line in before) >= _BESIDE


def _sums(changes: Sequence[int]) -> Iterator[int]:
    total = 0
    for change in changes:
        total += change
        yield total


def _runs_below(covered: Sequence[int], most: float) -> Iterator[tuple[int, int]]:
    """The stretches of the page's width that at most `most` lines cover: (first step, last step)."""
    start: int | None = None
    for at, many in enumerate(covered):
        if many <= most and start is None:
            start = at
        elif many > most and start is not None:
            yield start, at - 1
            start = None
