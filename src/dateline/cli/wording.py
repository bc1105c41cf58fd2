"""Figures in words for a terminal, with whose they are as reports put it ("3 policemen, 6 IS killed").

All else that is said in words, model/words.py says.
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

#: Figures of things are named by the thing alone, those of people by what became of them, too.
_THINGS = frozenset("suspects attackers participants operations raids incidents sites items".split())
_ARTICLE = re.compile(r"(?:a|an|the|one|its|his|her|their|another)\s+", re.IGNORECASE)
_CROWD = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions) of ", re.IGNORECASE)
_NOBODY = ("of them", "of whom")
#: Longer words for those counted stand after the figure.
_LONG = 36


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in words: the number with whose it is, and what became of them; `what` is empty for a thing."""

    words: str
    what: str


def figures(counts: Iterable[Count | EventCount], disputed: Collection[str] = ()) -> str:
    """All figures, each with whose it is; those of one fate share its word ("3 policemen, 6 gunmen killed"). With what
    other reports tell, of those fields on which sources disagree (`disputed`)."""
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
    """Whom or what a figure counts, as the report puts it ("48 people" -> "people"); empty where it does not say."""
    words = " ".join(text.split())
    words = words.lower() if words.isupper() else words
    known = {count.low, count.best, count.high} - {None}
    if count.high is None and count.low is not None:
        known.add(count.low - 1)  # "more than 400"
    after = next((after for number, after in _splits(words.split()) if parse(number) in known), None)
    if after is None:
        match = _CROWD.search(words) or _ARTICLE.match(words)
        after = words[match.end() :] if match and not any(map(parse, words[match.end() :].split())) else ""
    return "" if after in _NOBODY else after


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """The runs of words that may be a number, the last and longest first, each with what follows it."""
    most = min(len(words), 8)
    for end in range(most, 0, -1):
        for start in range(end):
            yield " ".join(words[start:end]), " ".join(words[end:])


def _text(count: Count | EventCount) -> str:
    """The report's words: of an event's figure those of the report that tells the value shown."""
    if isinstance(count, Count):
        return count.text
    shown = [f for f in count.figures if f.best == count.best and f.party == count.party]
    texts = [f.text for f in shown or count.figures]
    return next((text for text in texts if noun_of(text, count)), texts[0] if texts else "")


def _others(count: Count | EventCount) -> str:
    """What other reports tell ("also 4, 7")."""
    figures = () if isinstance(count, Count) else count.figures
    told = {f.best for f in figures if f.best is not None and f.best != count.best}
    return f" (also {', '.join(f'{n:,}' for n in sorted(told))})" if told else ""
