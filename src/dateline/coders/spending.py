"""Tokens and money: what was used, what may be used, and estimates before asking."""

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

#: Estimates: characters of a token, and tokens of an answer for each token of the report.
CHARS, ANSWERED = 4, 2
_MILLION = 1_000_000


class Price(BaseModel):
    """The price of a million tokens, in any currency."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    input: float = Field(ge=0)
    output: float = Field(ge=0)

    def of(self, asked: int, answered: int) -> float:
        """What so many tokens cost."""
        return (asked * self.input + answered * self.output) / _MILLION


class Estimate(NamedTuple):
    """The estimated tokens of a question and of its answer."""

    asked: int
    answered: int

    @staticmethod
    def of(question: Question) -> Estimate:
        """The estimate for a question."""
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
    """Counts what was used, and keeps to a budget: of money where there is a price, else of tokens. Thread-safe."""

    price: Price | None = None
    budget: float | None = None
    questions: int = 0
    asked: int = 0
    answered: int = 0
    #: The estimated use of questions without an answer yet, by key.
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
        """Reserve the estimated use of a question. Raises OverBudget (DL-M007) where the budget does not suffice."""
        with self._lock:
            worth = self.worth(*Estimate.of(question))
            if self.budget is not None and self.spent + sum(self._held.values()) + worth > self.budget:
                raise OverBudget(f"The budget of {self.budget:g} is spent.", where=question.uri)
            self._held[question.key] = worth

    def release(self, question: Question) -> None:
        """Free what was reserved for a question."""
        with self._lock:
            self._held.pop(question.key, None)

    def count(self, asked: int, answered: int) -> None:
        """Count the tokens of an answer, also of one that cannot be used."""
        with self._lock:
            self.questions += 1
            self.asked += asked
            self.answered += answered

    def so_far(self) -> str:
        """What was used so far, in a few words, for the progress line."""
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
