"""Which accounts of one report are of one case: a deed, and what came of it (a claim, an arrest, a trial).

A link of the report says so, or the report leaves no doubt: it tells of one deed only, or of one with which the
consequence shares a sentence or a person. A report also keeps deeds apart: those of other days or towns are two cases,
whatever else is told of both. What each type is stands in model/knowledge/types.yaml (`stage`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.linking.clustering import chains
from dateline.linking.facts import days_of, surnames
from dateline.model import Account, Coding, Span, types
from dateline.model.vocabulary import FINE, TRIED

#: Links that join what came of a deed with the deed.
_JOINING = frozenset(("follows", "response_to", "foiled_by"))
#: Statuses of what need only be said to take place: a claim, a warrant. Deeds that are only said are of no case.
_SAID = frozenset(("threatened", "ordered"))
#: Deeds that a link joins are of one case if they lie at most so many days apart: a later one is a deed of its own.
_SOON = 3
#: People answer a deed so many days after it at most.
_ANSWERED = 31
#: How strongly two accounts are of one case: a link says so, the report leaves no doubt; and that they are of two.
LINKED, IMPLIED, APART = 2, 1, 0
#: What a case begins with.
_BEGINNINGS = types.DEEDS | types.FIGHTS
_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """Two accounts of a report (ids, the one told first before the other), and how strongly they are of one case."""

    one: str
    other: str
    strength: int


def relations(coding: Coding) -> list[Relation]:
    """All that a report says of which of its accounts are of one case; each pair once."""
    told = [a for a in coding.accounts if _takes_place(a)]
    at = {a.id: n for n, a in enumerate(told)}
    ends = [
        (at[k.source], at[k.target]) for k in coding.links if k.kind in _JOINING and {k.source, k.target} <= at.keys()
    ]
    links = {(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}
    deeds = _Deeds(told, links)
    strengths = dict.fromkeys(deeds.apart, APART)
    strengths |= dict.fromkeys((*deeds.beside, *_implied(told, deeds)), IMPLIED)
    strengths |= dict.fromkeys(_linked(told, links, deeds), LINKED)
    return [Relation(told[i].id, told[j].id, strength) for (i, j), strength in sorted(strengths.items())]


def _takes_place(account: Account) -> bool:
    """Is it one happening that took place, and no sum, plan or denial?"""
    said = account.type not in _BEGINNINGS and account.status in _SAID
    return account.scope == "event" and (account.status in TRIED or said)


# ---------------------------------------------------------------- the deeds of a report


class _Deeds:
    """The deeds that a report tells of, by position: which it keeps apart, and which it tells of as one."""

    def __init__(self, told: Sequence[Account], links: set[_Pair]) -> None:
        own = [n for n, a in enumerate(told) if a.type in _BEGINNINGS]
        pairs = list(itertools.combinations(own, 2))
        self.apart = {(i, j) for i, j in pairs if (i, j) not in links and _are_apart(told[i], told[j])}
        self.linked = {(i, j) for i, j in pairs if (i, j) in links and _days_between(told[i], told[j]) <= _SOON}
        self.beside = {(i, j) for i, j in pairs if _are_beside(told[i], told[j])} - self.apart
        at = {n: k for k, n in enumerate(own)}
        found = chains(len(own), [(at[i], at[j]) for i, j in self.linked | self.beside])
        #: Each deed, as the accounts that tell of it.
        self.parts = [[own[k] for k in part] for part in found]

    def with_apart(self, these: set[int]) -> bool:
        """Does the report keep two of these apart?"""
        return any(i in these and j in these for i, j in self.apart)


def _days_between(a: Account, b: Account) -> int:
    """The days between the two; 0 where they may be of one day."""
    one, two = days_of(a), days_of(b)
    return max(0, one[0] - two[1], two[0] - one[1]) if one and two else 0


def _places(account: Account) -> set[str]:
    return {p.gazetteer_id for p in account.where if p.gazetteer_id and p.precision in FINE}


def _are_apart(a: Account, b: Account) -> bool:
    """Are the two of other days, or of other towns?"""
    one, two = _places(a), _places(b)
    return _days_between(a, b) > 0 or bool(one and two and not one & two)


def _are_beside(a: Account, b: Account) -> bool:
    """Are the two of one day and one town?"""
    return days_of(a) == days_of(b) is not None and bool(_places(a) & _places(b))


# ---------------------------------------------------------------- what came of them


def _linked(told: Sequence[Account], links: set[_Pair], deeds: _Deeds) -> Iterator[_Pair]:
    """Pairs that a link joins; what is joined with deeds that the report keeps apart is joined with none of them."""
    yield from deeds.linked
    for n, account in enumerate(told):
        if account.type in _BEGINNINGS:
            continue
        near = {m for pair in links if n in pair for m in pair} - {n}
        own = {m for m in near if told[m].type in _BEGINNINGS}
        kept = near - own if deeds.with_apart(own) else near
        yield from ((min(n, m), max(n, m)) for m in kept)


def _implied(told: Sequence[Account], deeds: _Deeds) -> Iterator[_Pair]:
    """Each consequence with the deed that leaves no doubt."""
    parts = [part for part in deeds.parts if any(told[n].type in types.DEEDS for n in part)]
    for n, account in enumerate(told):
        if account.type in types.CONSEQUENCES:
            part = _undoubted(account, [[(m, told[m]) for m in part] for part in parts])
        elif account.type in types.RESPONSES:
            part = _answered(account, [[(m, told[m]) for m in part] for part in deeds.parts])
        else:
            continue
        if part is not None:
            yield (min(n, part), max(n, part))
    if not deeds.parts:
        yield from _before_court(told)


_Part = list[tuple[int, Account]]


def _undoubted(account: Account, parts: list[_Part]) -> int | None:
    """The deed of which the consequence is: the only one before it, or the only one with which it shares something."""
    earlier = [part for part in parts if any(_may_come_of(account, deed) for _, deed in part)]
    for shared in (_sentences, surnames, None):
        own = [p for p in earlier if shared is None or any(shared(account) & shared(deed) for _, deed in p)]
        if len(own) == 1:
            return own[0][0][0]
    return None


def _answered(account: Account, parts: list[_Part]) -> int | None:
    """The only deed of the report, where people of its town answer it in the days after."""
    if len(parts) != 1:
        return None
    for n, deed in parts[0]:
        near = _places(account) & _places(deed) or _sentences(account) & _sentences(deed)
        if near and _may_come_of(account, deed) and _days_between(account, deed) <= _ANSWERED:
            return n
    return None


def _before_court(told: Sequence[Account]) -> Iterator[_Pair]:
    """What a report of one trial, which does not tell of the deed, tells of it: the arrest, the charge, the release."""
    own = [n for n, a in enumerate(told) if a.type in types.CONSEQUENCES]
    kinds = [told[n].type for n in own]
    court = [n for n in own if told[n].type in types.COURT]
    if court and len(kinds) == len(set(kinds)):
        yield from ((min(n, court[0]), max(n, court[0])) for n in own if n != court[0])


def _may_come_of(account: Account, deed: Account) -> bool:
    one, two = days_of(account), days_of(deed)
    return one is None or two is None or two[0] <= one[1]


def _sentences(account: Account) -> set[Span]:
    return set(account.sentences)
