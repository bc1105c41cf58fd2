"""What the docs must say: every error's code, every command, every setting of the page that a reader could miss."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import dateline
from dateline.cli import cli
from dateline.cli.parser import commands
from dateline.model.errors import DatelineError
from dateline.publishing.columns import tables
from tests import clipages, routepages, typetable

SOURCES = sorted(Path(dateline.__file__).parent.rglob("*.py"))
DOCS = Path(__file__).parent.parent / "docs"


def _kinds(kind: type[DatelineError]) -> set[type[DatelineError]]:
    return {kind} | {one for sub in kind.__subclasses__() for one in _kinds(sub)}


def test_every_code_is_documented_and_belongs_to_one_error() -> None:
    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if module.name.endswith("errors"):
            importlib.import_module(module.name)
    kinds = [kind for kind in _kinds(DatelineError) if kind.code not in ("DL-E000", "DL-R000")]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes))
    told = re.findall(r"^\| (DL-[A-Z]\d{3}) ", (DOCS / "errors.md").read_text(encoding="utf-8"), re.M)
    assert told == sorted(codes)


def test_every_command_has_an_example_and_is_in_the_docs() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in [*DOCS.glob("*.md"), DOCS.parent / "README.md"])
    for name, command in cli.commands.items():
        assert f"dateline {name}" in told, name
        assert f"dateline {name}" in (command.help or ""), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.parent.name + "/" + p.stem)
def test_docstrings_say_first_what_a_thing_does(path: Path) -> None:
    """A quoted example comes only after it."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, documented)]
    told = [(getattr(node, "name", "the module"), ast.get_docstring(node) or "") for node in nodes]
    assert not [name for name, doc in told if doc.startswith(('"', "'", "“", "‘"))]


def test_the_page_on_event_types_is_current() -> None:
    assert typetable.FILE.read_text(encoding="utf-8") == typetable.described(), "python -m tests.typetable"


def test_the_page_on_the_command_line_is_current() -> None:
    """It has every command and every option, each with what it does."""
    assert clipages.FILE.read_text(encoding="utf-8") == clipages.described(), "python -m tests.clipages"
    told = list(commands(cli, "dateline"))
    assert len(told) > len(cli.commands)
    assert not [command.name for command in told if not command.paragraphs]
    assert not [(command.name, option.names) for command in told for option in command.options if not option.about]


def test_every_variable_of_the_environment_is_documented() -> None:
    used = {
        name
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if "environ" in line or "envvar=" in line or "VARIABLE" in line
        for name in re.findall(r'"([A-Z][A-Z_]{2,}[A-Z])"', line)
    }
    told = set(re.findall(r"^\| `([A-Z_]+)` ", (DOCS / "settings.md").read_text(encoding="utf-8"), re.M))
    assert used <= told, used - told
    assert {"DATELINE_LEDGER", "DATELINE_READER", "OPENAI_API_KEY", "NO_COLOR"} <= used


def test_the_man_page_has_every_command_and_option_and_is_sound() -> None:
    page = CliRunner().invoke(cli, ["manual"]).stdout
    for command in commands(cli, "dateline"):
        assert command.usage.replace("-", "\\-") in page or command.name == "dateline"
        assert all(option.names.replace("-", "\\-") in page for option in command.options), command.name
    if (groff := shutil.which("groff")) is not None:
        done = subprocess.run([groff, "-man", "-Tascii", "-wall", "-z"], input=page, capture_output=True, text=True)
        assert done.returncode == 0 and not done.stderr, done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_the_lines_by_which_they_complete(shell: str) -> None:
    done = CliRunner().invoke(cli, ["completion", shell])
    assert done.exit_code == 0 and "_DATELINE_COMPLETE" in done.stdout
    if (program := shutil.which(shell)) is not None:
        checked = subprocess.run([program, "-n"], input=done.stdout, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr


def test_the_page_on_the_api_is_current() -> None:
    """It has every route and every parameter."""
    assert routepages.FILE.read_text(encoding="utf-8") == routepages.described(), "python -m tests.routepages"


def test_every_column_of_an_export_is_documented() -> None:
    told = (DOCS / "codebook.md").read_text(encoding="utf-8")
    missing = {column.name for table in tables().values() for column in table.columns if f"`{column.name}`" not in told}
    assert not missing


def test_everything_that_python_gives_is_documented() -> None:
    told = (DOCS / "api.md").read_text(encoding="utf-8")
    assert not [name for name in dateline.__all__ if name not in told]


def test_every_page_is_in_the_index_and_there_is_no_other() -> None:
    listed = set(re.findall(r"^([a-z_/]+)$", (DOCS / "index.md").read_text(encoding="utf-8"), re.M))
    pages = {str(path.relative_to(DOCS).with_suffix("")) for path in DOCS.rglob("*.md") if "_build" not in path.parts}
    assert listed == pages - {"index"}


def test_every_command_that_a_page_shows_is_one() -> None:
    """Names of commands and of options in blocks of commands, run or not."""
    known = {command.name: command for command in commands(cli, "dateline")}
    pages = [*DOCS.rglob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]
    told = [page for page in pages if page.name != "cli.md" and "_build" not in page.parts]
    lines = [(page.name, line) for page in told for line in _commands(page.read_text(encoding="utf-8"))]
    assert len(lines) > 100
    for page, line in lines:
        words = line.split("#")[0].replace("'", "").split()[1:]
        name = "dateline"
        for word in words:
            if f"{name} {word}" not in known:
                break
            name = f"{name} {word}"
        options = {
            part.split()[0] for one in known[name].options for part in one.names.replace(" / ", ", ").split(", ")
        }
        used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert name != "dateline" or used <= {"--version"}, f"{page}: {line}"
        assert used <= options | {"--help"}, f"{page}: {line}: {used - options}"


def _commands(text: str) -> list[str]:
    """The lines of blocks that call dateline; continued ones are one, pipes and what comes after another command are
    cut off."""
    blocks = re.findall(r"^```(?:sh|console)?\n(.*?)^```$", text, re.M | re.S)
    blocks += re.findall(r"^ {4}(?=dateline )(.*\n)", text, re.M)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [re.split(r"\s(?:\||>|&&|;)\s?", line)[0] for line in lines if line.startswith("dateline ")]
