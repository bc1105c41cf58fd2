"""What linking compares of an account: its days, places, figures, parties and words, in a form ready to compare."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.linking.mainly import news_of, theme_of
from dateline.linking.words import counts, names_in, numbers_in, rarest, vector, weight, written_large
from dateline.model import Account, Coding, Place, Report, Span, types
from dateline.model.event import AccountKey
from dateline.model.vocabulary import FINE, TRIED

#: From this weight on (words.py) a word is specific enough to tell what was attacked ("embassy", not "people").
_TELLING = 2.5
#: If an event lies more than this many days before a report, the report looks back at it.
_LOOKS_BACK = 31


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What linking needs of a report. `published` is the last day on which it may have appeared. `source` is the key of
    the first report that it is a copy of (its own key where it is no copy)."""

    key: str
    source: str
    uri: str
    publisher: str | None
    published: int | None
    words: dict[str, float]
    title: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    rarest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """What linking needs of a place: a key that is equal for equal places, its latitude and longitude (degrees), and
    the words that name it in the report."""

    key: str
    lat: float | None
    lon: float | None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """What is compared of an account. `days` are the first and the last day, as ordinals (datetime.date.toordinal);
    None where they are unknown or only inferred from the report's own day. `figures` are grouped by what they count."""

    telling: Telling
    #: The account's name in its report.
    name: str
    type: str
    status: str
    scope: str
    days: tuple[int, int] | None
    fine: tuple[Spot, ...]
    countries: frozenset[str]
    figures: dict[str, frozenset[int]]
    groups: frozenset[str]
    names: frozenset[str]
    #: Specific words of its targets, without groups.
    targets: frozenset[str]
    #: The methods of the event: how it was done.
    methods: frozenset[str]
    words: dict[str, float]
    #: Is it the news that its report is mainly of?
    is_main: bool
    #: Is it what most words of its report are of? Often that is the news, else the deed that led to the news.
    is_theme: bool
    #: Does its report look back at it?
    is_retold: bool
    #: The rare words of its sentences that are written with a capital: names, for the most part.
    own_names: frozenset[str]
    #: The rarest of its own names.
    rarest: tuple[str, ...]

    @property
    def family(self) -> str:
        """The family of its type. Only accounts of one family are compared."""
        return family_of(self.type)

    @property
    def is_central(self) -> bool:
        """Is its report mainly of it (news or theme)? Then what two whole reports have in common is evidence for it."""
        return self.is_main or self.is_theme

    @property
    def is_rollup(self) -> bool:
        """Is it a roll-up, a sum over many events?"""
        return self.scope == "rollup"

    @property
    def is_fact(self) -> bool:
        """Does the report say that it happened or was attempted? Reports disagree on whether an attempt succeeded, so
        both count."""
        return self.status in TRIED


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An account, and what is compared of it."""

    fact: Fact
    account: Account

    @property
    def telling(self) -> Telling:
        """What linking needs of the account's report."""
        return self.fact.telling

    @property
    def key(self) -> AccountKey:
        """The account by its report's URI and its own name."""
        return AccountKey(self.fact.telling.uri, self.account.id)


def report_key(report: Report) -> str:
    """The key of a report, made of its URI and its text: 16 hexadecimal digits."""
    named = f"{report.uri}\0{report.id}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def family_of(type_: str) -> str:
    """The family of a type: the types that different reports use for the same event. A type without one is its own."""
    return types.event_types()[type_].family or type_


def account_key(report: str, name: str) -> str:
    """The key of an account of a report that is coded for the first time: the report's key and the account's name."""
    return f"{report}#{name}"


def key_of(fact: Fact) -> str:
    """The key of a fact's account, if its report was never coded before."""
    return account_key(fact.telling.key, fact.name)


def told_by(coding: Coding, source: str | None = None) -> list[Told]:
    """All accounts of a coding; `source` is the key of the report that it is a copy of, where it is one."""
    facts = facts_from(compared(coding, source))
    return [Told(fact, account) for fact, account in zip(facts, coding.accounts, strict=True)]


def compared(coding: Coding, source: str | None = None) -> dict[str, Any]:
    """What is compared of a coding, as plain data. Words are kept as counts, so that word weights can change later."""
    report = coding.report
    key = report_key(report)
    title = report.title or next((line for line in report.text.splitlines() if line.strip()), "")
    return {
        "key": key,
        "source": source or key,
        "uri": report.uri,
        "publisher": report.publisher,
        "published": _ordinal(report.published.end) if report.published else None,
        "words": counts(f"{report.title or ''}\n{report.text}"),
        "large": written_large(f"{report.title or ''}\n{report.text}"),
        "title": counts(title),
        "accounts": [_compared(account, report.text) for account in coding.accounts],
    }


def _compared(account: Account, text: str) -> dict[str, Any]:
    return {
        "name": account.id,
        "type": account.type,
        "status": account.status,
        "scope": account.scope,
        "days": list(days) if (days := days_of(account)) else None,
        "fine": [
            [place_key(p), p.lat, p.lon, sorted(counts(p.text))]
            for p in account.where
            if p.precision in FINE and not _is_street(p)
        ],
        "countries": sorted({p.country for p in account.where if p.country}),
        "figures": {what: sorted(values) for what, values in _figures(account).items()},
        "groups": sorted({a.id for a in account.actors if a.id}),
        "names": sorted(surnames(account)),
        "targets": sorted(_targets(account)),
        "methods": sorted(account.method),
        "words": counts("\n".join(_told(account, text))),
        "first": min(s.start for s in account.sentences),
    }


#: Where a sentence ends, for sentences that no account lists.
_STOP = re.compile(r"[.!?]\s|\n")
#: How many characters before a figure are searched for the beginning of such a sentence.
_SENTENCE = 500


def _told(account: Account, text: str) -> Iterator[str]:
    """The sentences that tell of the account, and other sentences that only hold a figure of it (its dead, say)."""
    yield from (s.of(text) for s in account.sentences)
    seen = list(account.sentences)
    for span in sorted({c.span for c in account.counts}):
        if not any(s.covers(span) for s in seen):
            first = max(0, span.start - _SENTENCE)
            start = max((m.end() for m in _STOP.finditer(text, first, span.start)), default=first)
            end = _STOP.search(text, span.end)
            seen.append(Span(start, end.start() + 1 if end else len(text)))
            yield seen[-1].of(text)


def facts_from(record: Mapping[str, Any]) -> list[Fact]:
    """The facts of what `compared` gave."""
    words = vector(record["words"])
    names = names_in(words, record["large"])
    telling = Telling(
        record["key"], record["source"], record["uri"], record["publisher"], record["published"],
        words, vector(record["title"]), names, numbers_in(words), rarest(words, names),
    )  # fmt: skip
    rows = record["accounts"]
    main, theme = news_of(rows, record["published"]), theme_of(rows)
    return [_fact(telling, row, row["name"] == main, row["name"] == theme) for row in rows]


def _fact(telling: Telling, row: Mapping[str, Any], is_main: bool, is_theme: bool) -> Fact:
    days = (row["days"][0], row["days"][1]) if row["days"] else None
    words = vector(row["words"])
    own_names = telling.names & words.keys()
    return Fact(
        telling=telling,
        name=row["name"],
        type=row["type"],
        status=row["status"],
        scope=row["scope"],
        days=days,
        fine=tuple(Spot(key, lat, lon, frozenset(words)) for key, lat, lon, words in row["fine"]),
        countries=frozenset(row["countries"]),
        figures={what: frozenset(values) for what, values in row["figures"].items()},
        groups=frozenset(row["groups"]),
        names=frozenset(row["names"]),
        targets=frozenset(word for word in row["targets"] if weight(word) >= _TELLING),
        methods=frozenset(row["methods"]),
        words=words,
        is_main=is_main,
        is_theme=is_theme,
        is_retold=days is not None and telling.published is not None and telling.published - days[1] > _LOOKS_BACK,
        own_names=own_names,
        rarest=rarest(words, own_names),
    )


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def _figures(account: Account) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for count in account.counts:
        if count.best is not None and not count.part:
            found.setdefault(count.what, set()).add(count.best)
    return found


def days_of(account: Account) -> tuple[int, int] | None:
    """The account's first and last day as ordinals (datetime.date.toordinal); None where they are unknown or only
    inferred from the report's own day."""
    when = account.when
    return None if when is None or when.basis == "inferred" else (_ordinal(when.start), _ordinal(when.end))


def _targets(account: Account) -> set[str]:
    """The words of its targets. Groups and named persons are left out: they are compared as fields of their own."""
    struck = (a for a in account.actors if a.role in ("target", "victim") and a.kind not in ("armed_group", "person"))
    return {word for actor in struck for word in counts(actor.name) if not word.isdigit()}


def surnames(account: Account) -> set[str]:
    """Surnames of the persons in it."""
    return {a.name.split()[-1].lower() for a in account.actors if a.kind == "person"}


def _is_street(place: Place) -> bool:
    """Is it a site without a gazetteer id, such as a street? It is no evidence: many towns have one of this name."""
    return place.precision == "site" and place.gazetteer_id is None


def place_key(place: Place) -> str:
    """A key that is equal for equal places: the gazetteer id, else country and name."""
    return place.gazetteer_id or f"{place.country}/{(place.name or place.text).lower()}"
