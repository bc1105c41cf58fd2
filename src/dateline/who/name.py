"""A name of a person or an organisation in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person or an organisation in a sentence: tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    kind: str
    name: str
