"""A reader of the office's ticker: a first line TICKER, then a day, a bar and a report on each line."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.model import RejectedReport, Report
from dateline.readers.given import Given, Reader
from dateline.readers.knowing import Story, known_day


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    """A report for each line. A line that cannot be read is rejected, and the next one is read all the same."""
    for number, line in enumerate(given.data().decode("utf-8", "replace").splitlines()[1:], 2):
        day, bar, text = line.partition("|")
        story = Story(text if bar else line, f"{given.name}:{number}", known_day(day.strip(), f"line {number}"))
        try:
            yield story.report(given.max_chars)
        except RejectedReport as rejected:
            yield rejected


def _owns(head: bytes, name: str) -> bool:
    return head.startswith(b"TICKER\n")


READER = Reader("ticker", "a ticker", _read, _owns, (".ticker",))
