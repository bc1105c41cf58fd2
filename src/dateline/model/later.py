"""The only way from this room to a later one: `to_frame` and the like need `publishing.frames`.

The module is imported when it is needed, so that coding alone does not load it. Nothing else may use this, as rooms do
not import later ones (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(name: str) -> Callable[..., Any]:
    """The function of publishing.frames with this name."""
    found: Callable[..., Any] = getattr(import_module("dateline.publishing.frames"), name)
    return found
