"""The model coder: a language model reads the report, and its answer is checked against the report's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.coders import answer, prompt
from dateline.coders.answer import NoAnswer
from dateline.coders.asking import Asked, Question, Settings, questions
from dateline.coders.errors import NotAnswered, NotUnderstood
from dateline.coders.grounding import ground
from dateline.coders.kept import Answers, Kept
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy

#: Asks a model a question and returns the answer; raises RejectedReport where there is none.
Asker = Callable[[Question], Kept]


@dataclass(frozen=True)
class ModelCoder:
    """Codes reports by kept answers. Missing answers are asked for, if an asker is given."""

    answers: Answers = field(default_factory=Answers)
    settings: Settings = field(default_factory=Settings)
    ask: Asker | None = None
    any_prompt: bool = False
    #: What it is called in the record.
    name: str = "model"

    def __call__(self, report: Report) -> Coding:
        asked = Asked.of(report, self.settings)
        warnings: list[str] = []
        by = CodedBy(self.name, self.settings.model, prompt.version())

        def answering(question: Question) -> dict[str, Any]:
            nonlocal by
            kept = self.answer_to(question)
            by = replace(by, model=kept.model or by.model, prompt=kept.prompt or by.prompt)
            return read_answer(kept, question, warnings)

        answers = [given for _, given in questions(asked, self.settings, answering) if given is not None]
        coding = ground(asked.report, asked.document, answers, by, asked.sentences)
        return replace(coding, warnings=(*report.notes, *warnings, *coding.warnings))

    def answer_to(self, question: Question) -> Kept:
        """The kept answer, else the answer that the model gives now. Raises NotAnswered (DL-M003) where no model may be
        asked."""
        kept = self.answers.to(question, self.any_prompt)
        if kept is not None:
            return kept
        if self.ask is None:
            raise NotAnswered(self._missing(question), where=question.uri)
        kept = self.ask(question)
        self.answers.add(kept)
        return kept

    def _missing(self, question: Question) -> str:
        """What is missing, and whether there are answers to other parts of the report."""
        what = f"No answer is kept to part {question.part} of {question.of}"
        parts = self.answers.parts(question)
        if self.any_prompt and parts is not None and parts != question.of:
            return f"{what}; those that are kept are to {parts} parts (another --part-chars)."
        return f"{what}."


def read_answer(kept: Kept, question: Question, warnings: list[str]) -> dict[str, Any]:
    """The answer as data, with a warning where it is not whole. Raises NotUnderstood (DL-M004)."""
    part = f"part {question.part} of {question.of}"
    try:
        found, mended = answer.read(kept.answer)
    except NoAnswer as why:
        raise NotUnderstood(f"The model's answer to {part} cannot be read: {why}.", where=question.uri) from None
    if kept.stopped:
        warnings.append(f"The model's answer to {part} was cut off; what stands before that was read.")
    elif mended:
        warnings.append(f"The model's answer to {part} was no JSON and was mended.")
    return found
