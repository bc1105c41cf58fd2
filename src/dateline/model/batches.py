"""Splits any number of things into batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` things; the last one may be shorter. Nothing is read before it is needed."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
