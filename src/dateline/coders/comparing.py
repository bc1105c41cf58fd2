"""The agreement of two coders on the same reports, field by field: its share, and Cohen's kappa (without chance)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dateline.model import Account, Coding, Span, types

#: Gives the value of a field of an account, in a form that can be compared.
Reading = Callable[[Account], Any]


def _when(account: Account) -> Any:
    return None if account.when is None else (account.when.start, account.when.end)


def _countries(account: Account) -> Any:
    return tuple(sorted({p.country or "?" for p in account.where}))


def _places(account: Account) -> Any:
    return tuple(sorted({(p.gazetteer_id or (p.name or p.text).casefold()) for p in account.where}))


def _figures(account: Account) -> Any:
    return tuple(sorted({(c.what, str(c.low), str(c.best), str(c.high)) for c in account.counts}))


def _agents(account: Account) -> Any:
    return tuple(sorted({a.id or a.name.casefold() for a in account.actors if a.role == "agent"}))


#: The fields that are compared.
FIELDS: dict[str, Reading] = {
    "type": lambda a: a.type,
    "status": lambda a: a.status,
    "scope": lambda a: a.scope,
    "when": _when,
    "countries": _countries,
    "places": _places,
    "counts": _figures,
    "agents": _agents,
}


class Disagreement(NamedTuple):
    """A field that two coders read differently in their accounts of one happening, with the words that tell of it."""

    uri: str
    words: str
    field: str
    one: str
    other: str


@dataclass
class Agreement:
    """How often two coders agree in a field."""

    pairs: Counter[tuple[Any, Any]] = field(default_factory=Counter)

    @property
    def compared(self) -> int:
        """The number of accounts that both coders have."""
        return self.pairs.total()

    @property
    def share(self) -> float | None:
        """The share of these accounts in which the two agree; None where there are none."""
        same = sum(n for (a, b), n in self.pairs.items() if a == b)
        return same / self.compared if self.compared else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: 1 where they always agree, 0 where they agree as often as by chance. None where agreement by
        chance is certain, or nothing was compared."""
        share = self.share
        if share is None:
            return None
        ones, others = Counter[Any](), Counter[Any]()
        for (a, b), n in self.pairs.items():
            ones[a] += n
            others[b] += n
        chance = sum(ones[value] * others[value] for value in ones) / self.compared**2
        return (share - chance) / (1 - chance) if chance < 1 else None


@dataclass
class Comparison:
    """Two coders compared over many reports."""

    fields: dict[str, Agreement] = field(default_factory=lambda: {name: Agreement() for name in FIELDS})
    disagreements: list[Disagreement] = field(default_factory=list)
    reports: int = 0
    both: int = 0
    only_one: int = 0
    only_other: int = 0

    @property
    def accounts(self) -> float | None:
        """The F1 of accounts: how far the two coders report the same happenings."""
        total = 2 * self.both + self.only_one + self.only_other
        return 2 * self.both / total if total else None


def compare(one: Mapping[str, Coding], other: Mapping[str, Coding]) -> Comparison:
    """Compare the codings of the reports (by id) that both have."""
    found = Comparison()
    for key in sorted(one.keys() & other.keys()):
        found.reports += 1
        pairs = list(pairs_of(one[key].accounts, other[key].accounts))
        found.both += len(pairs)
        found.only_one += len(one[key].accounts) - len(pairs)
        found.only_other += len(other[key].accounts) - len(pairs)
        for a, b in pairs:
            _compare(found, one[key], a, b)
    return found


def _compare(found: Comparison, coding: Coding, a: Account, b: Account) -> None:
    words = " ".join(a.sentences[0].of(coding.report.text).split())
    for name, read in FIELDS.items():
        mine, theirs = read(a), read(b)
        found.fields[name].pairs[mine, theirs] += 1
        if mine != theirs:
            found.disagreements.append(Disagreement(coding.report.uri, words, name, _said(mine), _said(theirs)))


def _said(value: Any) -> str:
    """A value in words."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(" ".join(v) if isinstance(v, tuple) else str(v) for v in value)
    return str(value)


def pairs_of(ones: Sequence[Account], others: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """Pairs of accounts, one of each coder, that tell of one happening: the most alike first, each account once."""
    ranked = sorted(
        ((_likeness(a, b), -i, -j) for i, a in enumerate(ones) for j, b in enumerate(others) if _likeness(a, b) > 0),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for _, i, j in ranked:
        if ("one", i) not in taken and ("other", j) not in taken:
            taken |= {("one", i), ("other", j)}
            yield ones[-i], others[-j]


def _likeness(a: Account, b: Account) -> float:
    """How much speaks for two accounts telling of one happening: a common trigger, common sentences, the same type."""
    shared = _shared(a.sentences, b.sentences)
    if not shared and not a.trigger.overlaps(b.trigger):
        return 0.0
    alike = 2.0 if a.type == b.type else 1.0 if types.may_be_told_as_one(a.type, b.type) else 0.0
    return 3.0 * a.trigger.overlaps(b.trigger) + alike + shared if alike or a.trigger.overlaps(b.trigger) else 0.0


def _shared(ones: Iterable[Span], others: Sequence[Span]) -> float:
    """The share of sentences that two accounts have in common."""
    ones = list(ones)
    common = sum(any(a.overlaps(b) for b in others) for a in ones)
    return common / max(1, len(ones), len(others))
