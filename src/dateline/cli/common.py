"""Helpers of several commands: checking a date, writing a file as a whole or not at all, messages on stderr."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from dateline.linking.rules import Rules
    from dateline.linking.weights import Weights

F = TypeVar("F", bound=Callable[..., Any])

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "explain"]),
    help="Default: a table on a terminal, else jsonl.",
)
excel_option = click.option("--excel", is_flag=True, help="CSV with a mark that Excel knows UTF-8 by; implies it.")
published_option = click.option(
    "--published", metavar="DATE", help="Publication date of reports that bring none: 2026-11-26, 'Nov 26, 2026'."
)
reader_option = click.option(
    "--reader",
    type=click.Choice(["learned", "rules"]),
    help="By the learned reader and the rules, or by the rules alone; default: $DATELINE_READER, else learned.",
)
time_limit_option = click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=30,
    show_default=True,
    envvar="DATELINE_TIME_LIMIT",
    show_envvar=True,
    metavar="SECONDS",
    help="Reject a report that takes longer to code; 0: none.",
)
_force = click.option(
    "--force",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, value: context.meta.update(force=value),
    help="Write over a file that is there already.",
)


def may_overwrite() -> bool:
    """Was the command told that it may overwrite files?"""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get("force"))


def force_option(command: F) -> F:
    """Add the option that lets a command overwrite a file (see `may_overwrite`)."""
    return _force(command)


def out_option(command: F) -> F:
    """Add the options of a command that writes to standard output or to a file."""
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
    """The rules in a file. Raises BadKnowledge (DL-E004)."""
    from dateline.linking.rules import rules_of

    return rules_of(Path(path)) if path else None


def read_weights(path: str | None) -> Weights | None:
    """The weights in a file. Raises BadKnowledge (DL-E004)."""
    from dateline.linking.weights import weights_of

    return weights_of(Path(path)) if path else None


def day_given(published: str | None) -> str | None:
    """The publication date that a user typed, as YYYY-MM-DD. Raises BadDate (DL-E003) where it is not a date, or its
    year cannot be one of publication."""
    from dateline.model.errors import BadDate
    from dateline.readers.dates import given_day

    if published is None:
        return None
    from dateline.when.asked import day_asked

    day = day_asked(published, "--published")
    try:
        given_day(day)
    except ValueError:
        raise BadDate(f"{published!r} is no date of a report.", where="--published") from None
    return day


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
    """Raises FileThere (DL-E013) where the file exists and the command was not told to overwrite it."""
    from dateline.model.errors import FileThere
    from dateline.model.files import is_through

    if Path(out).is_file() and not is_through(out) and not may_overwrite():
        raise FileThere("There is such a file.", where=str(out))


@contextmanager
def whole(out: str, mode: str, over: bool = False, **form: Any) -> Iterator[Any]:
    """A file that appears whole or not at all (model/files.py). `over`: one that is there is replaced without --force.
    Raises CannotWrite (DL-E007), FileThere (DL-E013)."""
    from dateline.model.errors import CannotWrite
    from dateline.model.files import is_through, whole_file

    if not over:
        check_free(out)
    try:
        with whole_file(out, mode, **form) as stream:
            yield stream
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=out) from None
    except KeyboardInterrupt:
        if not is_through(out):
            click.echo(f"Stopped: nothing was written to {out}.", err=True)
        raise


def look_for_little_garbage() -> None:
    """Let Python collect garbage less often. Loading the models makes a million objects and no garbage; looking for
    garbage among them takes a tenth of the time of a short run."""
    gc.set_threshold(100_000, 50, 100)


def number_of(n: int, noun: str) -> str:
    """A number and its noun, in the singular or plural ("1 report", "2,000 reports")."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def talk(words: str, quiet: bool) -> None:
    """Show a message to the user at the terminal, unless `quiet`."""
    if not quiet:
        click.echo(words, err=True)
