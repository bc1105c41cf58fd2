"""Distances of points, as linking, the gazetteer and comparisons of data sets measure them."""

from __future__ import annotations

import pytest

from dateline.model.distance import kilometres


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((33.31, 44.36), (36.34, 43.13), 356),  # Baghdad, Mosul
        ((12.00, 8.52), (12.00, 8.52), 0),
        ((-17.8, 179.5), (-17.8, -179.5), 106),  # over the date line
    ],
)
def test_points_are_so_far_apart(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert kilometres(one, other) == pytest.approx(km, rel=0.02)
    assert kilometres(one, other) == kilometres(other, one)


def test_longitudes_are_as_wide_as_at_the_latitude_that_is_named() -> None:
    assert kilometres((0.0, 0.0), (0.0, 1.0), wide_at=60.0) == pytest.approx(111.2 / 2)
