"""What linking looks at of an account: days, places, figures, parties and words, ready to be compared."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.linking.words import names_in, numbers_in, rarest, vector
from dateline.model import Account, Coding, Place, Report
from dateline.model.event import AccountKey
from dateline.model.vocabulary import FACTUAL, Type

#: Types that reports use for one happening: only within a family are accounts compared.
_FAMILIES: dict[str, tuple[Type, ...]] = {
    "force": (
        "attack", "bombing", "killing", "clash", "airstrike", "shelling", "kidnapping", "hijacking", "riot",
        "disarmament",
    ),
    "law": ("arrest", "raid", "operation", "seizure", "surrender", "release", "escape"),
    "court": ("warrant", "charge", "trial", "sentence", "extradition"),
    "intent": ("plot", "threat"),
    "protest": ("protest", "closure"),
    "talk": ("agreement", "meeting", "statement", "sanction"),
}  # fmt: skip
_FAMILY = {type_: family for family, types in _FAMILIES.items() for type_ in types}
_FINE = ("site", "neighbourhood", "city", "district")


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


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """An account ready to be compared. Days are proleptic ordinals; None where they are unknown or only inferred from
    the report's own day, which says nothing of its own. `figures` are by what they count."""

    key: AccountKey
    telling: Telling
    account: Account
    family: str
    days: tuple[int, int] | None
    fine: tuple[Place, ...]
    countries: frozenset[str]
    figures: dict[str, frozenset[int]]
    groups: frozenset[str]
    names: frozenset[str]
    words: dict[str, float]
    #: The first account of its family in the report: what the report is about, more often than not.
    is_first: bool

    @property
    def is_rollup(self) -> bool:
        """A sum over many happenings?"""
        return self.account.scope == "rollup"

    @property
    def is_fact(self) -> bool:
        """Told to have happened?"""
        return self.account.status in FACTUAL


def report_key(report: Report) -> str:
    """What makes a report one: its URI and its text. 16 hexadecimal digits."""
    named = f"{report.uri}\0{report.id}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def family_of(type_: str) -> str:
    """The family of types that reports use for one happening; a type of no family is its own."""
    return _FAMILY.get(type_, type_)  # type: ignore[call-overload, no-any-return]


def account_key(report: str, name: str) -> str:
    """The key of an account that nobody has coded before: its report's key, and its name there."""
    return f"{report}#{name}"


def key_of(fact: Fact) -> str:
    """The key of a fact's account, where nobody has coded its report before."""
    return account_key(fact.telling.key, fact.key.account_id)


def facts_of(coding: Coding, source: str | None = None) -> list[Fact]:
    """All accounts of a coding; `source` is the key of the report that it is a copy of, where it is one."""
    report = coding.report
    key = report_key(report)
    published = dt.date.fromisoformat(report.published.end).toordinal() if report.published else None
    words = vector(f"{report.title or ''}\n{report.text}")
    title = vector(report.title or next((line for line in report.text.splitlines() if line.strip()), ""))
    telling = Telling(
        key, source or key, report.uri, report.publisher, published,
        words, title, names_in(words), numbers_in(words), rarest(words),
    )  # fmt: skip
    seen: set[str] = set()
    found = []
    for account in coding.accounts:
        family = family_of(account.type)
        found.append(_fact(telling, account, report.text, family not in seen))
        seen.add(family)
    return found


def _fact(telling: Telling, account: Account, text: str, is_first: bool) -> Fact:
    when = account.when
    told = when is not None and when.basis != "inferred"
    days = (_ordinal(when.start), _ordinal(when.end)) if when is not None and told else None
    sentences = "\n".join(s.of(text) for s in account.sentences)
    return Fact(
        key=AccountKey(telling.uri, account.id),
        telling=telling,
        account=account,
        family=family_of(account.type),
        days=days,
        fine=tuple(p for p in account.where if p.precision in _FINE),
        countries=frozenset(p.country for p in account.where if p.country),
        figures=_figures(account),
        groups=frozenset(a.id for a in account.actors if a.id),
        names=frozenset(_names(account)),
        words=vector(sentences),
        is_first=is_first,
    )


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def _figures(account: Account) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for count in account.counts:
        if count.best is not None:
            found.setdefault(count.what, set()).add(count.best)
    return {what: frozenset(values) for what, values in found.items()}


def _names(account: Account) -> Iterable[str]:
    """Surnames of the persons in it."""
    return {a.name.split()[-1].lower() for a in account.actors if a.kind == "person"}


def place_key(place: Place) -> str:
    """What makes a place the same: its entry in the gazetteer, else its country and name."""
    return place.gazetteer_id or f"{place.country}/{(place.name or place.text).lower()}"
