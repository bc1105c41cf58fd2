"""`dateline review`: a reviewer's queue of events, in the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.corrections import correction
from dateline.cli.keys import pressed
from dateline.cli.ledger_options import by_option, ledger_option, open_ledger, query_of, queue_options, tell_understood

if TYPE_CHECKING:
    from dateline.ledger import Ledger

#: What each key does, in the one or two words that the prompt shows.
_KEYS = {
    "a": "accept", "r": "reject", "c": "correct", "m": "same as", "d": "not the same as", "x": "split", "u": "unsure",
    "s": "skip", "z": "undo", "n": "near", "k": "coders", "?": "help", "q": "quit",
}  # fmt: skip
_HELP = """  a  accept: the event and its values are right
  r  reject: there was no such event
  c  correct a value of it
  m  same as: it and another event are one
  d  not the same as: it and another event are two
  x  split: some of its accounts are another event
  u  unsure: look at it again later
  s  skip it for now (also Enter)
  z  undo: take my last judgement back
  n  near: events that may be the same
  k  coders: choose where coders of a report differ
  ?  this help
  q  quit (also Ctrl-D)"""
_CORRECTION = """Write FIELD=VALUE:
  type=bombing  status=foiled  scope=rollup  when=2024-05-14  when=2024-05-14..2024-05-16  when=
  method=shooting,raid  actors=agent:ISIS; victim:two shoppers
  where=Mosul  counts.killed.civilian=12  counts.wounded.unknown="""


@dataclass
class _Session:
    """What one reviewer did, and which events they skipped."""

    ledger: Ledger
    blind: bool
    mine: list[int] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)


@click.command(epilog="Every judgement is signed, has a time and a reason, and can be withdrawn (z, or --withdraw).")
@ledger_option
@by_option
@click.option("--event", "events", multiple=True, metavar="ID", help="Review these events, not the queue.")
@click.option("--blind", is_flag=True, help="Hide the machine's confidence and what others judged.")
@click.option("--judge", type=click.Choice(["accept", "reject", "unsure"]), help="Judge the --event given.")
@click.option("--correct", metavar="FIELD=VALUE", help="Correct the --event given, ask nothing.")
@click.option("--same", metavar="ID", help="The --event given and this one are one.")
@click.option("--different", metavar="ID", help="The --event given and this one are two.")
@click.option("--split", multiple=True, metavar="KEY,KEY", help="Accounts (by key) that are an event of their own.")
@click.option("--withdraw", type=int, metavar="NUMBER", help="Take a judgement back.")
@click.option("--reason", default="", help="Why.")
@click.option("--coders", is_flag=True, help="Review where coders of one report differ, and choose whose value holds.")
@queue_options
def review(ledger: str, by: str | None, events: tuple[str, ...], blind: bool, reason: str, **options: Any) -> None:
    """Look at events one by one and judge them: the most doubtful and weightiest first, unless --order says otherwise.

    Accepted and rejected events leave the queue; what was corrected, merged or split stays so when more reports come.

    \b
    One key is enough on a terminal; from a pipe a line each.
    Keys: a accept, r reject, c correct, m same as, d not the same as, x split, u unsure, s skip, z undo, n near
    (events that may be the same), k choose where coders differ, ? help, q quit.
    Examples:
      dateline review
      dateline review --type bombing --place IQ --blind
      dateline review --event e-0f3a9c71b2d4 --correct counts.killed.civilian=12 --reason "hospital list"
      dateline review --withdraw 17
      dateline review --coders
    """
    with open_ledger(ledger, by=by) as opened:
        session = _Session(opened, blind)
        if options["withdraw"] is not None:
            click.echo(f"judgement {opened.withdraw(options['withdraw'], reason)}", err=True)
        elif any(options[name] for name in ("judge", "correct", "same", "different", "split")):
            _at_once(opened, events, options, reason)
        elif options["coders"]:
            from dateline.cli.review_coders import review_coders

            review_coders(opened)
        elif events:
            for event in events:
                if not _look(session, event):
                    break
        else:
            _queue(session, options)


def _at_once(ledger: Ledger, events: tuple[str, ...], options: dict[str, Any], reason: str) -> None:
    """Make the judgements that are given as options."""
    if len(events) != 1:
        raise click.UsageError("Name the event: --event ID.")
    event = events[0]
    made: list[int] = []
    if options["correct"]:
        name, value = correction(options["correct"])
        made.append(ledger.judge("correct", event, reason, field=name, value=value))
    for kind in ("same", "different"):
        if options[kind]:
            made.append(ledger.judge(kind, event, reason, other=options[kind]))
    if options["split"]:
        made.append(ledger.judge("split", event, reason, groups=_groups(ledger, event, options["split"])))
    if options["judge"]:
        made.append(ledger.judge(options["judge"], event, reason))
    for number in made:
        click.echo(f"judgement {number}", err=True)


def _groups(ledger: Ledger, event: str, parts: tuple[str, ...]) -> list[list[str]]:
    """The parts that were named, and the rest of the event's accounts as a last part."""
    named = [part.split(",") for part in parts]
    taken = {key for part in named for key in part}
    rest = [key for key in _keys(ledger, event) if key not in taken]
    return [*named, rest] if rest else named


def _keys(ledger: Ledger, event: str) -> list[str]:
    """The keys of an event's accounts."""
    return [account.key for account in ledger.event(event).event.accounts]


def _queue(session: _Session, options: dict[str, Any]) -> None:
    """Show the first event in the order asked for, again and again, until no event is left."""
    query = query_of({**options, "reviewed": options["reviewed"] or ("unreviewed", "unsure", "changed")})
    tell_understood(session.ledger, query)
    total = session.ledger.count(query)
    done = 0
    while (event := _next(session, query)) is not None:
        click.echo(f"--- {done + 1} of {total} ---", err=True)
        if not _look(session, event):
            return
        done += 1
    click.echo("Nothing is left to review.", err=True)


def _next(session: _Session, query: Any) -> str | None:
    after: str | None = None
    while True:
        page = session.ledger.events(query, limit=50, after=after)
        found = next((one.id for one in page.events if one.id not in session.passed), None)
        if found is not None or page.next is None:
            return found
        after = page.next


def _look(session: _Session, event: str) -> bool:
    """Show an event and take judgements on it; False where the reviewer quits."""
    from dateline.cli.event_text import Page, event_text
    from dateline.ledger.errors import NoSuchEvent
    from dateline.model.errors import DatelineError

    while True:
        try:
            found = session.ledger.event(event)
        except NoSuchEvent:
            return True  # The event may have existed only by a judgement that was undone.
        page = Page.of(sys.stdout)
        click.echo(event_text(session.ledger, found.event, session.blind, page=page), color=page.coloured)
        said = _key()
        if said == "q":
            return False
        if said == "s":
            session.passed.add(event)
            return True
        try:
            if _act(session, said, found.event.id, found.revision):
                session.passed.add(event)
                return True
        except DatelineError as error:
            click.echo(f"error: {error}", err=True)


def _key() -> str:
    while True:
        said = pressed(_KEYS, default="s", quits="q")
        if said == "?":
            click.echo(_HELP, err=True)
        elif said in _KEYS:
            return said


def _act(session: _Session, key: str, event: str, seen: int) -> bool:
    """Do what a key says; True where the event is finished."""
    ledger = session.ledger
    if key == "n":
        for other, weight in ledger.near(event):
            click.echo(f"  {weight:+.1f}  {_line(ledger, other)}")
        return False
    if key == "k":
        from dateline.cli.review_coders import choose_among

        choose_among(ledger, ledger.differences(event), session.mine)
        return False
    if key == "z":
        if not session.mine:
            click.echo("There is nothing of yours to undo.", err=True)
        else:
            ledger.withdraw(session.mine.pop(), "undone")
        return False
    made = _ACTIONS[key](ledger, event, seen)
    if made is not None:
        session.mine.append(made)
    return made is not None and key in "aru"


def _line(ledger: Ledger, event: str) -> str:
    from dateline.cli.event_text import headline

    return " ".join(part.strip() for part in headline(ledger.event(event).event, blind=True)[:3])


def _why() -> str:
    return str(click.prompt("why (Enter: no reason)", default="", show_default=False, err=True))


def _verdict(kind: Any) -> Callable[[Ledger, str, int], int | None]:
    return lambda ledger, event, seen: ledger.judge(kind, event, _why(), seen=seen)


def _correct(ledger: Ledger, event: str, seen: int) -> int | None:
    click.echo(_CORRECTION, err=True)
    said = click.prompt("correct", default="", show_default=False, err=True)
    if not said:
        return None
    name, value = correction(said)
    return ledger.judge("correct", event, _why(), field=name, value=value, seen=seen)


def _other(kind: Any) -> Callable[[Ledger, str, int], int | None]:
    def ask(ledger: Ledger, event: str, seen: int) -> int | None:
        other = click.prompt("which event", default="", show_default=False, err=True).strip()
        return ledger.judge(kind, event, _why(), other=other, seen=seen) if other else None

    return ask


def _split(ledger: Ledger, event: str, seen: int) -> int | None:
    keys = _keys(ledger, event)
    for number, key in enumerate(keys, 1):
        click.echo(f"  {number}  {key}", err=True)
    said = click.prompt("numbers of the accounts that are apart", default="", show_default=False, err=True)
    chosen = {int(n) for n in re.findall(r"\d+", said)}
    own = [key for n, key in enumerate(keys, 1) if n in chosen]
    rest = [key for n, key in enumerate(keys, 1) if n not in chosen]
    return ledger.judge("split", event, _why(), groups=[own, rest], seen=seen) if own else None


_ACTIONS: dict[str, Callable[[Any, str, int], int | None]] = {
    "a": _verdict("accept"), "r": _verdict("reject"), "u": _verdict("unsure"), "c": _correct,
    "m": _other("same"), "d": _other("different"), "x": _split,
}  # fmt: skip
