"""Ask a cascade's model about reports that disagree with others in a ledger, and add what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dateline.cli.coder_options import CoderChoice
from dateline.cli.common import number_of, talk

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.ledger.disagreeing import ToAsk
    from dateline.model import Coding

#: The note of the revisions that settling makes.
NOTE = "reports that disagree, read by the model"


@dataclass
class Settling:
    """What became of the reports: read by the model, without an answer (none kept, budget spent), failed."""

    found: ToAsk
    read: int = 0
    unanswered: int = 0
    failed: int = 0

    def codings(self, choice: CoderChoice) -> Iterator[Coding]:
        """The model's codings of the reports. A report without one keeps the coding that it has."""
        from dateline.coders.errors import NotAnswered, OverBudget
        from dateline.engines import code_with
        from dateline.model import Coding

        for one in code_with(choice.model_of_cascade(), self.found.reports, choice.together):
            if isinstance(one, Coding):
                self.read += 1
                yield one
            elif isinstance(one, NotAnswered | OverBudget):
                self.unanswered += 1
            else:
                self.failed += 1
                click.echo(f"not read by the model: {one}", err=True)

    def summary(self) -> str:
        """What became of them, in words."""
        parts = [f"{self.read} read by the model"]
        parts += [f"{n} {what}" for n, what in (
            (self.unanswered, "without an answer"), (self.failed, "failed"),
            (self.found.withheld, "not asked about, because not everybody may read them"),
            (self.found.left, "left for a larger --share")) if n]  # fmt: skip
        return f"Reports that disagree with others on an event: {', '.join(parts)}."


def settle(ledger: Ledger, choice: CoderChoice, quiet: bool, since: int | None = None) -> Settling:
    """Ask the cascade's model about reports that disagree, within its share of the ledger, and add its codings. With
    `since`, only about events that changed after that revision. Raises as CoderChoice.coded does."""
    settling = Settling(reports_to_ask(ledger, choice, since))
    if settling.found.reports:
        ledger.add(settling.codings(choice), NOTE)
    if settling.found.reports or settling.found.left or settling.found.withheld:
        talk(settling.summary(), quiet)
    return settling


def reports_to_ask(ledger: Ledger, choice: CoderChoice, since: int | None = None) -> ToAsk:
    """The reports that disagree, within the share of the choice."""
    from dateline.ledger.disagreeing import to_ask

    return to_ask(ledger.store, choice.share, choice.share_of, choice.part_chars, since)


def tell_what_it_takes(found: ToAsk, choice: CoderChoice) -> None:
    """Say how many prompts and tokens it would take (`--dry-run`)."""
    events = number_of(found.events, "event")
    talk(f"Reports disagree on {events}. {choice.would_take(found.reports, whole=True)}", quiet=False)
