"""A report of ours and answers to it, for tests of the model coder."""

from __future__ import annotations

import json
from typing import Any

from dateline.coders.asking import Question
from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.model import Coding
from dateline.readers import report_of

TEXT = (
    "KANO, Nigeria, March 12, 2024 (Northline) - Gunmen killed at least 12 villagers and two policemen near Kano on "
    "Monday, police chief Musa Bello said.\n\n"
    "Troops later arrested a man and eight others. “It was revenge,” Bello told reporters; residents put the dead "
    "at 15."
)


def coded(answer: Any, text: str = TEXT, published: str | None = "2024-03-12") -> Coding:
    """The coding of a text from the answer to its one part."""
    return ModelCoder(ask=lambda question: _kept(question, answer))(report_of(text, "t", published))


def _kept(question: Question, answer: Any) -> Kept:
    return Kept(question.key, answer)


def of_one(**fields: Any) -> Any:
    """An answer of one account."""
    row = {"id": "a1", "type": "attack", "sentences": [2], "trigger": "killed"} | fields
    return {"accounts": [row]}


def as_text(answer: Any) -> str:
    """An answer as a model would write it."""
    return json.dumps(answer, ensure_ascii=False)
