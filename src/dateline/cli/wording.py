"""Values in words for a terminal: what, when, where, who, and whose figures they are ("3 policemen, 6 IS killed")."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.language.numbers import parse

#: Figures of things are named by the thing alone, those of people by what became of them, too.
_THINGS = frozenset("suspects attackers participants operations raids incidents sites items".split())
_PARTIES = {"state": "state", "nonstate": "armed group", "civilian": "civilian"}
_ARTICLE = re.compile(r"(?:a|an|the|one|its|his|her|their|another)\s+", re.IGNORECASE)
_CROWD = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions) of ", re.IGNORECASE)
_NOBODY = ("of them", "of whom")
#: Longer words for those counted stand after the figure.
_LONG = 36


#: How a figure was chosen from several (linking/rules.py).
RULES = {
    "revised": "the latest figure", "agreed": "what most sources bear out", "mode": "what most sources say",
    "latest": "the last published", "min": "the smallest", "max": "the largest", "most_precise": "the most exact",
    "best_source": "what the best source says",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in words: the number with whose it is, and what became of them; `what` is empty for a thing."""

    words: str
    what: str


def what(one: Mapping[str, Any]) -> str:
    """Type, methods, whether it is a total, and its status where it did not simply happen."""
    methods = f" ({', '.join(map(spaced, one['method']))})" if one["method"] else ""
    status = "" if one["status"] == "occurred" else f", {spaced(one['status'])}"
    return spaced(one["type"]) + methods + status + (" [total]" if one["scope"] == "rollup" else "")


def spaced(term: str) -> str:
    """A term of the vocabulary as people write it ("roadside bomb")."""
    return term.replace("_", " ")


def field_in_words(field: str) -> str:
    """A field of an event as people call it ("killed (civilian)" for counts.killed.civilian)."""
    name, _, rest = field.partition(".")
    if name != "counts" or not rest:
        return {"when": "the day", "where": "the place", "actors": "the parties"}.get(name, f"the {spaced(name)}")
    what, _, party = rest.partition(".")
    return spaced(what) + (f" ({_PARTIES[party]})" if party in _PARTIES else "")


def days(when: Mapping[str, Any] | None) -> str:
    """A day, a month ("2024-05"), a year, or the first and the last day; "?" where none is told."""
    if when is None:
        return "?"
    start, end = when["start"], when["end"]
    if start == end:
        return str(start)
    if start[:7] == end[:7] and start.endswith("-01") and int(end[8:]) == _last_day(end):
        return str(start[:7])
    if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
        return str(start[:4])
    return f"{start}\u00a0– {end}"


def _last_day(day: str) -> int:
    return calendar.monthrange(int(day[:4]), int(day[5:7]))[1]


def who(actors: Iterable[Mapping[str, Any]]) -> str:
    """Doers, an arrow, and those it was done to."""
    told = list(actors)
    doers = ", ".join(actor["name"] for actor in told if actor["role"] == "agent")
    others = ", ".join(actor["name"] for actor in told if actor["role"] != "agent")
    return f"{doers} → {others}" if doers and others else f"→ {others}" if others else doers


def figures(counts: Iterable[Mapping[str, Any]], disputed: Collection[str] = ()) -> str:
    """All figures, each with whose it is; those of one fate share its word ("3 policemen, 6 gunmen killed"). With what
    other reports tell, of those fields on which sources disagree (`disputed`)."""
    told = [_said(count, disputed) for count in counts]
    return "; ".join(_joined(fate, list(group)) for fate, group in itertools.groupby(told, key=lambda one: one.what))


def _joined(fate: str, group: Sequence[_Said]) -> str:
    if not fate:
        return "; ".join(one.words for one in group)
    return f"{', '.join(one.words for one in group)} {fate}"


def _said(count: Mapping[str, Any], disputed: Collection[str]) -> _Said:
    """One figure in words."""
    fate, number = count["what"], bounds(count)
    noun = noun_of(_text(count), count)
    others = _others(count) if f"counts.{fate}.{count['party'] or 'all'}" in disputed else ""
    part = "of them " if count.get("part") else ""
    if fate in _THINGS:
        kind = noun if noun and len(noun) <= _LONG else fate.removesuffix("s") if count["best"] == 1 else fate
        return _Said(f"{part}{number} {kind}{others}", "")
    if noun and len(noun) <= _LONG:
        return _Said(f"{part}{number} {noun}{others}", fate)
    party = _PARTIES.get(count["party"] or "")
    return _Said(f"{part}{number} {fate}{f' ({party})' if party else ''}{others}", "")


def bounds(count: Mapping[str, Any]) -> str:
    """The number, or the bounds that are known of it ("over 400", "3 to 5", "about 20")."""
    low, best, high = count["low"], count["best"], count["high"]
    if low is not None and high is None:
        # More than 400 is 401 at least: it is said as reports say it.
        return f"over {low - 1:,}" if low > 10 and low % 10 == 1 else f"at least {low:,}"
    if low is None and high is None:
        return "some" if best is None else f"about {best:,}"
    if low is None:
        return f"up to {high:,}"
    return f"{best if best is not None else low:,}" if low == high else f"{low:,} to {high:,}"


def noun_of(text: str, count: Mapping[str, Any]) -> str:
    """Whom or what a figure counts, as the report puts it ("48 people" -> "people"); empty where it does not say."""
    words = " ".join(text.split())
    words = words.lower() if words.isupper() else words
    known = {count["low"], count["best"], count["high"]} - {None}
    if count["high"] is None and count["low"] is not None:
        known.add(count["low"] - 1)  # "more than 400"
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


def _text(count: Mapping[str, Any]) -> str:
    """The report's words: of an event's figure those of the report that tells the value shown."""
    if "figures" not in count:
        return str(count["text"])
    shown = [f for f in count["figures"] if f["best"] == count["best"] and f["party"] == count["party"]]
    texts: list[str] = [f["text"] for f in shown or count["figures"]]
    return next((text for text in texts if noun_of(text, count)), texts[0] if texts else "")


def _others(count: Mapping[str, Any]) -> str:
    """What other reports tell ("also 4, 7")."""
    told = {f["best"] for f in count.get("figures", ()) if f["best"] is not None and f["best"] != count["best"]}
    return f" (also {', '.join(f'{n:,}' for n in sorted(told))})" if told else ""
