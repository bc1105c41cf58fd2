"""The words by which a sentence points back at a happening told before it (knowledge/happened.yaml)."""

from __future__ import annotations

import re
from functools import cache

from dateline.language import Sentence
from dateline.model.knowledge import load
from dateline.when import Time

#: A time that tells the day of what is pointed at is no longer than so many days.
_LONGEST = 2


def points_back(sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence says of something told before it when or where it was ("it happened ...", "the incident took
    place ...")."""
    return _pointing().search(sentence.text.lower())


def those_who_came(sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence tells that police or helpers came or were called ("officers were called ...")."""
    return _came().search(sentence.text.lower())


def day_told(times: list[Time], sentence: Sentence, at: int) -> Time | None:
    """The first day among the `times` of a sentence that stands after the character `at` of it, else before it."""
    days = [
        t
        for t in times
        if t.stretch is not None and t.stretch.days <= _LONGEST and not (t.period or t.weak or t.caption)
    ]
    after = [t for t in days if t.span.start >= sentence.start + at]
    return next(iter(after or days), None)


class _Words(dict[str, list[str]]):
    """The lists of happened.yaml."""

    def either(self, name: str) -> str:
        return "(?:" + "|".join(re.escape(w) for w in sorted(self[name], key=len, reverse=True)) + ")"


@cache
def _words() -> _Words:
    return _Words(load("dateline.coding", "happened.yaml", dict[str, list[str]]))


@cache
def _pointing() -> re.Pattern[str]:
    words = _words()
    what = rf"(?:it|this|that|(?:the|this|that) (?:\w+ )?{words.either('pointers')})"
    aside = r"(?:,[^,]{3,60},)?(?: (?:reportedly|allegedly|also|all|apparently|initially|first|has|had))*"
    return re.compile(rf"(?<!how )(?<!why )(?<!when )\b{what}{aside} {words.either('happening')}\b")


@cache
def _came() -> re.Pattern[str]:
    words = _words()
    aside = r"(?: (?:first|initially|also|say they|said they|had|have))*"
    return re.compile(rf"\b{words.either('responders')}{aside} {words.either('responding')}\b")
