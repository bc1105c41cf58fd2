"""The commands and options of the command line, read from click's parser. The man page and docs/cli.md are made from
them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click

#: Click's mark for a paragraph with fixed lines.
_KEEP = "\b"


@dataclass(frozen=True, slots=True)
class Option:
    """An option or argument: its names with its value, what it does, and its default."""

    names: str
    about: str
    more: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its full name, how it is called, its paragraphs of help (each with whether its lines are fixed), and
    its options."""

    name: str
    usage: str
    paragraphs: tuple[tuple[str, bool], ...]
    options: tuple[Option, ...]
    is_group: bool


def commands(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[Command]:
    """A command and all its subcommands, in the order of `--help`."""
    context = click.Context(command, info_name=name, parent=parent)
    below = command if isinstance(command, click.Group) else None
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    options = tuple(_option(one, context) for one in command.params if isinstance(one, click.Option) and not one.hidden)
    yield Command(context.command_path, usage, _paragraphs(command), options, below is not None)
    for child in below.list_commands(context) if below else ():
        found = below.get_command(context, child) if below else None
        if found is not None and not found.hidden:
            yield from commands(found, child, context)


def _paragraphs(command: click.Command) -> tuple[tuple[str, bool], ...]:
    told = [*inspect.cleandoc(command.help or "").split("\n\n"), command.epilog or ""]
    pairs = ((one.removeprefix(_KEEP).strip("\n"), one.startswith(_KEEP)) for one in told if one.strip())
    return tuple((text if kept else " ".join(text.split()), kept) for text, kept in pairs)


def _option(option: click.Option, context: click.Context) -> Option:
    record = option.get_help_record(context)
    names, about = record if record else ("", "")
    # Click adds [default: ...] to the end of the help: separate the two.
    text, _, more = f"  {about}".rpartition("  [") if about.endswith("]") else (about, "", "")
    return Option(names, " ".join(text.split()), more.removesuffix("]"))
