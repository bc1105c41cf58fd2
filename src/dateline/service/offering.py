"""Which coders the page offers for new reports: the rules, and the coder that the service was started with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dateline.coders import Coder
from dateline.coders.client import Server
from dateline.service.errors import NotOffered

RULES = "rules"


@dataclass(frozen=True, slots=True)
class Offered:
    """A coder besides the rules: its name, how many reports it codes at once, a function that says in words what it has
    used so far, and the server that it asks, if any."""

    name: str
    coder: Coder = field(repr=False)
    at_once: int = 1
    using: Callable[[], str] | None = field(default=None, repr=False)
    server: Server | None = field(default=None, repr=False)


def chosen(offered: Offered | None, name: str | None) -> Offered | None:
    """The coder of this name; None stands for the rules. Without a name, the coder that the service was started with.

    Raises NotOffered (DL-S033).
    """
    if name is None:
        return offered
    if name == RULES:
        return None
    if offered is None or name != offered.name:
        raise NotOffered(f"The coder '{name}' is not offered here, only {', '.join(names(offered))}.")
    return offered


def names(offered: Offered | None) -> list[str]:
    """The names of the coders that can be chosen, the default first."""
    return [RULES] if offered is None or offered.name == RULES else [offered.name, RULES]
