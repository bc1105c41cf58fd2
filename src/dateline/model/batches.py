"""Any number of things, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size`, the last one shorter; nothing is taken before it is asked for."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
