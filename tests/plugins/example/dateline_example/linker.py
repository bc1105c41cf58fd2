"""A linker: what is of one type, on one day, in one country, is one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.model import Account, Coding


def same_day(accounts: Sequence[tuple[Coding, Account]]) -> Iterable[Iterable[int]]:
    """Groups of positions in `accounts`, at most one account of each report in a group."""
    groups: dict[tuple[object, ...], dict[str, int]] = {}
    for position, (coding, account) in enumerate(accounts):
        if account.when is not None and account.where and account.scope == "event":
            key = (account.type, account.when.start, account.where[0].country)
            groups.setdefault(key, {}).setdefault(coding.report.uri, position)
    return [group.values() for group in groups.values()]
