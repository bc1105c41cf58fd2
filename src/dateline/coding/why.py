"""Why a sentence was coded as it was, or not at all: its words, its parse, and every rule that decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.coding.choice import is_learned
from dateline.coding.coder import code_reading, code_report, prepared
from dateline.coding.reading import Reading, read_in, read_report
from dateline.language import Sentence
from dateline.language.other import is_coded, is_installed
from dateline.language.tree import as_tree
from dateline.model import Coding, Report, Span
from dateline.model.errors import NoSuchSentence
from dateline.model.trace import Step, tracing
from dateline.reader import NAME

#: The prefix of rules that decide before any word is parsed.
_GATE = "language.gate."


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence with all that was decided about it.

    `read`: it was parsed. Where it was not, `tree` and `steps` show what they would have been if it had been.
    `accounts`: the ids of the accounts that it tells of.
    """

    number: int
    span: Span
    text: str
    kind: str
    read: bool
    tree: tuple[str, ...]
    gate: tuple[Step, ...]
    steps: tuple[Step, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """A coding with its trace, and the sentences that were asked about."""

    coding: Coding
    sentences: tuple[Why, ...]

    def touching(self, span: Span) -> tuple[Why, ...]:
        """The sentences that a span touches. Raises NoSuchSentence (DL-E011) where it touches none."""
        found = tuple(one for one in self.sentences if one.span.overlaps(span))
        if not found:
            raise NoSuchSentence(f"No sentence of the report touches the characters {span.start} to {span.end}.")
        return found


def why(report: Report, numbers: Iterable[int] = (), words: str | None = None, reader: str | None = None) -> Reasons:
    """Code a report and say why its sentences were coded as they were.

    Chosen are the sentences with the numbers (from 1), those that hold the words, or all where neither is given; none
    in a language that is not coded. `reader` as for `code_report`. Raises NoSuchSentence (DL-E011), BadReader
    (DL-E012).
    """
    report, learned = prepared(report), is_learned(reader)
    if not is_coded(report.lang):
        return Reasons(code_report(report, reader=reader), ())
    learned = learned and not is_installed(report.lang)
    with tracing() as steps:
        reading = read_report(report, learned=learned) if not is_installed(report.lang) else read_in(report)
        coding = code_reading(reading)
    coding = replace(coding, trace=tuple(steps), reader=NAME if learned else None)
    chosen = _chosen(reading.document.sentences, list(numbers), words)
    unread = {s.index for s in chosen if not s.tokens}
    trial = _trial(report, learned) if unread else None
    return Reasons(coding, tuple(_why(coding, s, trial if s.index in unread else None) for s in chosen))


def _trial(report: Report, learned: bool) -> tuple[Reading, list[Step]]:
    """The reading and its notes as they would be if every sentence were read."""
    with tracing() as steps:
        reading = read_report(report, everything=True, gated=False, learned=learned)
        code_reading(reading)
    return reading, steps


def _chosen(sentences: Sequence[Sentence], numbers: list[int], words: str | None) -> list[Sentence]:
    if not numbers and words is None:
        return list(sentences)
    wanted = " ".join((words or "").casefold().split())
    found = [
        s for s in sentences if s.index + 1 in numbers or (wanted and wanted in " ".join(s.text.casefold().split()))
    ]
    unknown = sorted(set(numbers) - {s.index + 1 for s in sentences})
    if unknown or not found:
        asked = f"the words {words!r}" if not unknown else f"number {', '.join(map(str, unknown))}"
        raise NoSuchSentence(f"No sentence of the report has {asked}; it has {len(sentences)}.")
    return found


def _why(coding: Coding, sentence: Sentence, trial: tuple[Reading, list[Step]] | None) -> Why:
    steps = [s for s in coding.trace if sentence.span.overlaps(s.span)]
    gate = tuple(s for s in steps if s.rule.startswith(_GATE))
    parsed = sentence
    if trial is not None:
        reading, steps = trial
        parsed = next(s for s in reading.document.sentences if s.start == sentence.start)
        steps = [s for s in steps if sentence.span.overlaps(s.span)]
    told = (a.id for a in coding.accounts if any(s.overlaps(sentence.span) for s in (a.trigger, *a.sentences)))
    return Why(
        number=sentence.index + 1,
        span=sentence.span,
        text=sentence.text,
        kind=sentence.kind,
        read=trial is None,
        tree=tuple(as_tree(parsed)),
        gate=gate,
        steps=tuple(dict.fromkeys(s for s in steps if not s.rule.startswith(_GATE))),
        accounts=tuple(told),
    )
