"""What the docs must say: every error's code, every command, every setting of the page that a reader could miss."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import dateline
from dateline.cli import cli
from dateline.model.errors import DatelineError
from tests import typetable

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
