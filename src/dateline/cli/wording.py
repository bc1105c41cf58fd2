"""Figures in words for a terminal, with those counted in the report's words ("3 policemen, 6 IS killed").

All other values are put in words by model/words.py.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.language.numbers import parse
from dateline.model.claims import Count
from dateline.model.event import EventCount
from dateline.model.words import Bounded, number, of_party

#: Figures of things are shown with the thing only; figures of people also with what happened to them ("killed").
_THINGS = frozenset("suspects attackers participants operations raids incidents sites items".split())
_ARTICLE = re.compile(r"(?:a|an|the|one|its|his|her|their|another)\s+", re.IGNORECASE)
_CROWD = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions) of ", re.IGNORECASE)
_NOBODY = ("of them", "of whom")
#: The most letters of the report's words for the people counted; longer words are not shown.
_LONG = 36


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in words: the number with the people or things counted, and in `what` what happened to them. `what` is
    empty where the words already say it, or for things."""

    words: str
    what: str


def figures(counts: Iterable[Count | EventCount], disputed: Collection[str] = ()) -> str:
    """All figures, each with the people or things counted. Figures of people to whom the same happened share one word
    for it ("3 policemen, 6 gunmen killed"). For fields on which sources disagree (`disputed`), the values of the other
    reports are added."""
    told = [_said(count, disputed) for count in counts]
    return "; ".join(_joined(fate, list(group)) for fate, group in itertools.groupby(told, key=lambda one: one.what))


def _joined(fate: str, group: Sequence[_Said]) -> str:
    if not fate:
        return "; ".join(one.words for one in group)
    return f"{', '.join(one.words for one in group)} {fate}"


def _said(count: Count | EventCount, disputed: Collection[str]) -> _Said:
    """One figure in words."""
    fate, told = count.what, number(count)
    noun = noun_of(_text(count), count)
    others = _others(count) if f"counts.{fate}.{count.party or 'all'}" in disputed else ""
    part = "of them " if isinstance(count, Count) and count.part else ""
    if fate in _THINGS:
        kind = noun if noun and len(noun) <= _LONG else fate.removesuffix("s") if count.best == 1 else fate
        return _Said(f"{part}{told} {kind}{others}", "")
    if noun and len(noun) <= _LONG:
        return _Said(f"{part}{told} {noun}{others}", fate)
    return _Said(f"{part}{told} {fate}{of_party(count.party)}{others}", "")


def noun_of(text: str, count: Bounded) -> str:
    """The people or things that a figure counts, in the report's words ("48 people" gives "people"); "" if unstated."""
    words = " ".join(text.split())
    words = words.lower() if words.isupper() else words
    known = {count.low, count.best, count.high} - {None}
    if count.high is None and count.low is not None:
        known.add(count.low - 1)  # "more than 400" has the low bound 401, but the words say 400.
    after = next((after for number, after in _splits(words.split()) if parse(number) in known), None)
    if after is None:
        match = _CROWD.search(words) or _ARTICLE.match(words)
        after = words[match.end() :] if match and not any(map(parse, words[match.end() :].split())) else ""
    return "" if after in _NOBODY else after


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """All runs of words that can be a number, each with the words after it. Runs that end last come first; of these,
    the longest first."""
    most = min(len(words), 8)
    for end in range(most, 0, -1):
        for start in range(end):
            yield " ".join(words[start:end]), " ".join(words[end:])


def _text(count: Count | EventCount) -> str:
    """The report's words for a figure. For an event's figure, the words of a report with the value that is shown."""
    if isinstance(count, Count):
        return count.text
    shown = [f for f in count.figures if f.best == count.best and f.party == count.party]
    texts = [f.text for f in shown or count.figures]
    return next((text for text in texts if noun_of(text, count)), texts[0] if texts else "")


def _others(count: Count | EventCount) -> str:
    """The differing values of other reports, in brackets ("(also 4, 7)")."""
    figures = () if isinstance(count, Count) else count.figures
    told = {f.best for f in figures if f.best is not None and f.best != count.best}
    return f" (also {', '.join(f'{n:,}' for n in sorted(told))})" if told else ""
