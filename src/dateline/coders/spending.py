"""Tokens and money: what was used, what may be, and what it would come to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from dateline.coders.asking import Question
from dateline.coders.errors import BadPrices, OverBudget
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load_file

#: Characters of a token, about; and tokens of an answer, about, for each token of the report.
CHARS, ANSWERED = 4, 2
_MILLION = 1_000_000


class Price(BaseModel):
    """What a million tokens cost, in whatever money."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    input: float = Field(ge=0)
    output: float = Field(ge=0)

    def of(self, asked: int, answered: int) -> float:
        """What so many tokens cost."""
        return (asked * self.input + answered * self.output) / _MILLION


class Estimate(NamedTuple):
    """Tokens of a question and of its answer, about."""

    asked: int
    answered: int

    @staticmethod
    def of(question: Question) -> Estimate:
        """What a question will use, about."""
        sizes = [len(m["content"]) for m in question.messages]
        return Estimate(sum(sizes) // CHARS, ANSWERED * sizes[-1] // CHARS)


def price_of(path: Path, model: str) -> Price:
    """The price of a model in a table (YAML: `MODEL: {input, output}`). Raises BadPrices (DL-M008)."""
    try:
        table = load_file(path, dict[str, Price])
    except (BadKnowledge, OSError, UnicodeDecodeError) as error:
        raise BadPrices(f"It cannot be read: {error}.", where=str(path)) from None
    if model not in table:
        raise BadPrices(f"It has no price for '{model}'.", where=str(path))
    return table[model]


@dataclass
class Spending:
    """What was used so far, and the most that may be: money where there is a price, else tokens. Safe in threads."""

    price: Price | None = None
    budget: float | None = None
    questions: int = 0
    asked: int = 0
    answered: int = 0
    #: What questions that are on their way will use, about.
    _held: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def worth(self, asked: int, answered: int) -> float:
        """Tokens as money, or as tokens where no price is known."""
        return self.price.of(asked, answered) if self.price is not None else float(asked + answered)

    @property
    def spent(self) -> float:
        """What was spent, as money or as tokens."""
        return self.worth(self.asked, self.answered)

    def hold(self, question: Question) -> None:
        """Set aside what a question will use, about. Raises OverBudget (DL-M007) where that is too much."""
        with self._lock:
            worth = self.worth(*Estimate.of(question))
            if self.budget is not None and self.spent + sum(self._held.values()) + worth > self.budget:
                raise OverBudget(f"The budget of {self.budget:g} is spent.", where=question.uri)
            self._held[question.key] = worth

    def release(self, question: Question) -> None:
        """What was set aside for a question is free again."""
        with self._lock:
            self._held.pop(question.key, None)

    def count(self, asked: int, answered: int) -> None:
        """Count what an answer has used, whatever it is worth."""
        with self._lock:
            self.questions += 1
            self.asked += asked
            self.answered += answered

    def so_far(self) -> str:
        """What was used, in a few words, for who waits."""
        money = f", {self.spent:.4f} spent" if self.price is not None else ""
        limit = f" of {self.budget:g}" if self.budget is not None and self.price is not None else ""
        return f"{self.questions:,} asked, {self.asked + self.answered:,} tokens{money}{limit}"

    def as_record(self) -> dict[str, Any]:
        """What was used, as plain data: questions, tokens, and what they cost where a price is known."""
        price = None if self.price is None else self.price.model_dump()
        return {
            "questions": self.questions,
            "tokens": {"sent": self.asked, "received": self.answered},
            "price": price,
            "cost": None if price is None else round(self.spent, 6),
            "budget": self.budget,
        }

    def summary(self) -> str:
        """What was used, in words."""
        words = f"{self.questions} questions asked: {self.asked:,} tokens sent, {self.answered:,} received"
        return f"{words}, {self.spent:.4f} spent." if self.price is not None else f"{words}."
