"""What several commands do alike: a date is checked, output goes to a file whole or not at all, talk goes to stderr."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from dateline.linking.rules import Rules
    from dateline.linking.weights import Weights
    from dateline.model import Coding, RejectedReport

F = TypeVar("F", bound=Callable[..., Any])
#: How often the same reason against reports of one file is told.
_TOLD = 12
#: Files of kinds that are not read, and reports that are not coded, that are named.
_NAMED = 50

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "explain"]),
    help="Default: a table on a terminal, else jsonl.",
)
excel_option = click.option("--excel", is_flag=True, help="CSV with a mark that Excel knows UTF-8 by; implies it.")
published_option = click.option(
    "--published", metavar="DATE", help="Publication date (YYYY-MM-DD) of reports that bring none."
)
reader_option = click.option(
    "--reader",
    type=click.Choice(["learned", "rules"]),
    help="By the learned reader and the rules, or by the rules alone; default: $DATELINE_READER, else learned.",
)
_force = click.option(
    "--force",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, value: context.meta.update(force=value),
    help="Write over a file that is there already.",
)


def may_overwrite() -> bool:
    """Was the command told to write over files?"""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get("force"))


def force_option(command: F) -> F:
    """The option by which a command may write over a file (see `may_overwrite`)."""
    return _force(command)


def out_option(command: F) -> F:
    """The options of a command that writes to standard output or to a file."""
    out = click.option(
        "--out", type=click.Path(dir_okay=False), metavar="FILE", help="Write here instead of standard output."
    )
    return out(force_option(command))


rules_option = click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE.yaml",
    help="How one value is chosen from several (docs/ledger.md): revised, agreed, mode, latest, min, max, "
    "most_precise, best_source.",
)

weights_option = click.option(
    "--weights",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE.yaml",
    help="What speaks for two accounts being one event; `dateline ledger refit` makes such a file.",
)


def read_rules(path: str | None) -> Rules | None:
    """The rules of a file; raises BadKnowledge (DL-E004)."""
    from dateline.linking.rules import rules_of

    return rules_of(Path(path)) if path else None


def read_weights(path: str | None) -> Weights | None:
    """The weights of a file; raises BadKnowledge (DL-E004)."""
    from dateline.linking.weights import weights_of

    return weights_of(Path(path)) if path else None


@dataclass
class Tally:
    """What became of the reports that came: how many, those rejected, files of kinds that are not read by the reason,
    reports in languages that are not coded by language, and those that tell of nothing that is coded."""

    total: int = 0
    rejected: int = 0
    same: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    silent: int = 0

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
        elif one.report.lang not in (None, "en"):
            self.foreign.setdefault(str(one.report.lang), []).append(one.report.uri)
        elif not one.accounts:
            self.silent += 1

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
            f"Not read: {len(names)} file{'' if len(names) == 1 else 's'}: {_some(names)}. {reason}"
            for reason, names in sorted(self.unread.items())
        ]

    def said(self) -> list[str]:
        """What the reader must know of reports of which nothing came."""
        lines = [f"Rejected: {self.rejected} of {self.total} reports."] if self.rejected else []
        for lang, names in sorted(self.foreign.items()):
            lines.append(f"Not coded: {len(names)} in '{lang}'; only English is: {_some(names)}.")
        return lines + ([f"Nothing that is coded in {self.silent} of {self.total} reports."] if self.silent else [])


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


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


def check_date(published: str | None) -> None:
    """Raises BadDate (DL-E003) where it is none."""
    from dateline.model.errors import BadDate

    if published is not None:
        try:
            dt.date.fromisoformat(published)
        except ValueError:
            raise BadDate(f"{published!r} is no date.", where="--published") from None


@contextmanager
def writer(out: str | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    with whole(out, "w", encoding="utf-8", newline="\n") as stream:
        yield stream


def check_free(out: str | Path) -> None:
    """Raises FileThere (DL-E013) where a file is there that the command was not told to write over."""
    from dateline.model.errors import FileThere

    if Path(out).is_file() and not may_overwrite():
        raise FileThere("There is such a file.", where=str(out))


@contextmanager
def whole(out: str, mode: str, **form: Any) -> Iterator[Any]:
    """A file that appears whole or not at all. Raises CannotWrite (DL-E007), FileThere (DL-E013)."""
    from dateline.model.errors import CannotWrite

    check_free(out)
    draft = Path(f"{out}.part")
    try:
        with draft.open(mode, **form) as stream:
            yield stream
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=out) from None
    except KeyboardInterrupt:
        draft.unlink(missing_ok=True)
        click.echo(f"Stopped: nothing was written to {out}.", err=True)
        raise
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def talk(words: str, quiet: bool) -> None:
    """Say something to the person at the terminal."""
    if not quiet:
        click.echo(words, err=True)
