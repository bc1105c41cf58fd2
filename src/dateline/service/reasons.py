"""Why a report was coded as it was: the report is coded again now, with a trace of every decision."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cache

from dateline.coding.why import Reasons, Why, why
from dateline.ledger import Ledger
from dateline.model import Account, Coding, Report, Span
from dateline.model.explain import values_of
from dateline.model.record import as_record
from dateline.model.rejections import TooLong
from dateline.model.rules import rules
from dateline.model.trace import Step
from dateline.service.errors import Busy
from dateline.service.shapes.why import CoderOf, Reread, SentenceOf, StepOf, ToldAgain, ValueOf
from dateline.version import CODER, VERSION

#: The most characters of a report that is coded while somebody waits for the answer: this takes about three seconds.
LONGEST = 30_000
#: Seconds that a question waits for the one before it, and the most reports whose reasons are kept.
_PATIENCE, _KEPT = 20, 8
#: Rooms in which `knowledge/rules.yaml` says in a sentence what each rule decides.
_ROOMS = ("language", "what", "says", "coding")
#: The first words of outcomes in the trace with which a rule says no.
_REFUSALS = (
    "refused", "not borne out", "set aside", "beaten", "does not open", "nothing opens", "dropped", "left out", "no ",
)  # fmt: skip


class Recoder:
    """Codes reports again, one at a time, because all threads share one parser. The last few reports are kept: a user
    who asks about a sentence often asks about the next one, too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Report, bool], Reasons] = OrderedDict()

    def reasons(self, report: Report, learned: bool = False) -> Reasons:
        """The reasons for all sentences of a report, coded by the rules alone or also with the learned reader.

        Raises TooLong (DL-R004), Busy (DL-S013), NotInstalled (DL-E010).
        """
        if len(report.text) > LONGEST:
            raise TooLong(
                f"The report has {len(report.text):,} characters; up to {LONGEST:,} are coded again here.",
                where=report.uri or report.id,
                remedy="Ask on the command line: `dateline why FILE --words TEXT`.",
            )
        if not self._lock.acquire(timeout=_PATIENCE):
            raise Busy("Other reports are being coded again.")
        try:
            found = self._kept.pop((report, learned), None) or why(report, reader="learned" if learned else "rules")
            self._kept[report, learned] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found
        finally:
            self._lock.release()


def reread(ledger: Ledger, recoder: Recoder, key: str, span: Span, revision: int | None) -> Reread:
    """Why the sentences that a span touches were coded as they were, and whether the ledger has the same accounts.

    Raises NoSuchReport (DL-L013), NoSuchSentence (DL-E011), TooLong (DL-R004), Busy (DL-S013).
    """
    kept = ledger.report(key, revision)
    name, version = ledger.coder(key, revision)
    reasons = recoder.reasons(kept.report, kept.reader is not None)
    found = reasons.touching(span) if reasons.sentences else ()
    told = {account for one in found for account in one.accounts}
    text = kept.report.text
    return Reread(
        coder=CoderOf(name=CODER, version=VERSION),
        ledger_coder=CoderOf(name=name, version=version),
        same=_accounts(kept) == _accounts(reasons.coding),
        warnings=list(reasons.coding.warnings),
        spans=[(one.span.start, one.span.end) for one in reasons.sentences],
        sentences=[_sentence(one, text) for one in found],
        accounts=[_account(one, text) for one in reasons.coding.accounts if one.id in told],
    )


def _accounts(coding: Coding) -> object:
    return as_record(coding)["accounts"]


def _sentence(one: Why, text: str) -> SentenceOf:
    return SentenceOf(
        number=one.number,
        start=one.span.start,
        end=one.span.end,
        text=one.text,
        kind=one.kind,
        read=one.read,
        gate=[_step(step, text) for step in one.gate],
        tree=list(one.tree),
        steps=[_step(step, text) for step in one.steps],
        accounts=list(one.accounts),
    )


def _step(step: Step, text: str) -> StepOf:
    return StepOf(
        rule=step.rule,
        does=_purposes().get(step.rule),
        start=step.span.start,
        end=step.span.end,
        words=step.span.of(text),
        outcome=step.outcome,
        refused=step.outcome.startswith(_REFUSALS) or step.outcome.endswith((": not read", ": left out")),
    )


def _account(account: Account, text: str) -> ToldAgain:
    values = [ValueOf(field=field, how=how) for field, how in values_of(account, text)]
    return ToldAgain(id=account.id, type=account.type, status=account.status, values=values)


@cache
def _purposes() -> dict[str, str]:
    """What the rules decide, by their names."""
    return {name: rule.does for room in _ROOMS for name, rule in rules(f"dateline.{room}").items()}
