"""Values of events and accounts in words for people: figures, days, places, parties and fields. No other module does
this.

The result is plain text, the same on a terminal, in a notice, a feed and an export. Only the tables of the terminal add
to it: they also name those whom a figure counts as the report does (cli/wording.py).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from typing import Protocol

#: Party of a figure -> the word that the page uses (web/src/text/fields.ts). For an unknown party nothing is said.
PARTIES = {"state": "state", "nonstate": "armed group", "civilian": "civilians"}
#: Rule of consolidation (linking/rules.py) -> how it chose a value, in words.
RULES = {
    "revised": "the latest figure", "agreed": "what most sources bear out", "mode": "what most sources say",
    "latest": "the last published", "min": "the smallest", "max": "the largest", "most_precise": "the most exact",
    "best_source": "what the best source says",
}  # fmt: skip
#: Field of an event -> its name for people, where that differs.
_FIELDS = {"when": "the day", "where": "the place", "actors": "the parties"}


class Bounded(Protocol):
    """A figure: how many at least, how many most likely, how many at most."""

    @property
    def low(self) -> int | None:
        """At least."""

    @property
    def best(self) -> int | None:
        """Most likely."""

    @property
    def high(self) -> int | None:
        """At most."""


class Days(Protocol):
    """A first and a last day, ISO dates."""

    @property
    def start(self) -> str:
        """The first day."""

    @property
    def end(self) -> str:
        """The last day."""


class Placed(Protocol):
    """A place by its names."""

    @property
    def name(self) -> str | None:
        """The name of the place."""

    @property
    def admin1(self) -> str | None:
        """The name of its province."""

    @property
    def country(self) -> str | None:
        """The code of its country."""


class Party(Protocol):
    """Somebody in a role."""

    @property
    def role(self) -> str:
        """The role."""

    @property
    def name(self) -> str:
        """The name."""


class Happening(Protocol):
    """What an event and an account have in common."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def method(self) -> Collection[str]:
        """How it was done."""

    @property
    def status(self) -> str:
        """Did it happen?"""

    @property
    def scope(self) -> str:
        """One happening ("event"), or a sum of many ("rollup")?"""


def spaced(term: str) -> str:
    """A term of the vocabulary as people write it ("roadside bomb")."""
    return term.replace("_", " ")


def what(one: Happening) -> str:
    """Type, methods, status (unless it is "occurred"), and whether it is a total."""
    methods = f" ({', '.join(map(spaced, one.method))})" if one.method else ""
    status = "" if one.status == "occurred" else f", {spaced(one.status)}"
    return spaced(one.type) + methods + status + (" [total]" if one.scope == "rollup" else "")


def field(name: str) -> str:
    """A field of an event as people call it ("killed (civilians)" for counts.killed.civilian)."""
    head, _, rest = name.partition(".")
    if head != "counts" or not rest:
        return _FIELDS.get(head, f"the {spaced(head)}")
    fate, _, party = rest.partition(".")
    return spaced(fate) + of_party(party)


# ---------------------------------------------------------------- figures


def number(count: Bounded) -> str:
    """The number, or its known bounds ("over 400", "3 to 5", "about 20")."""
    low, best, high = count.low, count.best, count.high
    if low is not None and high is None:
        # Reports say "more than 400", which is coded as 401 at least.
        return f"over {low - 1:,}" if low > 10 and low % 10 == 1 else f"at least {low:,}"
    if low is None and high is None:
        return "some" if best is None else f"about {best:,}"
    if low is None:
        return f"up to {high:,}"
    return f"{best if best is not None else low:,}" if low == high else f"{low:,} to {high:,}"


def figure(count: Bounded) -> str:
    """The number, with the best number first where the bounds do not tell it ("15 (10 to 20)", "7 (at least 5)")."""
    bounds = {count.low, count.high} - {None}
    if count.best is None or bounds <= {count.best}:
        return number(count)
    return f"{count.best:,} ({number(count)})"


def of_party(party: str | None) -> str:
    """The party of a figure, to be put after what it counts (" (state)"); empty where it is unknown."""
    return f" ({PARTIES[party]})" if party in PARTIES else ""


def slashed(count: Bounded) -> str:
    """Low, best and high in one cell of a table that programs read ("9/9/?")."""
    return "/".join("?" if n is None else str(n) for n in (count.low, count.best, count.high))


# ---------------------------------------------------------------- days


def days(when: Days | None, to: str = " to ", unknown: str = "?") -> str:
    """The day, or the first and the last day ("2024-05-14 to 2024-05-16")."""
    return unknown if when is None else to.join(dict.fromkeys((when.start, when.end)))


def period(when: Days | None) -> str:
    """A day, a month ("2024-05"), a year, or the first and the last day; "?" where none is told."""
    if when is None or when.start == when.end:
        return days(when)
    start, end = when.start, when.end
    if start[:7] == end[:7] and start.endswith("-01") and int(end[8:]) == _last_day(end):
        return start[:7]
    if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4]
    return days(when, "\u00a0– ")


def _last_day(day: str) -> int:
    return calendar.monthrange(int(day[:4]), int(day[5:7]))[1]


# ---------------------------------------------------------------- places and parties


def place(one: Placed) -> str:
    """A place with its province and country, as far as they are known."""
    return ", ".join(filter(None, (one.name, one.admin1, one.country)))


def parties(actors: Iterable[Party]) -> str:
    """Doers, an arrow, and those it was done to."""
    told = list(actors)
    doers = ", ".join(actor.name for actor in told if actor.role == "agent")
    others = ", ".join(actor.name for actor in told if actor.role != "agent")
    return f"{doers} → {others}" if doers and others else f"→ {others}" if others else doers
