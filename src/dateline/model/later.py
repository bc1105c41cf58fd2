"""The one way from a noun to a room behind it: tables of `to_frame` and the like are made by `publishing.frames`.

It is looked up by its name when it is asked for, so that whoever only codes loads nothing of it. Nothing else may use
this: rooms do not reach back (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(name: str) -> Callable[..., Any]:
    """A function of publishing.frames."""
    found: Callable[..., Any] = getattr(import_module("dateline.publishing.frames"), name)
    return found
