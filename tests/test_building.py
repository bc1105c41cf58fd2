"""The wheel carries the page, or is not built."""

from __future__ import annotations

from pathlib import Path

import build_page
import pytest


def test_nothing_is_built_where_the_page_is_not_there_and_npm_is_not_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_page, "PAGE", tmp_path / "page")
    monkeypatch.setattr(build_page, "_STAMP", tmp_path / "page" / "built-from.txt")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not build_page.is_current()
    with pytest.raises(RuntimeError, match="npm"):
        build_page.build()


def test_a_page_of_other_sources_is_not_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<p>")
    monkeypatch.setattr(build_page, "PAGE", page)
    monkeypatch.setattr(build_page, "_STAMP", page / "built-from.txt")
    assert not build_page.is_current()
    (page / "built-from.txt").write_text("0" * 64)
    assert not build_page.is_current()
    (page / "built-from.txt").write_text(build_page.stamp() + "\n")
    assert build_page.is_current()
