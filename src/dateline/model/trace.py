"""The trace: the decisions that led to a coding, rule by rule. It is kept only while it is asked for.

Each rule, pass and gate that decides something leaves a note (`note`). Outside of `tracing` a note only looks at two
variables. Names of rules are dotted and stable; each room's knowledge/rules.yaml explains them with examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from dateline.model.span import Span


@dataclass(frozen=True, slots=True)
class Step:
    """One note: the rule that decided, the words of the report that it decided about, and the outcome."""

    rule: str
    span: Span
    outcome: str


class _Spanned(Protocol):
    """Anything that has a span in the text: a token, a sentence, a time."""

    @property
    def span(self) -> Span: ...


_steps: ContextVar[list[Step] | None] = ContextVar("steps", default=None)
#: The name of one rule, and the list of its notes, which are kept even without a trace (see `hearing`).
_heard: ContextVar[tuple[str, list[Step]] | None] = ContextVar("heard", default=None)


@contextmanager
def tracing() -> Iterator[list[Step]]:
    """Keep all notes made inside the context. Gives the list to which they are added, in the order in which they are
    made."""
    kept: list[Step] = []
    token = _steps.set(kept)
    try:
        yield kept
    finally:
        _steps.reset(token)


@contextmanager
def hearing(rule: str) -> Iterator[list[Step]]:
    """Keep the notes of one rule only, which costs almost nothing. Gives the list to which they are added."""
    kept: list[Step] = []
    token = _heard.set((rule, kept))
    try:
        yield kept
    finally:
        _heard.reset(token)


@contextmanager
def untraced() -> Iterator[None]:
    """Keep no notes made inside the context. For trials: what they find is found again later, with notes."""
    token, heard = _steps.set(None), _heard.set(None)
    try:
        yield
    finally:
        _steps.reset(token)
        _heard.reset(heard)


@contextmanager
def shifted(by: int) -> Iterator[None]:
    """Move the notes made inside the context by so many characters, where a part of a text was read alone."""
    kept = steps()
    first = len(kept)
    yield
    kept[first:] = [Step(one.rule, one.span.shifted(by), one.outcome) for one in kept[first:]]


def steps() -> list[Step]:
    """The notes so far; none where no trace is kept."""
    return _steps.get() or []


def is_traced() -> bool:
    """Is a trace kept? To be asked before notes that take time to put together."""
    return _steps.get() is not None


def note(rule: str, at: _Spanned | Span, outcome: str) -> None:
    """Note that a rule decided something about the words at `at`. The note is dropped where no trace is kept."""
    steps, heard = _steps.get(), _heard.get()
    if steps is not None:
        steps.append(Step(rule, at if isinstance(at, Span) else at.span, outcome))
    if heard is not None and heard[0] == rule:
        heard[1].append(Step(rule, at if isinstance(at, Span) else at.span, outcome))
