"""The recipes of CONTRIBUTING.md, each followed as it stands there in a copy of the house; and the checks it names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.runnable import recipes, run

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "CONTRIBUTING.md"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what a recipe changes, and of the tests that it runs."""
    left_out = shutil.ignore_patterns("__pycache__", "_build", "page", "pictures")
    for part in ("src", "tests", "docs", "benchmarks"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("recipe", recipes(PAGE))
def test_a_recipe_does_what_it_says(recipe: str, house: Path) -> None:
    run(PAGE, house, recipe, house / "src")


def test_there_is_a_recipe_for_each_thing_that_is_often_added() -> None:
    assert recipes(PAGE) == ["frame", "actor", "place", "reader", "exporter", "coder"]


def test_a_sentence_travels_as_it_says(tmp_path: Path) -> None:
    run(PAGE, tmp_path)


def test_the_places_that_it_names_are_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`((?:src/dateline/)?[a-z]+/[\w/.]+\.(?:py|yaml))`", text)
    assert len(named) > 10
    for name in named:
        assert any((root / name).exists() for root in (ROOT, ROOT / "src" / "dateline")), name
    for link in re.findall(r"\]\((docs/[\w.]+)\)", text):
        assert (ROOT / link).exists(), link


def test_what_is_checked_before_a_commit_is_there() -> None:
    told = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in told["repos"] for hook in repo["hooks"]]
    assert {"ruff", "ruff-format", "mypy", "lint-imports", "knowledge"} <= {hook["id"] for hook in hooks}
    for hook in hooks:
        for name in re.findall(r"tests/\w+\.py", hook["entry"]):
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda f: f.stem)
def test_forms_of_issues_have_their_form(form: Path) -> None:
    """As GitHub asks: a name, a description, and fields with an id and a label."""
    told = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert told["name"] and told["description"]
    ids = [field["id"] for field in told["body"]]
    assert len(ids) == len(set(ids)) and all(field["attributes"]["label"] for field in told["body"])
    assert {field["type"] for field in told["body"]} <= {"textarea", "input", "dropdown", "checkboxes"}
