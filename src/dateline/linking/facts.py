"""What linking looks at of an account: days, places, figures, parties and words, ready to be compared."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.linking.words import counts, names_in, numbers_in, rarest, vector, weight, written_large
from dateline.model import Account, Coding, Place, Report, Span, types
from dateline.model.event import AccountKey
from dateline.model.vocabulary import FINE, TRIED

#: What a report is mainly of has the most of this: its share of the words that tell of accounts, less where it is first
#: told (in characters) divided by so many: for the news of the report, and for what most of its words are of.
_LATER, _SOONER = 400, 200
#: The news has more where it was so few days before the report, and where it came of a deed that the same sentence
#: tells: "sentenced him for the murder of two" is news of the sentence. (A conditional logit over 398 dispatches of
#: training/stories, rounded: right for 358 of them, each file left out in turn; without these two for 330.)
_FRESH_DAYS, _FRESH, _CAME_OF = 3, 0.65, 0.4
#: From this weight on (words.py) a word tells what was attacked: "embassy", not "people".
_TELLING = 2.5
#: Days after an event from which a report of it looks back.
_LOOKS_BACK = 31


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A report as far as linking is concerned. `published` is the last day on which it may have appeared, `source`
    the key of the first report that it is a copy of (its own where it is none)."""

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
    """A place as far as linking is concerned: what makes it the same, where it lies (degrees), and the words that name
    it in the report."""

    key: str
    lat: float | None
    lon: float | None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """What is compared of an account. Days are proleptic ordinals; None where they are unknown or only inferred from
    the report's own day, which says nothing of its own. `figures` are by what they count."""

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
    #: The telling words of what it was done to, groups left out.
    targets: frozenset[str]
    #: How it was done.
    methods: frozenset[str]
    words: dict[str, float]
    #: What its report is mainly of: the news in it.
    is_main: bool
    #: What most words of its report are of: often the news, else the deed that it came of.
    is_theme: bool
    #: Its report looks back at it.
    is_retold: bool
    #: The words of its sentences that are in no list of common ones: names, for the most part.
    own_names: frozenset[str]
    #: Those of them that tell most.
    rarest: tuple[str, ...]

    @property
    def family(self) -> str:
        """Only within a family are accounts compared."""
        return family_of(self.type)

    @property
    def is_central(self) -> bool:
        """Does what its whole report has in common with another speak for it?"""
        return self.is_main or self.is_theme

    @property
    def is_rollup(self) -> bool:
        """A sum over many happenings?"""
        return self.scope == "rollup"

    @property
    def is_fact(self) -> bool:
        """Told to have happened, or to have been tried? Reports differ on whether what was tried came off."""
        return self.status in TRIED


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An account, and what is compared of it."""

    fact: Fact
    account: Account

    @property
    def telling(self) -> Telling:
        """Its report."""
        return self.fact.telling

    @property
    def key(self) -> AccountKey:
        """The account by its report's URI."""
        return AccountKey(self.fact.telling.uri, self.account.id)


def report_key(report: Report) -> str:
    """What makes a report one: its URI and its text. 16 hexadecimal digits."""
    named = f"{report.uri}\0{report.id}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def family_of(type_: str) -> str:
    """The family of types that reports use for one happening; a type of no family is its own."""
    return types.event_types()[type_].family or type_


def account_key(report: str, name: str) -> str:
    """The key of an account that nobody has coded before: its report's key, and its name there."""
    return f"{report}#{name}"


def key_of(fact: Fact) -> str:
    """The key of a fact's account, where nobody has coded its report before."""
    return account_key(fact.telling.key, fact.name)


def told_by(coding: Coding, source: str | None = None) -> list[Told]:
    """All accounts of a coding; `source` is the key of the report that it is a copy of, where it is one."""
    facts = facts_from(compared(coding, source))
    return [Told(fact, account) for fact, account in zip(facts, coding.accounts, strict=True)]


def compared(coding: Coding, source: str | None = None) -> dict[str, Any]:
    """What is compared of a coding, as plain data: words as counts, so that their weights may change."""
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


#: Where a sentence ends, for those that no account lists.
_STOP = re.compile(r"[.!?]\s|\n")
#: ... and how many characters of one before a figure are looked at.
_SENTENCE = 500


def _told(account: Account, text: str) -> Iterator[str]:
    """The sentences that tell of it, and those around its figures that only count its dead and wounded."""
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
    main, theme = _main_of(rows, record["published"]), _theme_of(rows)
    return [_fact(telling, row, row["name"] == main, row["name"] == theme) for row in rows]


def _main_of(rows: Sequence[Mapping[str, Any]], published: int | None) -> str | None:
    """The name of the account that is the news of a report: told early and at length, of these days, and rather what
    came of a deed than the deed."""
    deeds = {row["first"] for row in rows if row["type"] not in types.CONSEQUENCES}

    def more(row: Mapping[str, Any]) -> float:
        is_fresh = bool(published and row["days"] and published - row["days"][1] <= _FRESH_DAYS)
        came_of = row["type"] in types.CONSEQUENCES and row["first"] in deeds
        return _FRESH * is_fresh + _CAME_OF * came_of - float(row["first"]) / _LATER

    return _most(rows, more)


def _theme_of(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The name of the account that most of a report's words are of, and the earlier ones more."""
    return _most(rows, lambda row: -float(row["first"]) / _SOONER)


def _most(rows: Sequence[Mapping[str, Any]], more: Callable[[Mapping[str, Any]], float]) -> str | None:
    """The name of the account with the largest share of the words that tell of accounts, and what it has more."""
    whole = sum(sum(row["words"].values()) for row in rows) or 1
    values = [sum(row["words"].values()) / whole + more(row) for row in rows]
    return rows[values.index(max(values))]["name"] if rows else None


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
    """Its days as proleptic ordinals; None where they are unknown or only inferred from the report's own day."""
    when = account.when
    return None if when is None or when.basis == "inferred" else (_ordinal(when.start), _ordinal(when.end))


def _targets(account: Account) -> set[str]:
    """The words of what it was done to. Groups and people by name are compared by themselves."""
    struck = (a for a in account.actors if a.role in ("target", "victim") and a.kind not in ("armed_group", "person"))
    return {word for actor in struck for word in counts(actor.name) if not word.isdigit()}


def surnames(account: Account) -> set[str]:
    """Surnames of the persons in it."""
    return {a.name.split()[-1].lower() for a in account.actors if a.kind == "person"}


def _is_street(place: Place) -> bool:
    """A site without a point: streets of one name are in many towns."""
    return place.precision == "site" and place.gazetteer_id is None


def place_key(place: Place) -> str:
    """What makes a place the same: its entry in the gazetteer, else its country and name."""
    return place.gazetteer_id or f"{place.country}/{(place.name or place.text).lower()}"
