"""What several commands do alike: a date is checked, output goes to a file whole or not at all, talk goes to stderr."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click


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
    from dateline.model.errors import CannotWrite

    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    draft = Path(f"{out}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=out) from None
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def talk(words: str, quiet: bool) -> None:
    """Say something to the person at the terminal."""
    if not quiet:
        click.echo(words, err=True)
