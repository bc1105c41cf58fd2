"""`dateline watch`: takes new reports from feeds and pages into the ledger."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.coder_options import CoderChoice, coder_options
from dateline.cli.common import look_for_little_garbage, talk
from dateline.cli.ledger_options import DEFAULT, by_option, open_ledger

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.model.errors import DatelineError
    from dateline.watch import Settings, Watcher
    from dateline.watch.watcher import Seen

#: Seconds between two lines that say what the watch has done.
_SAY = 600.0


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some sources or stories failed.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.toml")
@click.option("--ledger", metavar="URL", envvar="DATELINE_LEDGER", help="Default: the file's, else ledger.sqlite.")
@by_option
@click.option("--once", is_flag=True, help="Ask every source once, fetch what is due, tell whom it concerns, and end.")
@click.option("--status", is_flag=True, help="Tell what each source last said, and end.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what goes wrong.")
@coder_options
def watch(
    file: Path, ledger: str | None, by: str | None, once: bool, status: bool, quiet: bool, choice: CoderChoice
) -> None:
    """Poll feeds and pages politely, and add what they publish to a ledger. A story that is corrected at its address
    becomes a new version of its report; one that is withdrawn is said to be. docs/watch.md tells the file's settings.
    With --coder, stories are coded by it; one that its model does not answer is looked at again later.

    \b
    Examples:
      dateline watch desk.toml
      dateline watch desk.toml --once
      dateline watch desk.toml --status
      dateline watch desk.toml --coder model --model NAME --answers answers.jsonl --budget 2000000
    """
    if choice.dry_run or choice.manifest:
        raise click.UsageError("A watch has no end: it takes no --dry-run and no --manifest.")
    look_for_little_garbage()
    from dateline.engines import Worker
    from dateline.watch import Watcher, read_settings

    settings = read_settings(file)
    worker = Worker(settings.limits.coding, reader=settings.reader)
    with open_ledger(ledger or settings.ledger or DEFAULT, create=True, by=by) as opened:
        try:
            watcher = Watcher(settings, opened, worker.code if status else choice.one_by_one(worker.code))
            settler = _Settler(opened, choice, quiet)
            try:
                if status:
                    return _status(watcher)
                seen = _run(watcher, settings, opened, once, quiet, settler)
            finally:
                watcher.close()
        finally:
            worker.close()
            choice.close(quiet)
    if once and (seen.failed or seen.given_up or seen.rejected):
        raise click.exceptions.Exit(3)
    return None


def _run(watcher: Watcher, settings: Settings, ledger: Any, once: bool, quiet: bool, settler: _Settler) -> Seen:
    from dateline.watch.telling import Telling

    telling = Telling(settings, ledger, watcher.state, watcher.now)
    stop = _Stop()
    if once:
        seen = watcher.once(lambda: stop.wanted)
        settler.settle()
        _say(watcher, telling.tell(), quiet)
        return seen
    said = _Said(watcher, telling, quiet, settler)
    seen = watcher.run(lambda: stop.wanted, said.idle)
    _say(watcher, telling.tell(), quiet)
    return seen


class _Settler:
    """Lets a cascade ask about reports that disagree on the events that the watch has changed since the last time."""

    def __init__(self, ledger: Ledger, choice: CoderChoice, quiet: bool) -> None:
        self._ledger, self._choice, self._quiet = ledger, choice, quiet
        self._since = ledger.revision()

    def settle(self) -> None:
        """Ask, if the coder is a cascade."""
        if self._choice.coder == "cascade" and (now := self._ledger.revision()) > self._since:
            from dateline.cli.settling import settle

            settle(self._ledger, self._choice, self._quiet, self._since)
            self._since = now


class _Stop:
    """Whether the watch is to end: the user pressed Ctrl-C, or systemd or a container sent a signal."""

    def __init__(self) -> None:
        self.wanted = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.wanted = True


class _Said:
    """Shows errors in the pauses of the watch. Every _SAY seconds it also shows what was done, and a cascade asks about
    reports that disagree."""

    def __init__(self, watcher: Watcher, telling: Any, quiet: bool, settler: _Settler) -> None:
        self._watcher, self._telling, self._quiet, self._settler = watcher, telling, quiet, settler
        self._next = time.monotonic() + _SAY

    def idle(self) -> None:
        """Show what there is to show, in a pause."""
        errors = self._telling.tell()
        if time.monotonic() >= self._next:
            self._settler.settle()
            self._next = time.monotonic() + _SAY
            _say(self._watcher, errors, self._quiet)
            return
        _complain([*self._watcher.seen.said, *errors])
        self._watcher.seen.said.clear()


def _say(watcher: Watcher, errors: list[DatelineError], quiet: bool) -> None:
    seen = watcher.seen
    _complain([*seen.said, *errors])
    seen.said.clear()
    parts = {
        "new": seen.new, "corrected": seen.corrected, "withdrawn at their source": seen.gone,
        "back at their source": seen.back, "there already": seen.known, "rejected": seen.rejected,
        "given up": seen.given_up,
    }  # fmt: skip
    told = ", ".join(f"{n} {what}" for what, n in parts.items() if n) or "nothing new"
    failed = f", {seen.failed} failed" if seen.failed else ""
    talk(f"{seen.polled} polls ({seen.unchanged} without news{failed}); stories: {told}.", quiet)


def _complain(errors: list[DatelineError]) -> None:
    for error in errors:
        click.echo(f"warning: {error}", err=True)


def _status(watcher: Watcher) -> None:
    for row in watcher.state.all_sources():
        last = "never" if row["last_ok"] is None else time.strftime("%Y-%m-%d %H:%M", time.gmtime(row["last_ok"]))
        state = "gone" if row["gone"] else f"{row['failures']} failures" if row["failures"] else "well"
        click.echo(
            f"{state:12} last answer {last}  {row['url']}" + (f"\n{'':13}{row['error']}" if row["error"] else "")
        )
    counted = watcher.state.counted()
    click.echo("Stories: " + (", ".join(f"{n} {what}" for what, n in counted.items()) or "none") + ".")
