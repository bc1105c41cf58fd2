"""What was decided on the way to a coding, rule by rule; kept only while somebody asks for it.

Each rule, pass and gate that decides something says so with `note`. Outside of `tracing` a note costs the look at two
variables. Names of rules are dotted, stable, and explained with examples in each room's knowledge/rules.yaml.
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
    """One decision: the rule that made it, the words of the report that it is about, and what it did."""

    rule: str
    span: Span
    outcome: str


class _Spanned(Protocol):
    """Whatever stands somewhere in the text: a token, a sentence, a time."""

    @property
    def span(self) -> Span: ...


_steps: ContextVar[list[Step] | None] = ContextVar("steps", default=None)
#: One rule whose notes are kept although nobody asks for all of them.
_heard: ContextVar[tuple[str, list[Step]] | None] = ContextVar("heard", default=None)


@contextmanager
def tracing() -> Iterator[list[Step]]:
    """Keep the notes of what is done inside; gives the list that they go to, in the order in which they are made."""
    kept: list[Step] = []
    token = _steps.set(kept)
    try:
        yield kept
    finally:
        _steps.reset(token)


@contextmanager
def hearing(rule: str) -> Iterator[list[Step]]:
    """Keep the notes of one rule alone, which costs nearly nothing; gives the list that they go to."""
    kept: list[Step] = []
    token = _heard.set((rule, kept))
    try:
        yield kept
    finally:
        _heard.reset(token)


@contextmanager
def untraced() -> Iterator[None]:
    """Forget the notes of what is done inside: a trial, whose result is found again."""
    token, heard = _steps.set(None), _heard.set(None)
    try:
        yield
    finally:
        _steps.reset(token)
        _heard.reset(heard)


@contextmanager
def shifted(by: int) -> Iterator[None]:
    """Let the notes of what is done inside be about words that stand so many characters later."""
    kept = steps()
    first = len(kept)
    yield
    kept[first:] = [Step(one.rule, one.span.shifted(by), one.outcome) for one in kept[first:]]


def steps() -> list[Step]:
    """The notes so far; none where nobody asks."""
    return _steps.get() or []


def is_traced() -> bool:
    """Does anybody ask? For notes whose words cost something to put together."""
    return _steps.get() is not None


def note(rule: str, at: _Spanned | Span, outcome: str) -> None:
    """Say that a rule decided something about the words at `at`; forgotten at once where nobody asks."""
    steps, heard = _steps.get(), _heard.get()
    if steps is not None:
        steps.append(Step(rule, at if isinstance(at, Span) else at.span, outcome))
    if heard is not None and heard[0] == rule:
        heard[1].append(Step(rule, at if isinstance(at, Span) else at.span, outcome))
