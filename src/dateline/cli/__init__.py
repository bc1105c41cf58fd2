"""The command line: one file per command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import gc
import os
import sys

import click

from dateline.cli.actors import actors
from dateline.cli.add import add
from dateline.cli.code import code
from dateline.cli.coder import coder
from dateline.cli.compare import compare
from dateline.cli.compare_coders import compare_coders
from dateline.cli.custody import custody
from dateline.cli.demo import demo
from dateline.cli.digest import digest
from dateline.cli.doctor import doctor
from dateline.cli.events import diff, events, show
from dateline.cli.export import export
from dateline.cli.gazetteer import gazetteer
from dateline.cli.ledger import ledger
from dateline.cli.link import link
from dateline.cli.manual import completion, manual
from dateline.cli.pack import pack
from dateline.cli.review import review
from dateline.cli.serve import serve
from dateline.cli.stamp import stamp
from dateline.cli.users import users
from dateline.cli.verify import verify
from dateline.cli.watch import watch
from dateline.cli.why import why
from dateline.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(VERSION, prog_name="dateline")
def cli() -> None:
    """Reads news about political violence and keeps what it says as data: who did what to whom, when, where, how many,
    according to whom. Every value points at its words.

    \b
    Try:
      dateline demo                          codes the samples that come with it
      dateline code report.txt               a table of what a report says
      dateline code news/ --format jsonl     one JSON record a report (docs/record.md)
      dateline why report.txt --words "..."  why a sentence was coded as it was, or not at all
      dateline link news/                    events, each told by one report or many
      dateline add news/                     the same events kept in a ledger, report by report
      dateline watch desk.toml               feeds and pages into the ledger, as they come
      dateline events --type arrest          what the ledger holds; show, diff, review: one event, changes, a queue
      dateline serve                         the page: map, timeline, table, review
      dateline export --place IQ             a table with codebook, sources, citation and checksums
      dateline actors find Daesh             who a name stands for; gazetteer find: which place
      dateline doctor                        what is installed, what is missing, what to do
    """


for _command in (
    code,
    pack,
    coder,
    compare,
    compare_coders,
    why,
    link,
    add,
    watch,
    custody,
    digest,
    stamp,
    events,
    show,
    review,
    diff,
    export,
    verify,
    serve,
    users,
    ledger,
    gazetteer,
    actors,
    doctor,
    completion,
    manual,
    demo,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point. Our own errors are shown as one line with a code.

    The exit status is 0 when all is done, 1 for an error, 2 for wrong usage, 3 when some reports were rejected.
    """
    # A process codes on one core; `--processes` is for more. numpy reads this when it is imported. The results are the
    # same with any number of threads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        # Click returns the status of ctx.exit() and Exit, or None where a command ran to its end.
        sys.exit(cli(standalone_mode=False) or 0)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        # The program that reads our output has ended (`| head`).
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from dateline.model.errors import DatelineError

        if not isinstance(error, DatelineError):
            raise
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    finally:
        # Python collects garbage when it ends. The models are a million objects that are not garbage: skip them.
        gc.freeze()
