"""Write prompts as lines, to have them answered elsewhere: by a batch API or by people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.coders import answer
from dateline.coders.answer import NoAnswer
from dateline.coders.asking import Asked, Question, Settings, questions
from dateline.coders.kept import Answers
from dateline.coders.spending import Estimate
from dateline.model import RejectedReport, Report


@dataclass
class Asking:
    """Writes the prompts that are not answered yet, and counts them. `form` is "plain" or "batch"."""

    settings: Settings
    answers: Answers
    form: str = "plain"
    reports: int = 0
    rejected: int = 0
    prompts: int = 0
    #: How many parts of long reports can be asked only when the parts before them are answered.
    later: int = 0
    #: The estimated tokens of the prompts, and below of their answers.
    asked: int = 0
    answered: int = 0

    def lines(self, rows: Iterable[Report | RejectedReport]) -> Iterator[str]:
        """The prompts, one line each."""
        for row in rows:
            if isinstance(row, RejectedReport):
                self.rejected += 1
                continue
            self.reports += 1
            yield from self._of(Asked.of(row, self.settings))

    def _of(self, asked: Asked) -> Iterator[str]:
        for question, given in questions(asked, self.settings, self._answered):
            if given is None:
                self.prompts += 1
                self.later += question.of - question.part
                self._estimate(question)
                yield json.dumps(self._row(question), ensure_ascii=False)

    def _estimate(self, question: Question) -> None:
        """Add the estimated tokens of a prompt; later parts of the report are taken to be as long as this one."""
        asked, answered = Estimate.of(question)
        parts = question.of - question.part + 1
        self.asked += parts * asked
        self.answered += parts * answered

    def _answered(self, question: Question) -> dict[str, Any] | None:
        kept = self.answers.to(question)
        try:
            return answer.read(kept.answer)[0] if kept is not None else None
        except NoAnswer:
            return None

    def _row(self, question: Question) -> dict[str, Any]:
        if self.form == "batch":
            body = {"model": self.settings.model, "messages": list(question.messages), **dict(self.settings.extra)}
            return {"custom_id": question.key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        system, user = (m["content"] for m in question.messages)
        told = {"key": question.key, "uri": question.uri, "part": question.part, "of": question.of}
        return told | {"system": system, "user": user}

    def summary(self) -> str:
        """How many were written, in words."""
        words = f"{self.prompts} prompts for {self.reports} reports"
        if self.rejected:
            words += f"; {self.rejected} reports were rejected"
        if self.later:
            words += f"; {self.later} later parts of long reports can be asked when these are answered (--answers)"
        return words + "."
