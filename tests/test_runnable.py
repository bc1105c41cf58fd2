"""The commands of the docs are run in an empty folder, and print what the pages show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.runnable import DOCS, blocks, run

PAGES = sorted(page for page in DOCS.rglob("*.md") if "<!-- run -->" in page.read_text(encoding="utf-8"))


def test_the_tutorial_is_run_whole_and_ends_with_a_map(tmp_path: Path) -> None:
    """Whoever follows it types nothing else: every block of commands is run, but the two that the page names."""
    page = DOCS / "tutorial.md"
    text = page.read_text(encoding="utf-8")
    not_run = [block for block in re.findall(r"^(.*)\n```(?:sh|console)\n", text, re.M) if block != "<!-- run -->"]
    assert len(not_run) == 2 and len(blocks(page)) >= 8
    run(page, tmp_path)
    places = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert len([one for one in places["features"] if one["geometry"]]) >= 6
    assert (tmp_path / "iraq.zip").stat().st_size > 10_000


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "tutorial.md"], ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    run(page, tmp_path)


def test_what_a_page_shows_is_held_against_what_is_printed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- run -->\n```sh\necho one   two\n```\n\n<!-- shows -->\n```text\none two\n```\n")
    run(page, tmp_path)
    page.write_text("<!-- run -->\n```sh\necho one\n```\n\n<!-- shows -->\n```text\ntwo\n```\n")
    with pytest.raises(AssertionError, match="The page also shows:\ntwo"):
        run(page, tmp_path)
    page.write_text("<!-- run -->\n```sh\nfalse; true\n```\n")
    with pytest.raises(AssertionError, match="block 1"):
        run(page, tmp_path)
