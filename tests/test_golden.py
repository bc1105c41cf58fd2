"""The samples and their records: a difference is a decision that somebody makes (`python -m tests.golden`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import GOLDEN, SAMPLES, record_of


def test_there_are_samples_enough() -> None:
    assert len(SAMPLES) >= 12


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_record_is_the_golden_one(sample: Path) -> None:
    assert record_of(sample) == (GOLDEN / f"{sample.stem}.json").read_text(encoding="utf-8")
