"""The questions to a model about a report: one prompt for each part, and the key under which its answer is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from dateline.coders import answer, prompt
from dateline.coders.grounding import merged
from dateline.coders.grounding.accounts import id_of
from dateline.coders.parts import HEAD, PART_CHARS, Numbered, cut, numbered
from dateline.coders.prompt import Part
from dateline.coding.coder import prepared
from dateline.language import Document
from dateline.model import Report
from dateline.when import languages, publication

#: The name of a model where none was given.
UNNAMED = "unnamed"
#: How many hexadecimal digits of a key are the hash of model, prompt and settings.
_DIGITS = 12
#: The most letters of a value, and the most sentence numbers, of an earlier account that the next question repeats.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model is asked, and how. `extra` is sent to the server unchanged (temperature, seed, ...)."""

    model: str = UNNAMED
    part_chars: int = PART_CHARS
    extra: tuple[tuple[str, float | int | str], ...] = (("temperature", 0),)


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt about a part of a report, as chat messages.

    The answer is kept under `key`, which names the report, the part, and (as a hash) model, prompt and settings.
    """

    key: str
    uri: str
    part: int
    of: int
    messages: tuple[dict[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that is ready for questions: with publication date, language and sentences."""

    report: Report
    document: Document
    parts: tuple[tuple[Numbered, ...], ...]
    sentences: tuple[Numbered, ...] | None = None

    @staticmethod
    def of(report: Report, settings: Settings) -> Asked:
        """The report with what can be known of it before a model reads it."""
        report = prepared(report)
        document = Document.of(report.text)
        lang = report.lang or "en"
        if report.published is None and lang in languages():
            report = replace(report, published=publication(document, language=lang))
        sentences = numbered(document)
        return Asked(report, document, tuple(cut(sentences, settings.part_chars)), sentences)


#: What a model answered to a question; None where nothing is known yet.
Answering = Callable[[Question], dict[str, Any] | None]


def questions(
    asked: Asked, settings: Settings, answering: Answering
) -> Iterator[tuple[Question, dict[str, Any] | None]]:
    """The questions about a report, each with its answer. The last one is the first without an answer, because each
    question tells what was found in the parts before it."""
    answers: list[dict[str, Any]] = []
    for number, sentences in enumerate(asked.parts, 1):
        part = Part(number, len(asked.parts), sentences, _head(asked, number), _found(answers))
        question = _question(asked.report, part, settings)
        given = answering(question)
        yield question, given
        if given is None:
            return
        answers.append(given)


def _head(asked: Asked, number: int) -> tuple[Numbered, ...]:
    """The first sentences of the report, for a part that does not hold them."""
    if number == 1:
        return ()
    shown = {s.number for s in asked.parts[number - 1]}
    return tuple(s for s in asked.parts[0][:HEAD] if s.number not in shown)


def _found(answers: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The accounts of the parts before, shortened to what is needed to recognise them."""
    return tuple(_short(row) for row in merged(answers)["accounts"] if id_of(row))


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """An account as the next question tells it: a few fields, each cut to a limited length."""
    said = {key: answer.text(row, key) for key in ("type", "status", "scope", "trigger")}
    told = {"id": id_of(row)} | {key: words[:_SHOWN] for key, words in said.items() if words is not None}
    numbers = answer.numbers(row, "sentences")[:_SHOWN]
    plain = {key: words.encode("utf-8", "replace").decode("utf-8") for key, words in told.items()}
    return plain | ({"sentences": numbers} if numbers else {})


def _question(report: Report, part: Part, settings: Settings) -> Question:
    messages = tuple(prompt.messages(report, part))
    told = _begun(settings.model, settings.extra, messages[0]["content"]).copy()
    told.update(f", {_as_json(messages[1])}]]".encode("utf-8", "surrogatepass"))
    key = f"{report.id}.{part.number}.{told.hexdigest()[:_DIGITS]}"
    return Question(key, report.uri, part.number, part.of, messages)


@lru_cache(maxsize=8)
def _begun(model: str, extra: tuple[Any, ...], instructions: str) -> Any:
    """The hash of `[model, extra, messages]` as JSON, begun with what is the same for every report; made once."""
    told = _as_json([model, extra, [{"role": "system", "content": instructions}]])
    return hashlib.sha256(told.removesuffix("]]").encode("utf-8", "surrogatepass"))


def _as_json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


__all__ = ["UNNAMED", "Answering", "Asked", "Question", "Settings", "questions"]
