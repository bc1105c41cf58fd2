"""`dateline why`: says why a sentence was coded as it was, or was not coded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import (
    day_given,
    look_for_little_garbage,
    out_option,
    published_option,
    reader_option,
    talk,
    writer,
)
from dateline.cli.tally import Tally

if TYPE_CHECKING:
    from dateline.coding.why import Reasons, Why
    from dateline.model.trace import Step

#: The widths in columns of a line's label, and of a rule's name.
_LABEL, _RULE = 10, 34


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("path", metavar="FILE")
@click.option("--sentence", "-n", "numbers", type=click.IntRange(1), multiple=True, help="Its number, from 1; again.")
@click.option("--words", "-w", metavar="TEXT", help="Words that the sentence holds.")
@click.option("--details", is_flag=True, help="Also the gate, the parse, every rule and what each pass did.")
@published_option
@reader_option
@out_option
def why(
    path: str,
    numbers: tuple[int, ...],
    words: str | None,
    details: bool,
    published: str | None,
    reader: str | None,
    out: str | None,
) -> None:
    """Say why the sentences of a report were coded as they were, or not at all.

    For each sentence: the accounts that it tells of, each value with its words and what it beat; or why it tells of
    none. With --details also what the gate said, the parse, every rule that decided something about its words or
    refused it, and what each pass did to its account. Without a sentence or words: all sentences.

    \b
    Examples:
      dateline why report.txt --words "two men were arrested"
      dateline why report.txt --sentence 3 --sentence 4 --details
    """
    look_for_little_garbage()
    from dateline.cli.layout import fitted_text
    from dateline.coding.why import why as ask
    from dateline.model import Report
    from dateline.model.errors import NoSuchSentence
    from dateline.readers import read_paths

    tally, missing, told = Tally(), None, False
    with writer(out) as stream:
        for row in read_paths([path], day_given(published)):
            tally.total += 1
            if not isinstance(row, Report):
                tally.rejected += 1
                talk(str(row), False)
                continue
            try:
                told_of = "\n".join(_lines(ask(row, numbers, words, reader), details))
                stream.write(fitted_text(told_of, stream) + "\n")
                told = True
            except NoSuchSentence as error:  # another report in the same file may have the sentence
                missing = error
        if missing is not None and not told:
            raise missing
    _end(details, tally)


def _end(details: bool, tally: Tally) -> None:
    """Say what else there is to see; exits with 3 where a report was rejected."""
    if not details:
        talk("--details shows the parse and every rule, too.", False)
    if tally.rejected:
        raise click.exceptions.Exit(3)


def _lines(reasons: Reasons, details: bool) -> Iterator[str]:
    report = reasons.coding.report
    yield report.uri or report.id
    yield from (f"warning: {warning}" for warning in reasons.coding.warnings)
    for one in reasons.sentences:
        yield ""
        yield from _of_sentence(one, reasons)
        yield from _details(one, reasons) if details else _why_not(one, reasons)


def _of_sentence(one: Why, reasons: Reasons) -> Iterator[str]:
    from dateline.model.explain import rows_of

    told = f"tells of {', '.join(one.accounts)}" if one.accounts else "tells of no account"
    yield f"sentence {one.number} ({one.kind}), {'read' if one.read else 'not read'}, {told}"
    yield f'  "{one.text}"'
    for account in reasons.coding.accounts:
        if account.id in one.accounts:
            yield from _block(account.id, list(rows_of(account, reasons.coding.report.text)))


def _why_not(one: Why, reasons: Reasons) -> Iterator[str]:
    """For a sentence without an account: the rules that refused it, or the decisions of the gate that left it out."""
    if not one.accounts:
        steps = one.steps if one.read and one.steps else one.gate
        yield from _block("why not", [_step(step, reasons.coding.report.text) for step in steps])


def _details(one: Why, reasons: Reasons) -> Iterator[str]:
    text = reasons.coding.report.text
    yield from _block("gate", [_step(step, text) for step in one.gate])
    if not one.read and (one.tree or one.steps):
        yield "  had it been read:"
    yield from _block("parse", one.tree)
    yield from _block("decided", [_step(step, text) for step in one.steps])


def _block(label: str, lines: list[str] | tuple[str, ...]) -> Iterator[str]:
    for k, line in enumerate(lines):
        yield f"  {'' if k else label:{_LABEL}}{line}"


def _step(step: Step, text: str) -> str:
    words = " ".join(step.span.of(text).split())
    shown = words if len(words) <= 40 else words[:37] + "..."
    return f"{step.rule:{_RULE}} '{shown}': {step.outcome}"
