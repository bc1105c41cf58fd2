"""Reads one key from a user at a terminal. Without a terminal it reads a line, of which the first letter counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

import click

#: A no-break space. It keeps a key and its description together while lines are broken.
_JOINED = "\u00a0"
_ENTER = ("\r", "\n", "")
_SEQUENCE = re.compile(r"\x1b(?:[\[o][0-9;]{0,9})?[a-z~]?")


def pressed(keys: Mapping[str, str], default: str, quits: str) -> str:
    """Wait for a key and give it. `keys` maps each key to its description. Enter gives `default`, Ctrl-D `quits`."""
    words = _prompt(keys)
    if not sys.stdin.isatty():
        said: str = click.prompt(words, default=default, show_default=False, err=True)
        return said.strip().lower()[:1] or default
    click.echo(f"{words}: ", nl=False, err=True)
    while True:
        try:
            read = click.getchar().lower()
        except EOFError:
            read = quits
        # Keys that are pressed fast are read together. An arrow key is read as an escape sequence with letters in it.
        typed = default if read in _ENTER else _SEQUENCE.sub("", read)
        key = next((letter for letter in typed if letter in keys), None)
        if key is not None:
            click.echo(keys[key], err=True)
            return key


def _prompt(keys: Mapping[str, str]) -> str:
    """The prompt: the keys with their descriptions, wrapped only between keys."""
    from dateline.cli.layout import width_of, wrapped

    told = " ".join(f"{key} {what}".replace(" ", _JOINED) for key, what in keys.items())
    return "\n".join(wrapped(told, width_of(sys.stderr) - len(keys))).replace(" ", "  ").replace(_JOINED, " ")
