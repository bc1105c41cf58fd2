"""Coding that also collects the accounts left out as unsure, so that the user can be told about them at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec

from dateline.model import Coding, RejectedReport
from dateline.model.trace import hearing

P = ParamSpec("P")
#: The rule by which accounts are left out because the program is not sure enough of them.
LEFT_OUT = "coding.accepting.unsure"


def with_unsure(
    work: Callable[P, Coding | RejectedReport], *args: P.args, **named: P.kwargs
) -> Coding | RejectedReport:
    """The result of the work on one report. A coding gets the trace of the accounts left out (`Coding.unsure`)."""
    with hearing(LEFT_OUT) as steps:
        found = work(*args, **named)
    return replace(found, unsure=tuple(steps)) if steps and isinstance(found, Coding) else found
