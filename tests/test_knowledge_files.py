"""Knowledge files: YAML without doubled keys, with a comment at the head, and of the form that the code reads."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline

FILES = sorted(Path(dateline.__file__).parent.glob("**/knowledge/**/*.yaml"))


class _Strict(yaml.CSafeLoader):
    """Refuses a key that stands twice, of which YAML would keep the last without a word."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    doubled = {str(key) for key in keys if keys.count(key) > 1} if len(keys) < 5_000 else set()
    assert not doubled, f"line {node.start_mark.line + 1}: twice: {', '.join(sorted(doubled))}"
    return dict(zip(keys, (loader.construct_object(value, deep=True) for _, value in node.value), strict=True))


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.parent.name}/{f.stem}")
def test_no_key_stands_twice_and_the_head_says_what_the_file_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("#"), "a comment at the head says what the file holds, and what its fields mean"
    assert yaml.load(text, Loader=_Strict), "it holds something"


def test_what_coding_reads_has_its_form() -> None:
    """Coding loads the files into typed shapes, which name the entry that does not fit (DL-E004)."""
    (account,) = dateline.code("Police arrested two men in Kano on Tuesday.", "2024-03-13").accounts
    assert account.type == "arrest"
