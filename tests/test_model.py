"""How the modules of `model` hang together."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import dateline.model

MODEL = Path(dateline.model.__file__).parent


def _imported(code: str, names: set[str]) -> set[str]:
    """The modules of `model` that code imports anywhere, also inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in names if f"dateline.model.{name}" in found}


def test_the_modules_import_one_another_without_a_circle() -> None:
    code = {p.stem: p.read_text(encoding="utf-8") for p in MODEL.glob("*.py") if p.stem != "__init__"}
    order = TopologicalSorter({name: _imported(text, set(code)) for name, text in code.items()})
    assert set(order.static_order()) == set(code)


def test_a_circle_is_found_inside_functions_too() -> None:
    one = _imported("def f():\n    from dateline.model.b import g", {"a", "b"})
    other = _imported("from dateline.model import a", {"a", "b"})
    with pytest.raises(CycleError):
        TopologicalSorter({"a": one, "b": other}).prepare()
