"""The page of the docs on the command line, as made from the parser: `python -m tests.clipages` writes it, a test of
tests/test_docs.py compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.cli import cli
from dateline.cli.parser import Command, Option, commands

FILE = Path(__file__).parent.parent / "docs" / "cli.md"
_HEAD = """# Command line

All commands with all options. `python -m tests.clipages` makes this page from the parser; `dateline COMMAND --help`
says the same, and `dateline manual` makes a man page of it. Exit status: 0 done, 1 error ({doc}`errors`), 2 usage, 3
done but some reports were rejected.

`dateline completion bash|zsh|fish` writes the lines by which a shell completes commands, options and choices.
{doc}`settings` lists the variables of the environment.
"""


def described() -> str:
    """The page, as it is kept."""
    _, *below = commands(cli, "dateline")
    return "\n".join([_HEAD, *(line for command in below for line in _section(command))]) + "\n"


def _section(command: Command) -> Iterator[str]:
    depth = "##" if command.name.count(" ") == 1 else "###"
    yield from (f"{depth} {command.name}", "", f"`{command.usage}`", "")
    for text, kept in command.paragraphs:
        yield from ("```text", *text.splitlines(), "```", "") if kept else (_plain(text), "")
    if command.options:
        yield from ("| option | what it does | |", "| --- | --- | --- |")
        yield from map(_row, command.options)
        yield ""


def _row(option: Option) -> str:
    cells = (f"`{option.names}`", option.about, option.more)
    return "| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |"


def _plain(text: str) -> str:
    """Words that Markdown leaves as they are."""
    return text.replace("<", "&lt;").replace("$", "\\$") if "`" not in text else text


if __name__ == "__main__":
    FILE.write_text(described(), encoding="utf-8")
