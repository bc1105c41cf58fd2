"""What became of the reports that came: nothing is lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from dateline.cli.common import number_of, talk

if TYPE_CHECKING:
    from dateline.model import Coding, RejectedReport

#: How often the same reason against reports of one file is told.
_TOLD = 12
#: Files of kinds that are not read, and reports that are not coded, that are named.
_NAMED = 50
#: Reports of which something was left out as unsure, or that have no date, that are named.
_FEW = 5


@dataclass
class Tally:
    """What became of the reports that came: how many, those rejected, files of kinds that are not read by the reason,
    reports in languages that are not coded by language, those that tell of nothing that is coded, those of which some
    accounts were left out as unsure, and those that lack days because they have no publication date."""

    total: int = 0
    rejected: int = 0
    same: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    silent: int = 0
    unsure: dict[str, int] = field(default_factory=dict)
    dateless: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Reports and files of which nothing came, for a reason."""
        return self.rejected + sum(map(len, self.unread.values()))

    def take(self, one: Coding | RejectedReport) -> None:
        """Count one in."""
        from dateline.model import Coding
        from dateline.model.errors import NotRead

        if isinstance(one, NotRead):
            self.unread.setdefault(f"{one.what} {one.remedy}", []).append(str(one.where))
            return
        self.total += 1
        if not isinstance(one, Coding):
            self.rejected += 1
            self._reject(one)
        elif one.report.lang not in (None, "en") and one.by is None:
            self.foreign.setdefault(str(one.report.lang), []).append(one.report.uri)
        else:
            self._look(one)

    def _look(self, one: Coding) -> None:
        """Count in a report that was coded, and what is missing of it."""
        self.silent += not one.accounts
        if one.unsure:
            self.unsure[one.report.uri] = len(one.unsure)
        if one.report.published is None and any(account.when is None for account in one.accounts):
            self.dateless.append(one.report.uri)

    def _reject(self, one: RejectedReport) -> None:
        """Say why a report was rejected; of the same reason in one file only the first some times."""
        reason = f"{one.code} {(one.where or '').rpartition(':')[0]} {one.what}"
        self.same[reason] += 1
        if self.same[reason] <= _TOLD:
            click.echo(f"rejected: {one}", err=True)
        elif self.same[reason] == _TOLD + 1:
            click.echo(f"rejected: more for the same reason ({one.code}) are counted at the end", err=True)

    def not_read(self) -> list[str]:
        """The files of kinds that are not read, by the reason."""
        return [
            f"Not read: {number_of(len(names), 'file')}: {_some(names)}. {reason}"
            for reason, names in sorted(self.unread.items())
        ]

    def said(self) -> list[str]:
        """What the reader must know of reports of which nothing came."""
        lines = [f"Rejected: {self.rejected} of {number_of(self.total, 'report')}."] if self.rejected else []
        for lang, names in sorted(self.foreign.items()):
            lines.append(f"Not coded: {len(names)} in '{lang}'; only English is: {_some(names)}.")
        if self.silent:
            lines.append(f"Nothing that is coded in {self.silent} of {number_of(self.total, 'report')}.")
        return [*lines, *self._missing()]

    def _missing(self) -> Iterator[str]:
        """What was left out of reports that were coded, and how to see it or get it."""
        if self.unsure:
            told = number_of(sum(self.unsure.values()), "account")
            yield f"Left out as unsure: {told}, of {_some(list(self.unsure), _FEW)}. `dateline why FILE` shows them."
        if self.dateless:
            told = f"{number_of(len(self.dateless), 'report')} without a publication date"
            yield f"Days are missing in {told}: {_some(self.dateless, _FEW)}. Give it: --published YYYY-MM-DD."


def _some(names: list[str], most: int = _NAMED) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def accepted(
    coded: Iterable[Coding | RejectedReport], tally: Tally, quiet: bool, expected: int | None = None
) -> Iterator[Coding]:
    """The codings as they come; of the others the reason is said. Counts all, and shows progress towards `expected`."""
    from dateline.cli.progress import progress
    from dateline.model import Coding

    with progress("coding", quiet, expected) as advance:
        for one in coded:
            tally.take(one)
            if isinstance(one, Coding):
                yield one
            advance()


def finish(tally: Tally, quiet: bool) -> None:
    """Say of which reports nothing came, and end with exit status 3 where some were rejected or not read.

    As each rejection is told even to those who want it quiet, so are files that are not read.
    """
    for line in tally.not_read():
        talk(line, quiet=False)
    for line in tally.said():
        talk(line, quiet)
    if tally.lost:
        raise click.exceptions.Exit(3)
