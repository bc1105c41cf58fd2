"""Event types stand in one place: knowledge/types.yaml has each once, and no other code lists any."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import dateline
from dateline.model import types
from dateline.model.errors import BadKnowledge
from dateline.model.vocabulary import TYPES

HOUSE = Path(dateline.__file__).parent


def _members(node: ast.AST) -> list[ast.expr | None]:
    """The members of a literal collection, the keys of a dictionary, the words of a string that is split."""
    match node:
        case ast.Set() | ast.Tuple() | ast.List():
            return list(node.elts)
        case ast.Dict():
            return list(node.keys)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(words)), attr="split")):
            return [ast.Constant(word) for word in words.split()]
    return []


def _lists_of_types(code: str) -> Iterator[int]:
    """The lines with a collection of two or more event types and nothing else.

    One member that is no type makes it a list of English words ("attack", "blast", "shooting").
    """
    for node in ast.walk(ast.parse(code)):
        words = [m.value if isinstance(m, ast.Constant) else None for m in _members(node)]
        if len(words) > 1 and set(words) <= TYPES:
            yield node.lineno  # type: ignore[attr-defined]


def test_no_other_room_lists_event_types() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{line}"
        for path in sorted(HOUSE.rglob("*.py"))
        if path.parent != HOUSE / "model"
        for line in _lists_of_types(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "ask dateline.model.types instead"


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ('x = frozenset(("raid", "arrest"))', True),
        ('x = {"raid": 1, "arrest": 2}', True),
        ('x = y in ["raid", "arrest"]', True),
        ('x = "raid arrest".split()', True),
        ('x = "raid jail".split()', False),
        ('x = ("attack", "blast")', False),
        ('x = ("raid",)', False),
        ("x = ()", False),
    ],
)
def test_what_counts_as_a_list_of_types(code: str, listed: bool) -> None:
    assert any(_lists_of_types(code)) == listed


def test_every_type_and_group_has_one_entry() -> None:
    assert set(types.event_types()) == TYPES
    assert {one.group for one in types.event_types().values()} == {g.group for g in types.groups()}
    with pytest.raises(BadKnowledge, match="arrest"):
        types.check(["raid", "arrest", "arrest"], frozenset(("raid", "arrest")))
    with pytest.raises(BadKnowledge, match="raid"):
        types.check(["arrest"], frozenset(("raid", "arrest")))


def test_two_types_that_tell_one_action_say_so_of_each_other() -> None:
    told = types.event_types()
    assert all(one.type in told[other].one_action_with for one in told.values() for other in one.one_action_with)


def test_every_trait_is_explained() -> None:
    text = (HOUSE / "model" / "knowledge" / "types.yaml").read_text(encoding="utf-8")
    head = text.split("\ngroups:")[0]
    traits = {trait for one in types.event_types().values() for trait in one.traits}
    assert [trait for trait in sorted(traits) if f"#     {trait}:" not in head] == []


def test_every_stage_of_a_case_is_explained_and_borne_by_some_type() -> None:
    text = (HOUSE / "model" / "knowledge" / "types.yaml").read_text(encoding="utf-8")
    head = text.split("\ngroups:")[0]
    assert [stage for stage in get_args(types.Stage) if f"#     {stage}:" not in head] == []
    assert {one.stage for one in types.event_types().values()} == {*get_args(types.Stage), None}


def test_types_that_one_report_may_tell_as_one_are_compared_across_reports_too() -> None:
    told = types.event_types().values()
    pairs = {(a.type, b.type) for a in told for b in told if types.may_be_told_as_one(a.type, b.type)}
    apart = {pair for pair in pairs if types.of(pair[0]).family != types.of(pair[1]).family}
    assert apart == {("riot", "protest"), ("protest", "riot")}, "the head of types.yaml says why these are"
