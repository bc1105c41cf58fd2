"""Recognise sentences that point back at a happening told before (knowledge/happened.yaml)."""

from __future__ import annotations

import re
from functools import cache

from dateline.language import Sentence
from dateline.model.knowledge import load
from dateline.when import Time

#: The most days of a time that dates the happening.
_LONGEST = 2


def points_back(sentence: Sentence) -> re.Match[str] | None:
    """The match where a sentence says when or where something told before was ("it happened ...", "the incident took
    place ...")."""
    return _pointing().search(sentence.text.lower())


def those_who_came(sentence: Sentence) -> re.Match[str] | None:
    """The match where a sentence says that police or helpers came or were called ("officers were called ...")."""
    return _came().search(sentence.text.lower())


def day_told(times: list[Time], sentence: Sentence, at: int) -> Time | None:
    """The first day in a sentence after its character `at`, else the first day before it; `times` are the sentence's
    times."""
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
