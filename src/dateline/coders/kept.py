"""A file of kept answers: JSON lines, one answer each. The file can be copied, committed and added to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.coders.asking import Question
from dateline.coders.errors import BadAnswers
from dateline.coders.packing import Appending, lines_of
from dateline.model.errors import CannotWrite


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, under the key of its question, as the model wrote it; `stopped`: the server cut it off."""

    key: str
    answer: Any = field(repr=False)
    model: str | None = None
    prompt: str | None = None
    tokens: tuple[int, int] | None = None
    stopped: bool = False
    #: Into how many parts the report was cut; None where that is unknown.
    of: int | None = None

    def to_json(self) -> str:
        """One line."""
        row: dict[str, Any] = {"key": self.key, "model": self.model, "prompt": self.prompt}
        row |= {"tokens": list(self.tokens)} if self.tokens else {}
        row |= {"stopped": True} if self.stopped else {}
        row |= {"of": self.of} if self.of is not None else {}
        return json.dumps(row | {"answer": self.answer}, ensure_ascii=True, separators=(",", ":"))


@dataclass
class Answers:
    """The answers of a file, by key; of two with one key the later counts."""

    by_key: dict[str, Kept] = field(default_factory=dict)
    #: The last answer to each part of a report, whatever model, prompt and settings it was given for.
    by_part: dict[str, Kept] = field(default_factory=dict)
    #: The last part of a report (by its id) to which there is an answer.
    last: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def read(path: Path) -> Answers:
        """The answers of a file that dateline wrote, a batch API, or a person (`{"key", "answer"}` a line).

        Raises BadAnswers (DL-M002), naming the line. A last line that was cut off while it was written is skipped.
        """
        answers = Answers()
        for kept in _lines(path):
            answers.add(kept)
        return answers

    def add(self, kept: Kept) -> None:
        """Keep an answer."""
        self.by_key[kept.key] = kept
        self.by_part[_part(kept.key)] = kept
        report, _, number = _part(kept.key).rpartition(".")
        if number.isdecimal() and number.isascii() and len(number) < 9:
            self.last[report] = max(int(number), self.last.get(report, 0))

    def to(self, question: Question, any_prompt: bool = False) -> Kept | None:
        """The answer to a question; None where there is none. With `any_prompt`, an answer to another prompt version,
        of another model or with other settings counts, too, if the report was cut into the same number of parts. With
        another number, some of the report would be left out or told twice."""
        found = self.by_key.get(question.key)
        if found is None and any_prompt:
            found = self.by_part.get(_part(question.key))
            return found if found is not None and self.parts(question) == question.of else None
        return found

    def parts(self, question: Question) -> int | None:
        """Into how many parts the report was cut when this question's part was answered, as far as is known; None where
        there is no answer."""
        found = self.by_part.get(_part(question.key))
        report = _part(question.key).rpartition(".")[0]
        return (found.of if found is not None else None) or self.last.get(report)


def _part(key: str) -> str:
    """The part of a key that names report and part number."""
    return key.rpartition(".")[0]


def _lines(path: Path) -> Iterator[Kept]:
    try:
        lines = lines_of(path)
    except (OSError, ValueError) as error:
        raise BadAnswers(f"It cannot be read ({error}).", where=str(path)) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == len(lines) and not line.endswith(b"\n"):
                return
            raise BadAnswers(f"Not JSON: {error}.", where=f"{path}:{number}") from None
        yield _kept(row, f"{path}:{number}")


def _kept(row: Any, where: str) -> Kept:
    if not isinstance(row, dict):
        raise BadAnswers("No object.", where=where)
    key = row.get("key", row.get("custom_id"))
    answer = row["answer"] if "answer" in row else _of_batch(row)
    if not isinstance(key, str) or answer is None:
        raise BadAnswers('No "key" and "answer".', where=where)
    tokens, stopped = _two(row.get("tokens")), row.get("stopped") is True
    return Kept(key, answer, _text(row, "model"), _text(row, "prompt"), tokens, stopped, _parts(row))


def _parts(row: dict[str, Any]) -> int | None:
    found = row.get("of")
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None


def _two(tokens: Any) -> tuple[int, int] | None:
    if isinstance(tokens, list) and len(tokens) == 2 and all(isinstance(n, int) for n in tokens):
        return tokens[0], tokens[1]
    return None


def _text(row: dict[str, Any], key: str) -> str | None:
    found = row.get(key)
    return found if isinstance(found, str) else None


def _of_batch(row: dict[str, Any]) -> Any:
    """The answer in a line that OpenAI's batch API wrote."""
    try:
        return row["response"]["body"]["choices"][0]["message"]["content"]
    except (KeyError, TypeError, IndexError):
        return None


class Keeping:
    """Writes each answer to a file at once, from any thread: after an interruption no question is asked again."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file = None if path is None else Appending(path)
        self._lock = threading.Lock()

    def keep(self, kept: Kept) -> None:
        """Add an answer to the file. Raises CannotWrite (DL-E007), BadAnswers (DL-M002) where the file is damaged."""
        if self._file is None:
            return
        with self._lock:
            try:
                self._file.add(kept.to_json().encode("ascii"))
            except OSError as error:
                raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(self._path)) from None
            except ValueError as error:
                raise BadAnswers(f"It cannot be added to ({error}).", where=str(self._path)) from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
