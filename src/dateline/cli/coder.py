"""`dateline coder`: the prompt for a language model, and prompts for reports, which another program answers."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.coder_flags import model_option, part_chars_option
from dateline.cli.coder_options import CoderChoice, cascade_options
from dateline.cli.common import day_given, out_option, published_option, talk, writer
from dateline.cli.ledger_options import by_option, ledger_option, open_ledger

_form = click.option(
    "--form",
    type=click.Choice(["plain", "batch"]),
    default="plain",
    show_default=True,
    help="Lines of key, system and user text, or lines for a batch API.",
)


@click.group()
def coder() -> None:
    """A language model as the coder: its prompt, and prompts for batch APIs or people.

    \b
    Examples:
      dateline coder prompt
      dateline coder ask news/ --out prompts.jsonl
      dateline coder settle --model NAME --answers answers.jsonl
    """


@coder.command()
@click.option("--version", "only_version", is_flag=True, help="The version of the prompt, and nothing else.")
@out_option
def prompt(only_version: bool, out: str | None) -> None:
    """Print what a model is told before it reads a report."""
    from dateline.coders import prompt as told

    with writer(out) as stream:
        stream.write((told.version() if only_version else told.instructions()) + "\n")


@coder.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@out_option
@model_option
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Answers that are there: what they answer is left out, and later parts of long reports come in.",
)
@_form
@part_chars_option
@published_option
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
def ask(
    paths: tuple[str, ...],
    out: str | None,
    model: str | None,
    answers: Path | None,
    form: str,
    part_chars: int,
    published: str | None,
    quiet: bool,
) -> None:
    """Write the prompts for reports, one JSON object a line, and ask nobody.

    \b
    Have them answered, one object a line: {"key": KEY OF THE PROMPT, "answer": THE ANSWER}. Then code with the answers:
      dateline coder ask news/ --out prompts.jsonl
      dateline code news/ --coder model --answers answers.jsonl --offline
    """
    from dateline.coders.asking import UNNAMED, Settings
    from dateline.coders.kept import Answers
    from dateline.coders.writing import Asking
    from dateline.readers import read_paths

    published = day_given(published)
    asking = Asking(Settings(model or UNNAMED, part_chars), Answers.read(answers) if answers else Answers(), form)
    with writer(out) as stream:
        for line in asking.lines(read_paths(paths, published)):
            stream.write(line + "\n")
    talk(asking.summary(), quiet)


@coder.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but the model read some reports not.")
@ledger_option
@by_option
@out_option
@_form
@cascade_options
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
def settle(ledger: str, by: str | None, out: str | None, form: str, choice: CoderChoice, quiet: bool) -> None:
    """Ask the model about reports in a ledger that disagree with others on an event.

    They disagree on the killed, the wounded, the day, the place, or whether it took place. What the model reads is
    added as the cascade's coding; the earlier coding is kept. --share counts all reports of the ledger that a model has
    read. With --out, the prompts are written and nobody is asked.

    \b
    Examples:
      dateline coder settle --model NAME --base-url http://localhost:8000/v1 --answers answers.jsonl
      dateline coder settle --share 0.3 --out prompts.jsonl
      dateline coder settle --share 0.3 --answers answers.jsonl --offline
    """
    from dateline.cli.settling import reports_to_ask, tell_what_it_takes
    from dateline.cli.settling import settle as settled

    with open_ledger(ledger, by=by) as opened:
        if choice.dry_run:
            return tell_what_it_takes(reports_to_ask(opened, choice), choice)
        if out is not None:
            asking = choice.asking(form)
            with writer(out) as stream:
                for line in asking.lines(reports_to_ask(opened, choice).reports):
                    stream.write(line + "\n")
            return talk(asking.summary(), quiet)
        choice.made()
        choice.end_without_server()
        try:
            done = settled(opened, choice, quiet)
        finally:
            choice.close(quiet)
    if done.failed:
        raise click.exceptions.Exit(3)
    return None
