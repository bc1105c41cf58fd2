"""Which accounts of one report are of one case: a deed, and its consequences (a claim, an arrest, a trial).

Two accounts are of one case where a link of the report says so. They are, too, where the report leaves no doubt: it
tells of one deed only, or only one deed shares a sentence or a person with the consequence. A report also keeps deeds
apart: deeds of different days or towns are two cases. Whether a type is a deed or a consequence stands in
model/knowledge/types.yaml (`stage`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.linking.clustering import chains
from dateline.linking.facts import days_of, surnames
from dateline.model import Account, Coding, Span, types
from dateline.model.vocabulary import FINE, TRIED

#: Kinds of links that join a consequence with its deed.
_JOINING = frozenset(("follows", "response_to", "foiled_by"))
#: Statuses in which a consequence counts as having taken place, because saying it is enough (a threat, a warrant). A
#: deed with one of these statuses is in no case.
_SAID = frozenset(("threatened", "ordered"))
#: Two deeds that a link joins are of one case if they lie at most this many days apart. A later deed is another case.
_SOON = 3
#: A response (a protest, say) belongs to a deed at most this many days before it.
_ANSWERED = 31
#: Strengths of a relation: a link says that two accounts are of one case; the report leaves no doubt that they are; the
#: report says that they are of two cases.
LINKED, IMPLIED, APART = 2, 1, 0
#: Types with which a case begins.
_BEGINNINGS = types.DEEDS | types.FIGHTS
_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """Two accounts of a report (ids, the one told first before the other), and how strongly they are of one case."""

    one: str
    other: str
    strength: int


def relations(coding: Coding) -> list[Relation]:
    """All relations that a report gives for its own accounts; each pair once."""
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
    """Is it one event that took place, not a roll-up, a plan or a denial?"""
    said = account.type not in _BEGINNINGS and account.status in _SAID
    return account.scope == "event" and (account.status in TRIED or said)


# ---------------------------------------------------------------- the deeds of a report


class _Deeds:
    """The deeds of a report, by the positions of their accounts: which the report keeps apart, and which are one."""

    def __init__(self, told: Sequence[Account], links: set[_Pair]) -> None:
        own = [n for n, a in enumerate(told) if a.type in _BEGINNINGS]
        pairs = list(itertools.combinations(own, 2))
        self.apart = {(i, j) for i, j in pairs if (i, j) not in links and _are_apart(told[i], told[j])}
        self.linked = {(i, j) for i, j in pairs if (i, j) in links and _days_between(told[i], told[j]) <= _SOON}
        self.beside = {(i, j) for i, j in pairs if _are_beside(told[i], told[j])} - self.apart
        at = {n: k for k, n in enumerate(own)}
        found = chains(len(own), [(at[i], at[j]) for i, j in self.linked | self.beside])
        #: The accounts of each deed, by position.
        self.parts = [[own[k] for k in part] for part in found]

    def with_apart(self, these: set[int]) -> bool:
        """Does the report keep two of these accounts apart?"""
        return any(i in these and j in these for i, j in self.apart)


def _days_between(a: Account, b: Account) -> int:
    """The number of days between two accounts; 0 where they may be of one day, or a day is unknown."""
    one, two = days_of(a), days_of(b)
    return max(0, one[0] - two[1], two[0] - one[1]) if one and two else 0


def _places(account: Account) -> set[str]:
    return {p.gazetteer_id for p in account.where if p.gazetteer_id and p.precision in FINE}


def _are_apart(a: Account, b: Account) -> bool:
    """Are the two of different days, or of different towns?"""
    one, two = _places(a), _places(b)
    return _days_between(a, b) > 0 or bool(one and two and not one & two)


def _are_beside(a: Account, b: Account) -> bool:
    """Are the two of the same days and the same town?"""
    return days_of(a) == days_of(b) is not None and bool(_places(a) & _places(b))


# ---------------------------------------------------------------- what came of them


def _linked(told: Sequence[Account], links: set[_Pair], deeds: _Deeds) -> Iterator[_Pair]:
    """Pairs that a link joins. An account that is linked with several deeds that the report keeps apart is joined with
    none of these deeds."""
    yield from deeds.linked
    for n, account in enumerate(told):
        if account.type in _BEGINNINGS:
            continue
        near = {m for pair in links if n in pair for m in pair} - {n}
        own = {m for m in near if told[m].type in _BEGINNINGS}
        kept = near - own if deeds.with_apart(own) else near
        yield from ((min(n, m), max(n, m)) for m in kept)


def _implied(told: Sequence[Account], deeds: _Deeds) -> Iterator[_Pair]:
    """Pairs of a consequence or response and its deed, where the report leaves no doubt which deed it is."""
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
    """The position of a consequence's deed: the only earlier deed that shares a sentence or a surname with it, or the
    only earlier deed; None where there is none, or several."""
    earlier = [part for part in parts if any(_may_come_of(account, deed) for _, deed in part)]
    for shared in (_sentences, surnames, None):
        own = [p for p in earlier if shared is None or any(shared(account) & shared(deed) for _, deed in p)]
        if len(own) == 1:
            return own[0][0][0]
    return None


def _answered(account: Account, parts: list[_Part]) -> int | None:
    """The position of a response's deed: the only deed of the report, if the response comes within _ANSWERED days and
    shares a town or sentence with it; else None."""
    if len(parts) != 1:
        return None
    for n, deed in parts[0]:
        near = _places(account) & _places(deed) or _sentences(account) & _sentences(deed)
        if near and _may_come_of(account, deed) and _days_between(account, deed) <= _ANSWERED:
            return n
    return None


def _before_court(told: Sequence[Account]) -> Iterator[_Pair]:
    """Pairs of a trial and its other stages (arrest, charge, release), in a report of one trial that does not tell of
    the deed."""
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
