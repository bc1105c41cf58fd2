"""`dateline manual` and `dateline completion`: the man page and the scripts for shell completion, both made from the
command-line parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.version import VERSION

if TYPE_CHECKING:
    from dateline.cli.parser import Command

_FILES = (
    ("ledger.sqlite", "The ledger, where neither --ledger nor $DATELINE_LEDGER names another."),
    ("~/.local/share/dateline", "Actors and places of your own, or $DATELINE_HOME."),
)
_STATUS = "0 done, 1 error, 2 usage, 3 done but some reports were rejected."


@click.command()
def manual() -> None:
    """Write the man page of dateline to standard output: all commands with all options.

    \b
    Examples:
      dateline manual > dateline.1 && man ./dateline.1
      dateline manual > ~/.local/share/man/man1/dateline.1
    """
    from dateline.cli import cli
    from dateline.cli.parser import commands

    click.echo("\n".join(_page(list(commands(cli, "dateline")))))


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Write the lines by which a shell completes commands, options and choices.

    \b
    Examples:
      dateline completion bash > ~/.local/share/bash-completion/completions/dateline
      dateline completion zsh > ~/.zfunc/_dateline           with fpath+=~/.zfunc before compinit
      dateline completion fish > ~/.config/fish/completions/dateline.fish
    """
    from click.shell_completion import get_completion_class

    from dateline.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(kind(cli, {}, "dateline", "_DATELINE_COMPLETE").source())


# ---------------------------------------------------------------- roff


def _page(told: list[Command]) -> Iterator[str]:
    whole, *below = told
    yield f'.TH DATELINE 1 "" "dateline {VERSION}" "User Commands"'
    yield from (".SH NAME", "dateline \\- news about political violence, as data")
    yield from (".SH SYNOPSIS", ".B dateline", _escaped(whole.usage.removeprefix("dateline ")))
    yield ".SH DESCRIPTION"
    yield from _described(whole)
    yield ".SH COMMANDS"
    for command in below:
        yield f".SS {_escaped(command.usage)}"
        yield from _described(command)
    yield from (".SH EXIT STATUS", _escaped(_STATUS))
    yield ".SH FILES"
    for name, about in _FILES:
        yield from (".TP", f".I {_escaped(name)}", _escaped(about))
    yield from (".SH SEE ALSO", _escaped("dateline COMMAND --help; the manual in docs/."))


def _described(command: Command) -> Iterator[str]:
    for text, kept in command.paragraphs:
        yield from (".PP", ".nf", *map(_escaped, text.splitlines()), ".fi") if kept else (".PP", _escaped(text))
    for option in command.options:
        more = f" [{option.more}]" if option.more else ""
        yield from (".TP", f".B {_escaped(option.names)}", _escaped(option.about + more))


def _escaped(text: str) -> str:
    """A text for roff: hyphens stay hyphens, and no line is taken for a roff command."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("“", '"').replace("”", '"')
    return "\\&" + plain if plain.startswith((".", "'")) else plain
