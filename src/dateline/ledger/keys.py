"""Keys of accounts. An account keeps its key when its report is coded again, so judgements stay with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.linking.facts import account_key, family_of
from dateline.model import Account, Span


@dataclass(frozen=True, slots=True)
class Known:
    """An account of an earlier coding of a report."""

    key: str
    type: str
    scope: str
    trigger: Span
    sentences: tuple[Span, ...]


def keys_of(
    report: str, accounts: Sequence[Account], known: Iterable[Known] = (), taken: Iterable[str] = ()
) -> list[str]:
    """A key for each account of a new coding of a report (by key). `taken` are all account keys that the report ever
    had.

    An account takes the key of the earlier account (`known`) that it most likely is; the surest pairs go first.
    """
    earlier = list(known)
    pairs = [(_likeness(account, old), k, n) for k, account in enumerate(accounts) for n, old in enumerate(earlier)]
    chosen: dict[int, str] = {}
    used: set[int] = set()
    for score, k, n in sorted(pairs, key=lambda row: (-row[0], row[1], row[2])):
        if score > 0 and k not in chosen and n not in used:
            chosen[k] = earlier[n].key
            used.add(n)
    ever = set(taken) | {old.key for old in earlier}
    return [chosen.get(k) or _fresh(account_key(report, account.id), ever) for k, account in enumerate(accounts)]


def _fresh(key: str, ever: set[str]) -> str:
    number = 2
    name = key
    while name in ever:
        name = f"{key}~{number}"
        number += 1
    ever.add(name)
    return name


def _likeness(account: Account, old: Known) -> float:
    """How likely a new account is an older one. The score is above 0 if they have the same trigger, or the same family
    and sentences that overlap."""
    if account.scope != old.scope or family_of(account.type) != family_of(old.type):
        return 3.0 if account.trigger == old.trigger else 0.0
    shared = sum(_overlap(s, t) for s in account.sentences for t in old.sentences)
    whole = max(_length(account.sentences), _length(old.sentences), 1)
    return (account.trigger == old.trigger) * 4.0 + (account.type == old.type) * 0.5 * (shared > 0) + shared / whole


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _length(spans: Iterable[Span]) -> int:
    return sum(s.end - s.start for s in spans)
