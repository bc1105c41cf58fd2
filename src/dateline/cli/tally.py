"""Counts what happened to the reports of the input, so that none is lost silently."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from dateline.cli.common import number_of, talk

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.model import Coding, RejectedReport


def _is_coded(lang: str | None) -> bool:
    from dateline.language.other import is_coded

    return is_coded(lang)


#: How often the same reason for rejecting reports of one file is shown.
_TOLD = 12
#: The most names that are shown of files that cannot be read, and of reports that are not coded.
_NAMED = 50
#: The most names that are shown of reports with accounts left out as unsure, and of reports without a date.
_FEW = 5


@dataclass
class Tally:
    """What happened to the reports of the input.

    It counts all reports (`total`), the rejected ones, files of kinds that cannot be read (by reason), reports in
    languages that are not coded (by language), reports without any event that is coded (`silent`), reports with
    accounts left out as unsure, and reports with accounts that have no day because there is no publication date.
    """

    total: int = 0
    rejected: int = 0
    same: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    #: The number of reports in each language that is not coded. `foreign` names only some of them.
    languages: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    #: The numbers of accounts left out as unsure, of accounts less sure than was asked for, and of reports with
    #: accounts that have no day because the publication date is missing.
    unsure: int = 0
    below: int = 0
    dateless: int = 0
    unsure_in: list[str] = field(default_factory=list)
    dateless_in: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """The number of reports and files that were rejected or could not be read."""
        return self.rejected + sum(map(len, self.unread.values()))

    def take(self, one: Coding | RejectedReport) -> None:
        """Count one coding or rejection."""
        from dateline.model import Coding
        from dateline.model.rejections import NotRead

        if isinstance(one, NotRead):
            self.unread.setdefault(f"{one.what} {one.remedy}", []).append(str(one.where))
            return
        self.total += 1
        if not isinstance(one, Coding):
            self.rejected += 1
            self._reject(one)
        else:
            self._coded(one.report.uri, one.report.lang, not one.accounts and not one.below, one.by is None)
            self.below += one.below
            if _is_coded(one.report.lang) or one.by is not None:
                undated = one.report.published is None and any(account.when is None for account in one.accounts)
                self._look(one.report.uri, len(one.unsure), undated)

    def take_batch(self, batch: pa.RecordBatch) -> None:
        """Count a batch of records (engines/seam.py). None of them was made by a language model."""
        from dateline.engines.seam import rejection

        names = ("uri", "lang", "accounts", "unsure", "below", "undated", "rejected")
        for uri, lang, accounts, unsure, below, undated, rejected in zip(
            *(batch[name].to_pylist() for name in names), strict=True
        ):
            if rejected is not None:
                self.take(rejection(json.loads(rejected)))
                continue
            self.total += 1
            self._coded(uri, lang, accounts == 0 and below == 0, by_rules=True)
            self.below += below
            if _is_coded(lang):
                self._look(uri, unsure, undated)

    def _coded(self, uri: str, lang: str | None, is_silent: bool, by_rules: bool) -> None:
        if not _is_coded(lang) and by_rules:
            self.languages[str(lang)] += 1
            if len(named := self.foreign.setdefault(str(lang), [])) < _NAMED:
                named.append(uri)
        elif is_silent:
            self.silent += 1

    def _look(self, uri: str, unsure: int, undated: bool) -> None:
        """Count what is missing from a coded report. Only the first such reports are named."""
        if unsure:
            self.unsure += unsure
            self._name(self.unsure_in, uri)
        if undated:
            self.dateless += 1
            self._name(self.dateless_in, uri)

    def _name(self, names: list[str], uri: str) -> None:
        if len(names) < _NAMED:
            names.append(uri)

    def _reject(self, one: RejectedReport) -> None:
        """Say why a report was rejected. The same reason in one file is shown only _TOLD times."""
        reason = f"{one.code} {(one.where or '').rpartition(':')[0]} {one.what}"
        self.same[reason] += 1
        if self.same[reason] <= _TOLD:
            click.echo(f"rejected: {one}", err=True)
        elif self.same[reason] == _TOLD + 1:
            click.echo(f"rejected: more for the same reason ({one.code}) are counted at the end", err=True)

    def not_read(self) -> list[str]:
        """The lines that name the files that cannot be read, by reason."""
        return [
            f"Not read: {number_of(len(names), 'file')}: {_some(names, len(names))}. {reason}"
            for reason, names in sorted(self.unread.items())
        ]

    def said(self) -> list[str]:
        """The lines about reports that gave no accounts, or not all."""
        lines = [f"Rejected: {self.rejected} of {number_of(self.total, 'report')}."] if self.rejected else []
        for lang, names in sorted(self.foreign.items()):
            lines.append(
                f"Not coded: {self.languages[lang]} in '{lang}'; only English is: {_some(names, self.languages[lang])}."
            )
        if self.silent:
            lines.append(f"Nothing that is coded in {self.silent} of {number_of(self.total, 'report')}.")
        return [*lines, *self._missing()]

    def _missing(self) -> Iterator[str]:
        """The lines about what was left out of coded reports, and how to see or get it."""
        if self.unsure:
            told = f"{number_of(self.unsure, 'account')}, of {_some(self.unsure_in, len(self.unsure_in), _FEW)}"
            yield f"Left out as unsure: {told}. `dateline why FILE` shows them."
        if self.below:
            yield f"Left out below the least confidence that was asked for: {number_of(self.below, 'account')}."
        if self.dateless:
            told = f"{number_of(self.dateless, 'report')} without a publication date"
            named = _some(self.dateless_in, self.dateless, _FEW)
            yield f"Days are missing in {told}: {named}. Give it: --published YYYY-MM-DD."


def _some(names: list[str], total: int, most: int = _NAMED) -> str:
    more = total - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def accepted(
    coded: Iterable[Coding | RejectedReport],
    tally: Tally,
    quiet: bool,
    expected: int | None = None,
    using: Callable[[], str] | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Coding]:
    """The codings as they come, without accounts less sure than `min_confidence`.

    It counts all, says why reports were rejected, and shows the progress (`expected` is the total) and, with `using`,
    what was used so far.
    """
    from dateline.cli.progress import progress
    from dateline.model import Coding

    with progress("coding", quiet, expected, using) as advance:
        for one in coded:
            kept = one.at_least(min_confidence) if isinstance(one, Coding) else one
            tally.take(kept)
            if isinstance(kept, Coding):
                yield kept
            advance()


def finish(tally: Tally, quiet: bool) -> None:
    """Say which reports gave nothing. End with exit status 3 where some were rejected or could not be read.

    Files that cannot be read are named even with `quiet`, as are rejected reports.
    """
    for line in tally.not_read():
        talk(line, quiet=False)
    for line in tally.said():
        talk(line, quiet)
    if tally.lost:
        raise click.exceptions.Exit(3)
