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
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))  # beside which the environment's npm would be
    assert not build_page.is_current()
    with pytest.raises(RuntimeError, match=r"npm.*make page"):
        build_page.build()


def test_the_npm_of_the_environment_comes_before_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("own", "other"):
        (tmp_path / folder).mkdir()
        npm = tmp_path / folder / "npm"
        npm.write_text(f"#!/bin/sh\necho {folder} $PATH >> {tmp_path}/said\n")
        npm.chmod(0o755)
    monkeypatch.setattr(build_page, "PAGE", tmp_path / "page")
    monkeypatch.setattr(build_page, "WEB", tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'other'}:/usr/bin:/bin")
    monkeypatch.setattr("sys.executable", str(tmp_path / "own" / "python"))
    with pytest.raises(RuntimeError, match=r"index\.html"):  # this npm builds nothing
        build_page.build()
    said = (tmp_path / "said").read_text().splitlines()
    assert [line.split()[0] for line in said] == ["own", "own"]
    assert all(line.split()[1].startswith(f"{tmp_path / 'own'}:") for line in said)


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
