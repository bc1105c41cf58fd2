"""The prompt for a model, made of the vocabulary and of knowledge/prompt.yaml, and its version."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, get_args

from dateline.coders.parts import Numbered, sentences_of
from dateline.model import Report, When, vocabulary
from dateline.model.knowledge import load
from dateline.model.types import event_types

#: Fields of an answer -> the words that the record allows there.
FIELDS: dict[str, tuple[str, ...]] = {
    "type": get_args(vocabulary.Type),
    "status": get_args(vocabulary.Status),
    "method": get_args(vocabulary.Method),
    "basis": ("stated", "relative", "inherited", "inferred"),
    "place": get_args(vocabulary.PlacePrecision),
    "role": get_args(vocabulary.Role),
    "kind": get_args(vocabulary.ActorKind),
    "what": get_args(vocabulary.What),
    "party": get_args(vocabulary.Party),
    "link": get_args(vocabulary.LinkKind),
}
#: Unicode categories of invisible characters, and the invisible characters that some scripts need (joiners).
_HIDDEN, _JOINERS = frozenset(("Cc", "Cf", "Co", "Cs", "Cn")), frozenset("\u200c\u200d")
#: Hexadecimal digits of the version.
_DIGITS = 12


class _Form(NamedTuple):
    task: str
    form: str
    allowed: dict[str, dict[str, str]]
    rules: list[str]
    borderlines: list[str]
    last: str


class Example(NamedTuple):
    """A sample report that comes with dateline, and a careful reader's answer."""

    sample: str
    published: str
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report for one prompt: its sentences, the first sentences of the report, and the accounts that were
    found in the parts before it."""

    number: int
    of: int
    sentences: tuple[Numbered, ...]
    head: tuple[Numbered, ...] = ()
    found: tuple[dict[str, Any], ...] = ()


@cache
def _form() -> _Form:
    return load("dateline.coders", "prompt.yaml", _Form)


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples."""
    return tuple(load("dateline.coders", "examples.yaml", list[Example]))


def sample_text(name: str) -> str:
    """The text of a sample that comes with dateline."""
    return (resources.files("dateline") / "samples" / name).read_text(encoding="utf-8")


@cache
def instructions() -> str:
    """What the model is told before the report: the same for every report."""
    form = _form()
    return "\n".join(
        (
            form.task,
            form.form,
            *(f"{field.upper()}: {_words_of(field)}" for field in FIELDS),
            "",
            "Rules",
            *(f"- {line}" for line in form.rules),
            "",
            "Borderlines",
            *(f"- {line}" for line in form.borderlines),
            *(_example(one) for one in examples()),
        )
    )


def _words_of(field: str) -> str:
    """The allowed words of a field, with a definition where the word alone is not clear."""
    if field == "type":
        about: dict[str, str] = {str(one.type): one.about.rstrip(".") for one in event_types().values()}
    else:
        about = _form().allowed[field]
    return "; ".join(f"{word} ({about[word]})" if about.get(word) else word for word in FIELDS[field])


def _example(one: Example) -> str:
    sentences = sentences_of(sample_text(one.sample))
    answer = json.dumps(one.answer, ensure_ascii=False, separators=(", ", ": "))
    return f"\nExample\nPublished: {one.published}\n{shown(sentences)}\nAnswer: {answer}"


def shown(sentences: Sequence[Numbered]) -> str:
    """Sentences with their numbers, one a line."""
    return "\n".join(f"[{one.number}] {_visible(one.text)}" for one in sentences)


def _visible(text: str) -> str:
    """A text on one line, without invisible characters that hide words, change their direction or end lines."""
    plain = " ".join(text.split())
    if plain.isprintable():
        return plain
    kept = (c if unicodedata.category(c) not in _HIDDEN or c in _JOINERS else " " * c.isspace() for c in text)
    return " ".join("".join(kept).split())


@cache
def version() -> str:
    """The version of the prompt: a hash of everything in it except the report."""
    told = json.dumps([instructions(), _form().last], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:_DIGITS]


def question(report: Report, part: Part) -> str:
    """The text of the question about one part of a report."""
    lines = [f"Published: {_published(report.published)}"]
    if report.title:
        lines.append(f"Title: {_visible(report.title)}")
    if part.of > 1:
        lines.append(f"Part {part.number} of {part.of} of a long report.")
    if part.head:
        lines += ["How the report begins (coded already):", shown(part.head)]
    if part.found:
        found = json.dumps(list(part.found), ensure_ascii=False, separators=(",", ":"))
        lines += [f"Accounts found so far (use their id to add to them, new ids for new ones): {found}"]
    return "\n".join((*lines, "Report:", shown(part.sentences), "", _form().last.strip()))


def _published(when: When | None) -> str:
    """The day of publication in words for the model. A day that dateline worked out is told as uncertain."""
    if when is None:
        return "unknown"
    days = when.start if when.start == when.end else f"{when.start} to {when.end}"
    return days if when.basis in ("given", "stated") else f"perhaps {days} (worked out from the text, may be wrong)"


def messages(report: Report, part: Part) -> list[dict[str, str]]:
    """The whole prompt of one part, as chat messages."""
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": question(report, part)}]
