"""Shows rows to people: as a table as wide as the terminal, or, where the terminal is narrow, as a card for each row.

Columns share the width by how much they hold. Ids, days and numbers are never broken; text is wrapped at words. There
are no colours without a terminal, on a dumb terminal, or where `NO_COLOR` is set.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len, set_cell_size

#: On terminals with fewer columns than this, rows become cards.
NARROW = 90
#: The width in columns for a pipe or a file, unless `COLUMNS` sets another.
_ELSEWHERE = 200
#: The least width of a text column; and how many letters of a word must fit into it unbroken (tried one after another).
_LEAST, _MOST = 8, (14, 12, 10)
_GAP = "  "
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
#: A label at the beginning of a line ("  where  ", "    how many   ", "e-0f3a9c71b2d4  "). The text after it is wrapped
#: beside it.
_LABEL = re.compile(r" {0,12}[^ ]{1,16}(?: [^ ]{1,9})? {2,9}")
#: The number of first rows by which the widths are chosen.
_WEIGHED = 200
Rows = Sequence[Sequence[str]]
#: A heading, and the rows below it.
Group = tuple[str, Rows]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether its values are never broken, and whether it is on the first line of a card."""

    name: str
    whole: bool = False
    heads: bool = False


def width_of(stream: TextIO) -> int:
    """The width of a stream in columns: that of its terminal, or the value of `COLUMNS`."""
    elsewhere = 80 if stream.isatty() else _ELSEWHERE
    if not stream.isatty() and not os.environ.get("COLUMNS"):
        return elsewhere
    return shutil.get_terminal_size((elsewhere, 24)).columns


def is_coloured(stream: TextIO) -> bool:
    """Can the stream show bold and dim letters?"""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_groups(columns: Sequence[Column], groups: Sequence[Group], stream: TextIO) -> None:
    """Write rows as a table or as cards, depending on the width. The heading of a group is written above its rows."""
    for line in lines_of(columns, groups, width_of(stream), is_coloured(stream)):
        stream.write(line + "\n")


def lines_of(columns: Sequence[Column], groups: Sequence[Group], width: int, coloured: bool = False) -> Iterator[str]:
    """The lines of a table, or of cards where the width is small or the columns do not fit into it."""
    columns, groups = _filled(columns, groups)
    rows = [row for _, own in groups for row in own]
    room = width - len(_GAP) * (len(columns) - 1)
    tries = (_widths(columns, rows, room, most) for most in _MOST) if width >= NARROW else ()
    widths = next((found for found in tries if found is not None), None)
    if widths is None:
        yield from _cards(columns, groups, width, coloured)
        return
    yield _styled(next(_in_columns([column.name for column in columns], widths)), _BOLD, coloured)
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for head, own in groups:
        if head:
            yield _styled(head, _BOLD, coloured)
        for number, row in enumerate(own):
            for line in _in_columns(row, widths):
                yield _styled(line, _DIM, coloured and number % 2 == 1)


def _filled(columns: Sequence[Column], groups: Sequence[Group]) -> tuple[list[Column], list[Group]]:
    """Columns and groups without the columns that are empty in all rows."""
    rows = [row for _, own in groups for row in own]
    kept = [n for n in range(len(columns)) if not rows or any(row[n] for row in rows)]
    return [columns[n] for n in kept], [(head, [[row[n] for n in kept] for row in own]) for head, own in groups]


def _widths(columns: Sequence[Column], rows: Rows, room: int, most: int) -> list[int] | None:
    """The width of each column; None where `room` is too small for words of `most` letters in all text columns."""
    full = [max(map(cell_len, (column.name, *(row[n] for row in rows)))) for n, column in enumerate(columns)]
    widths = [
        full[n] if column.whole else min(full[n], _least(column, [row[n] for row in rows], most))
        for n, column in enumerate(columns)
    ]
    if sum(widths) > room:
        return None
    lengths = [tuple(map(cell_len, row)) for row in rows[:_WEIGHED]]
    for _ in range(room - sum(widths)):
        tight = [n for n, width in enumerate(widths) if width < full[n]]
        if not tight:
            break
        widths[_tallest(lengths, widths, tight)] += 1
    return widths


def _tallest(lengths: Sequence[Sequence[int]], widths: Sequence[int], tight: Sequence[int]) -> int:
    """The column of `tight` that makes most rows as high as they are; of equal ones, the one with more text for its
    width."""
    blame, held = [0] * len(widths), [0] * len(widths)
    for row in lengths:
        lines = [-(-length // width) for length, width in zip(row, widths, strict=True)]
        height = max(lines)
        for n in tight:
            blame[n] += height > 1 and lines[n] == height
            held[n] += row[n]
    return max(tight, key=lambda n: (blame[n], held[n] / widths[n]))


def _least(column: Column, cells: Sequence[str], most: int) -> int:
    longest = max((cell_len(word) for cell in cells for word in _words(cell)), default=0)
    return max(_LEAST, len(column.name), min(most, longest))


def _words(text: str) -> list[str]:
    """The words of a text. Words joined by a no-break space count as one."""
    return re.split(r"[ \t\r\n]+", text.strip())


def _in_columns(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for n in range(max(map(len, cells))):
        parts = (
            set_cell_size(lines[n] if n < len(lines) else "", width) for lines, width in zip(cells, widths, strict=True)
        )
        yield _GAP.join(parts).rstrip()


def _cards(columns: Sequence[Column], groups: Sequence[Group], width: int, coloured: bool) -> Iterator[str]:
    """The lines of cards: on the first line of each what it is about, then one or more lines for each value."""
    label = max((len(column.name) for column in columns if not column.heads), default=0)
    between = False
    for head, rows in groups:
        for number, row in enumerate(rows):
            if between:
                yield ""
            if head and not number:
                yield f"── {head} {'─' * (width - cell_len(head) - 4)}"
            yield from _card(list(zip(columns, row, strict=True)), width, label, coloured)
            between = True


def _card(cells: Sequence[tuple[Column, str]], width: int, label: int, coloured: bool) -> Iterator[str]:
    for line in wrapped(" · ".join(cell for column, cell in cells if column.heads and cell), width):
        yield _styled(line, _BOLD, coloured)
    for column, cell in cells:
        if cell and not column.heads:
            yield from labelled(column.name, cell, width, label)


def labelled(name: str, text: str, width: int, label: int) -> Iterator[str]:
    """The lines of a name and its text; the text is wrapped beside the name."""
    for n, line in enumerate(wrapped(text, max(width - label - 4, _LEAST))):
        yield f"  {'' if n else name:{label}}  {line}"


def fitted(line: str, width: int) -> Iterator[str]:
    """A line, wrapped where it is too long: beside its label, if it has one, else with a small indent."""
    if cell_len(line) <= width:
        yield line
        return
    label = _LABEL.match(line)
    head = label[0] if label else line[: len(line) - len(line.lstrip())]
    hang = " " * (len(head) + (0 if label else 4))
    for n, part in enumerate(wrapped(line[len(head) :], max(width - len(hang), _LEAST))):
        yield f"{hang if n else head}{part}"


def fitted_text(text: str, stream: TextIO) -> str:
    """A text with each line wrapped at the width of the terminal. In a pipe, lines are unchanged, because another
    program may read them."""
    if not stream.isatty():
        return text
    width = width_of(stream)
    return "\n".join(part for line in text.split("\n") for part in fitted(line, width))


def wrapped(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` columns, broken at spaces. Only words longer than a line are broken."""
    lines, line = [], ""
    for word in _words(text):
        if line and cell_len(line) + 1 + cell_len(word) <= width:
            line += f" {word}"
            continue
        lines += [line] if line else []
        line = word
        while cell_len(line) > width:
            piece = _start(line, width)
            lines.append(piece)
            line = line[len(piece) :]
    return [*lines, line] if line or not lines else lines


def _start(word: str, width: int) -> str:
    """The beginning of a word that fits into the width, at least one letter."""
    end = 1
    while end < len(word) and cell_len(word[: end + 1]) <= width:
        end += 1
    return word[:end]


def _styled(line: str, style: str, coloured: bool) -> str:
    return f"{style}{line}{_PLAIN}" if coloured else line
