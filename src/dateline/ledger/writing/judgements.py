"""Judging events: verdicts, corrections, accounts written by hand, choices between coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from dateline.ledger import differing, handwritten, judging
from dateline.ledger.access import SealedReport, address_of, hidden_from
from dateline.ledger.asking import event_of, keys_of
from dateline.ledger.batching import Batch
from dateline.ledger.custody import Entry
from dateline.ledger.errors import BadJudgement, Conflict
from dateline.ledger.judging import Ruling, Told
from dateline.ledger.pointing import place_of
from dateline.ledger.queries import Found
from dateline.ledger.writing.base import Writing
from dateline.model.event import Pointed


class WritingJudgements(Writing):
    """Writes what people judge."""

    def judge(
        self,
        kind: judging.Kind,
        event: str,
        reason: str = "",
        *,
        other: str | None = None,
        field: str | None = None,
        value: Any = None,
        groups: Sequence[Sequence[str]] = (),
        seen: int | None = None,
    ) -> int:
        """Judge an event; returns the judgement's number, by which it can be withdrawn.

        Kinds: `accept`, `reject`, `unsure`; `correct` with `field` and `value`; `same`, `different` with the `other`
        event; `split` with `groups` of account keys; `comment` with its text as the reason. `seen` is the revision of
        the event that the user looked at. Raises NoSuchEvent (DL-L007), BadJudgement (DL-L009), Conflict (DL-L010).
        """
        told = Told(kind, field, value, other=other, groups=groups)
        with self._writing() as connection:
            found = self._seen(connection, event, seen)
            return self._rule(connection, self._ruling(connection, found, told, reason), reason)

    def correct(
        self,
        event: str,
        field: str,
        value: Any,
        reason: str = "",
        *,
        words: Pointed | None = None,
        seen: int | None = None,
    ) -> int:
        """Correct a value, as `judge` does; `words` point at the place in a report that says so."""
        told = Told("correct", field, value, words)
        with self._writing() as connection:
            found = self._seen(connection, event, seen)
            return self._rule(connection, self._ruling(connection, found, told, reason), reason)

    def opine(self, event: str, told: Told, reason: str = "") -> int:
        """Write somebody's own view (views.py): a verdict or correction that changes nothing. Returns its number.

        Raises NoSuchEvent (DL-L007), BadJudgement (DL-L009).
        """
        with self._writing() as connection:
            ruling = self._ruling(connection, event_of(connection, event), told, reason)
            return self._rule(connection, judging.opinion(ruling), reason)

    def _seen(self, connection: Connection, event: str, seen: int | None) -> Found:
        """The event, if it has not changed since the revision `seen`. Raises Conflict (DL-L010) otherwise."""
        found = event_of(connection, event)
        if seen is not None and found.revision > seen:
            raise Conflict(f"It was changed in revision {found.revision}; you saw {seen}.", where=event)
        return found

    def withdraw(self, number: int, reason: str = "") -> int:
        """Withdraw a judgement; returns the number of the withdrawal. Raises BadJudgement (DL-L009)."""
        with self._unless_failed(), self._writing() as connection:
            return self._rule(connection, judging.withdrawal(connection, number), reason)

    def write_account(self, report: str, account: dict[str, Any], reason: str = "") -> tuple[int, str]:
        """Add an account that a person wrote to a report (by key). `account` is its record (docs/record.md); `id`,
        `sentences`, `confidence` and `derivation` are made here. Returns the judgement's number, by which it can be
        withdrawn, and the event that holds the account. It stays when the report is coded again.

        Raises NoSuchReport (DL-L013), BadJudgement (DL-L009).
        """
        with self._unless_failed(), self._writing() as connection:
            one = handwritten.stored(connection, report)
            written = handwritten.account_of(one, account, self.by)
            revision = self._revision(connection, "judge", "")
            key = self._recode(
                connection, revision, handwritten.with_account(one, written), "account written", written.id
            )
            ruling = Ruling("account", ((key,),))
            number = judging.write(connection, revision, ruling, self.by, self._now(), reason)
            return number, handwritten.event_with(connection, key)

    def _recode(
        self, connection: Connection, revision: int, one: handwritten.Stored, act: str, name: str | None = None
    ) -> str:
        """Write a report's coding again, as changed by a person's `act`; returns the key of the account of this
        name."""
        batch = Batch(again=[(one.num, one.coding_num, one.key, one.coding)], coder=one.coder)
        self._put_in_force(connection, revision, batch)
        self._note(connection, [Entry(one.key, act, {} if name is None else {"account": name})])
        return "" if name is None else handwritten.key_of(connection, one.num, name)

    def _ruling(self, connection: Connection, found: Found, told: Told, reason: str) -> Ruling:
        kind, event, keys = told.kind, found.event.id, keys_of(found)
        if kind in ("accept", "reject", "unsure"):
            return judging.verdict(kind, event, keys)
        if kind == "correct":
            place = None if told.words is None else place_of(connection, found, told.words)
            return judging.correction(event, keys, told.field or "", told.value, place)
        if kind == "comment":
            return judging.comment(event, keys, reason)
        if kind == "split":
            return judging.splitting(event, keys, told.groups)
        if kind not in ("same", "different") or told.other is None:
            raise BadJudgement(f"{kind!r} needs another event, or is no judgement.", where=event)
        second = event_of(connection, told.other)
        if second.event.id == event:
            raise BadJudgement("An event is the same as itself.", where=event)
        make = judging.sameness if kind == "same" else judging.difference
        return make(event, keys, keys_of(second))

    def _rule(self, connection: Connection, ruling: Ruling, reason: str) -> int:
        revision = self._revision(connection, "judge", "")
        if ruling.withdraws is not None and (one := handwritten.without(connection, ruling.withdraws)):
            self._recode(connection, revision, one, "account withdrawn")
        number = judging.write(connection, revision, ruling, self.by, self._now(), reason)
        if (changed := handwritten.chosen(connection, ruling)) is not None:
            self._recode(
                connection, revision, changed, "coder chosen" if ruling.withdraws is None else "choice withdrawn"
            )
        named = judging.accounts_named(connection, ruling)
        self._settle(connection, revision, set(named), judged=frozenset(named))
        return number

    def choose(self, report: str, account: str | None, field: str, coder: str, reason: str = "", told: str = "") -> int:
        """Choose which coder's value counts where coders of a report differ (`waiting`); returns the judgement's
        number.

        `account` is one of the coding in force (by key), `coder` the short name of the coder that is right. If only
        another coder has the event, `account` is None and `told` is the name of that coder's account, which is then
        added to the report. Raises NoSuchReport (DL-L013), SealedReport (DL-L023), NoReading (DL-M009), BadJudgement
        (DL-L009).
        """
        with self._unless_failed(), self._writing() as connection:
            one = handwritten.stored(connection, report)
            if one.key in hidden_from(connection, self.right):
                raise SealedReport("Its words are hidden from whoever asks.", where=address_of(one.key))
            record = differing.said_by(connection, one.num, account, coder, told)
            if account is not None:
                event = handwritten.event_with(connection, account)
                return self._rule(connection, judging.choice(account, event, field, coder, record), reason)
        if record is None:
            raise BadJudgement(f"{coder} tells of no such happening.", where=report)
        return self.write_account(report, record, reason or f"as {coder} has it")[0]
