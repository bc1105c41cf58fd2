"""Every frame of the lexicon: the account that its example in what/knowledge/rules.yaml makes (frames.yaml beside this
file)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline
from dateline.model.rules import rules
from dateline.what import Frame
from dateline.what.lexicon import _index

_TOLD: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "frames.yaml").read_text(encoding="utf-8"))


def _frames() -> dict[str, Frame]:
    return {e.frame.key: e.frame for entries in _index().values() for e in entries}


def test_every_frame_has_its_account() -> None:
    assert set(_TOLD) == set(_frames())


@pytest.mark.parametrize("name", sorted(_TOLD))
def test_the_frame_makes_its_account(name: str) -> None:
    told = _TOLD[name]
    accounts = dateline.code(rules("dateline.what")[_frames()[name].rule].examples[0].text).accounts
    found = [a for a in accounts if a.type == told["type"]]
    assert found, [(a.type, a.status) for a in accounts]
    account = found[0]
    assert told.get("method") is None or told["method"] in account.method
    counts = [[c.what, c.best] for c in account.counts]
    assert all(count in counts for count in told.get("counts", [])), counts
