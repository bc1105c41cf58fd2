"""Linkers of other packages. A linker decides, instead of our weights, which accounts are of one event.

A package adds a linker by an entry point of the group `dateline.linkers`. A linker only groups accounts. The ids,
values, cases and totals of events are made from its groups in the same way as from ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from operator import index
from typing import Protocol

from dateline.linking.errors import BadLinker
from dateline.model import Account, Coding

GROUP = "dateline.linkers"


class Linker(Protocol):
    """A function that groups accounts. It must be pure: the same accounts give the same groups."""

    def __call__(self, accounts: Sequence[tuple[Coding, Account]]) -> Iterable[Iterable[int]]:
        """Groups of positions in `accounts`. An account in no group is an event by itself. A group never holds two
        accounts of one report, nor a total together with a single event."""
        ...


def linker(name: str) -> Linker:
    """The linker of a name. Raises BadLinker (DL-L029)."""
    points = others()
    found = next((point for point in points if point.name == name), None)
    if found is None:
        known = ", ".join(point.name for point in points) or "none is installed"
        raise BadLinker(f"There is no linker '{name}' (others: {known}).")
    try:
        made = found.load()
    except Exception as error:  # The fault is in the other package, of whatever kind.
        raise BadLinker(f"The linker '{name}' ({found.value}) cannot be loaded ({error!r}).") from error
    if not callable(made):
        raise BadLinker(f"The linker '{name}' ({found.value}) cannot be called.")
    return made  # type: ignore[no-any-return]


def others() -> tuple[EntryPoint, ...]:
    """The linkers of other packages, by name."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def grouped(by: Linker, accounts: Sequence[tuple[Coding, Account]]) -> list[list[int]]:
    """All positions, grouped by a linker. Raises BadLinker (DL-L029) where the groups break the rules of Linker."""
    try:
        told = [sorted(map(index, group)) for group in by(accounts)]  # `index` also accepts NumPy's integers.
    except Exception as error:  # The fault is in the linker, of whatever kind.
        raise BadLinker(f"The linker failed ({error!r}).") from error
    groups = [group for group in told if group]
    seen: set[int] = set()
    for group in groups:
        _check(group, accounts, seen)
        seen.update(group)
    return groups + [[position] for position in range(len(accounts)) if position not in seen]


def _check(group: list[int], accounts: Sequence[tuple[Coding, Account]], seen: set[int]) -> None:
    if any(not 0 <= one < len(accounts) for one in group):
        raise BadLinker(f"The linker gave {group}, and there are {len(accounts)} accounts.")
    if len(set(group)) < len(group) or seen & set(group):
        raise BadLinker(f"The linker put an account into two groups, or twice into one ({group}).")
    members = [accounts[one] for one in group]
    if len({id(coding) for coding, _ in members}) < len(members):
        raise BadLinker(f"The linker joined accounts of one report ({members[0][0].report.uri}).")
    if len({account.scope for _, account in members}) > 1:
        raise BadLinker(f"The linker joined a total with a single event ({members[0][0].report.uri}).")
