"""Texts that are hard to read are read: short ones here, and what long ones cost by `python -m benchmarks.patterns`."""

from __future__ import annotations

import pytest
from benchmarks.hostile import HOSTILE, Hostile
from benchmarks.patterns import dearest, exponent, measured

#: The texts that are no reports, and why; all others are coded.
REJECTED = {
    "mojibake": "DL-R002", "controls": "DL-R002", "lists in lists of JSON": "DL-R005",
    "objects in objects of JSON": "DL-R005",
}  # fmt: skip
#: Reports in files that hold many.
MANY = {"lines of JSON": 12, "rows": 19}


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) > 100
    for one in HOSTILE:
        assert 800 < len(one.of(2_000).decode()) < 2_800, one.name


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.name)
def test_a_hard_text_is_coded_or_rejected_with_its_reason(one: Hostile) -> None:
    found = measured(one, 1_000, "rules", whole=one.suffix == "txt")
    if one.name in REJECTED:
        assert found.rejected == (REJECTED[one.name],) and found.coded == 0
    else:
        assert found.rejected == () and found.coded == MANY.get(one.name, 1)


@pytest.mark.parametrize("name", ["one happening, repeated", "a list of strikes", "paragraphs", "headlines"])
def test_what_is_told_in_a_hard_text_is_coded(name: str) -> None:
    (one,) = (one for one in HOSTILE if one.name == name)
    assert measured(one, 1_000, "rules").accounts >= 1


def test_exponents_are_those_of_the_times() -> None:
    sizes = (2_000, 8_000, 32_000)
    for power in (1.0, 1.5, 2.0):
        points = [(size, 1e-4 * size**power) for size in sizes]
        assert exponent(points) == pytest.approx(power)
    assert dearest([(1_000, 1.0), (4_000, 8.0)]) == pytest.approx(2.0)
    # Times that are noise say nothing.
    assert exponent([(1_000, 0.001), (2_000, 0.04), (4_000, 1.0)]) == 0.0
