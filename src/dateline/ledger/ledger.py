"""The ledger that a user opens, adds codings to, asks questions, and judges events in."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from dateline.ledger import (
    access,
    adding,
    custody,
    differing,
    handwritten,
    judging,
    readings,
    succeeding,
    successions,
    taking,
)
from dateline.ledger.access import Access, Right, SealedReport, address_of, hidden_from
from dateline.ledger.adding import Batch
from dateline.ledger.asking import Asking, event_of, keys_of, rules_of, weights_of
from dateline.ledger.custody import Entry, Origin, brought
from dateline.ledger.damage import Problem, changed_rows
from dateline.ledger.differing import differ
from dateline.ledger.digests import close_revision
from dateline.ledger.errors import BadJudgement, Conflict, DamagedLedger, NoSuchReport
from dateline.ledger.events import Settled, mates, settle
from dateline.ledger.facts import Facts
from dateline.ledger.judging import Ruling, Told
from dateline.ledger.linker import Island, left_by, pair_up, part, relink
from dateline.ledger.pointing import place_of
from dateline.ledger.queries import Found
from dateline.ledger.removing import purge
from dateline.ledger.rows import as_json, chunks, insert
from dateline.ledger.store import Store, newest
from dateline.ledger.tables import accounts, codings, removals, reports, revisions
from dateline.ledger.tables import coders as coders_table
from dateline.ledger.tables import rules as rules_table
from dateline.ledger.tables import weights as weights_table
from dateline.ledger.taking import Links
from dateline.linking.facts import report_key
from dateline.linking.rivals import Link
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights
from dateline.model import Coding, Report
from dateline.model.batches import batches
from dateline.model.errors import DatelineError
from dateline.model.event import Pointed

#: Exceptions that code raises when it reads damaged rows.
_BY_DAMAGE = (LookupError, TypeError, ValueError, AttributeError)
#: Codings that are written in one transaction; and in bulk. A larger batch is faster, because an event that many
#: codings of it tell of is computed once.
_BATCH, _BULK = 100, 1_000
#: Custody entries for a use that are written at once: an export may be of every report.
_NOTED_AT_ONCE = 1_000
#: A function that gives a report's origin; None: only the report's URI is known.
Origins = Callable[[Report], Origin | None]


@dataclass(slots=True)
class Added:
    """The result of an addition. Reports: new, coded again, there already, taken out before, not storable (with NUL
    characters), kept beside the chosen coder's coding. Events: new, changed, gone."""

    new: int = 0
    again: int = 0
    known: int = 0
    removed: int = 0
    unstorable: int = 0
    beside: int = 0
    accounts: int = 0
    events_new: int = 0
    events_changed: int = 0
    events_gone: int = 0
    revision: int = 0

    def take(self, batch: Batch, fresh: int, settled: Settled) -> None:
        """Add the numbers of a batch."""
        self.new += len(batch.new)
        self.again += len(batch.again)
        self.known += batch.known
        self.removed += batch.removed
        self.unstorable += len(batch.unstorable)
        self.beside += len(batch.beside)
        self.accounts += fresh
        self.events_new += len(settled.new)
        self.events_changed += len(settled.changed)
        self.events_gone += len(settled.gone)


class Ledger(Asking):
    """A ledger of events, in a file (SQLite) or on a server (PostgreSQL). Use as a context manager, or close it."""

    def __init__(self, store: Store, by: str | None = None, clock: Callable[[], dt.datetime] | None = None) -> None:
        self.store = store
        self.by = by or _user()
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._facts = Facts()

    @staticmethod
    def open(
        address: str, create: bool = False, by: str | None = None, clock: Callable[[], dt.datetime] | None = None
    ) -> Ledger:
        """Open a ledger: a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE. `create` makes one if there is
        none.

        `by` is the name under which everything is written (default: the user of the system). Raises NoLedger (DL-L001),
        CorruptLedger (DL-L002), OtherVersion (DL-L003), LostLedger (DL-L006), BadUrl (DL-L012).
        """
        ledger = Ledger(Store(address), by, clock)
        ledger.store.open(create)
        return ledger

    def seen_by(self, right: Right) -> Ledger:
        """The same ledger, as somebody with this right sees it: without words that they may not read (access.py)."""
        other = Ledger(self.store, self.by, self._clock)
        other.right = right
        return other

    def __repr__(self) -> str:
        try:
            number = self.count()
            held = f": {number:,} event{'' if number == 1 else 's'}, revision {self.revision()}"
        except Exception:  # A representation must never fail, whatever is wrong with the ledger.
            held = ""
        return f"<Ledger {self.store.name}{held}>"

    def close(self) -> None:
        """Close the connections to the database."""
        self.store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Close the connections to the database. If damage explains an error, raises DamagedLedger (DL-L016)
        instead."""
        try:
            if isinstance(error, _BY_DAMAGE) and (found := self._damage()):
                raise DamagedLedger(f"{found}.", where=self.store.name) from error
        finally:
            self.close()

    def _damage(self) -> Problem | None:
        """The first row that is not what was written, as a problem; None where there is none."""
        try:
            with self.store.reading() as connection:
                return next(changed_rows(connection), None)
        except DatelineError:
            return None

    # ------------------------------------------------------------ writing

    def add(
        self,
        found: Iterable[Coding],
        note: str = "",
        every: bool = False,
        bulk: bool = False,
        origins: Origins | None = None,
        links: Links | None = None,
    ) -> Added:
        """Add codings, in batches that are each written whole or not at all. Codings that are there already are
        skipped.

        A report that another version coded gets a new coding, and its judgements stay; with `every`, all known reports
        do. With `bulk` batches are larger, which is faster where nobody waits for the first result. `origins` tells the
        custody log where the bytes of a new report came from. `links` are pairs of these codings that were weighed
        elsewhere; raises BadLinks (DL-E019) where the ledger cannot take them over.
        """
        total = Added(revision=self.revision())
        for batch in batches(found, _BULK if bulk else _BATCH):
            with self._unless_failed():
                self._add(batch, note if links is None else taking.mark(links, note), total, every, origins, links)
        return total

    @contextmanager
    def _unless_failed(self) -> Iterator[None]:
        """Clear the cache of facts if a write fails: numbers of rows that were not committed will be used again."""
        try:
            yield
        except BaseException:
            self._facts = Facts()
            raise

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A write transaction. At its end the new revision gets its highest numbers (digests.py)."""
        with self.store.writing() as connection:
            yield connection
            close_revision(connection)

    def _add(
        self, found: list[Coding], note: str, total: Added, every: bool, origins: Origins | None, links: Links | None
    ) -> None:
        given = None if links is None else list(links.of({report_key(coding.report) for coding in found}))
        with self._writing() as connection:
            batch = adding.sort_out(connection, found, every)
            batch = handwritten.carried(connection, readings.put_aside(connection, batch))
            total.revision = newest(connection)
            if not batch.new and not batch.again and not batch.beside:
                total.take(batch, 0, Settled())
                return
            if links is not None:
                taking.check(connection, links, weights_of(connection))
            revision = total.revision = self._revision(connection, "add", note)
            kept = [(num, adding.coder_of(coding), coding) for num, coding in (*batch.beside, *batch.changed)]
            readings.keep(connection, revision, kept)
            fresh, settled = self._put_in_force(connection, revision, batch, given=given)
            self._note_batch(connection, revision, batch, origins)
        total.take(batch, fresh, settled)

    def _put_in_force(
        self, connection: Connection, revision: int, batch: Batch, gone: Sequence[int] = (),
        given: Sequence[Link] | None = None,
    ) -> tuple[int, Settled]:  # fmt: skip
        """Write codings, and compute again the events that they touch, and those of accounts (by number) in `gone`.
        Returns how many accounts are new, and the changed events. `given`: pairs that were weighed elsewhere."""
        written = adding.write(connection, revision, batch, self._facts)
        retired = [*gone, *written.retired]
        near = part(connection, retired)
        if given is None:
            pair_up(connection, self._facts, written.fresh, weights_of(connection))
        else:
            taking.take_over(connection, self._facts, written.fresh, given)
        differ(connection, [*(num for num, _, _, _ in batch.again), *(num for num, _ in batch.beside)])
        touched = {*written.fresh, *near, *left_by(connection, written.fresh)}
        return len(written.fresh), self._settle(connection, revision, touched, retired)

    def _note_batch(self, connection: Connection, revision: int, batch: Batch, origins: Origins | None) -> None:
        """Write custody entries for reports that were added or coded again."""
        entries = []
        known = access.access_of(connection)
        for key, coding in batch.new:
            origin = origins(coding.report) if origins else None
            entries.append(Entry(key, "added", {**brought(coding.report, origin), **_coder(batch, coding)}))
            asked = origin.access if origin is not None else None
            to = access.strictest([asked, *access.access_at(connection, coding.report.uri, known)])
            if to is not None:
                self._set_access(connection, revision, [key], to, entries)
        entries += [Entry(key, "coded again", _coder(batch, coding)) for _, _, key, coding in batch.again]
        entries += [
            Entry(report_key(coding.report), "coded beside", _coder(batch, coding)) for _, coding in batch.beside
        ]
        self._note(connection, entries)

    def _note(self, connection: Connection, entries: Sequence[Entry]) -> None:
        custody.note(connection, entries, self._now(), self.by)

    # ------------------------------------------------------------ versions of a report

    def revise(self, before: str, coding: Coding, note: str = "", origin: Origin | None = None) -> Added:
        """Replace a report (by key, or by URI: the newest) by its corrected version, and keep the difference of the
        texts.

        The new version is a report of its own. Its accounts take the keys of the old ones where they tell of the same,
        so events keep their ids and judgements stay. Raises NoSuchReport (DL-L013) where the old report is not in
        force.
        """
        total = Added()
        with self._unless_failed(), self._writing() as connection:
            old = handwritten.stored(connection, handwritten.live_key(connection, before))
            key = report_key(coding.report)
            batch = adding.sort_out(connection, [coding], revived=key != old.key)
            total.revision = newest(connection)
            if key == old.key or not (batch.new or batch.again):
                total.take(batch, 0, Settled())
                return total
            revision = total.revision = self._revision(connection, "revise", note)
            fresh, settled = self._take_place(connection, revision, old, batch, note, origin)
        total.take(batch, fresh, settled)
        return total

    def _take_place(
        self, connection: Connection, revision: int, old: handwritten.Stored, batch: Batch, note: str,
        origin: Origin | None,
    ) -> tuple[int, Settled]:  # fmt: skip
        """Write the new version of a report, and end the old one."""
        batch = readings.put_aside(connection, batch)
        heir = succeeding.Heir.of(connection, old, batch)
        heir.take(batch)
        gone = adding.retire(connection, revision, [old.coding_num])
        fresh, settled = self._put_in_force(connection, revision, batch, gone)
        num = handwritten.stored(connection, heir.key).num
        kept = [(n, adding.coder_of(one), one) for n, one in batch.beside]
        if heir.coding is not heir.made:
            kept.append((num, batch.coders.get(num) or adding.coder_of(heir.made), heir.made))
        readings.keep(connection, revision, kept)
        differ(connection, [old.num, num])
        row = {
            "uri": heir.coding.report.uri, "before": old.key, "after": heir.key, "at": self._now(), "by": self.by,
            "note": note, "diff": heir.diff, "revision": revision,
        }  # fmt: skip
        successions.succeed(connection, row)
        told = {**brought(heir.coding.report, origin), **_coder(batch, heir.coding, num), "before": old.key}
        after = {"after": heir.key} | ({"accounts_lost": heir.lost} if heir.lost else {})
        entries = [Entry(old.key, "corrected at its source", after), Entry(heir.key, "new version", told)]
        known = access.access_of(connection)
        to = access.strictest([known.get(old.key), origin.access if origin is not None else None])
        if to is not None and heir.key not in known:
            self._set_access(connection, revision, [heir.key], to, entries)
        if to is not None and to != known.get(old.key):
            self._set_access(connection, revision, [old.key], to, entries)
        self._note(connection, entries)
        return fresh, settled

    def gone_from_source(self, report: str, note: str = "") -> int:
        """Record that a report (by key or URI) was withdrawn at its source. It stays in force until a person takes it
        out. Returns the revision. Raises NoSuchReport (DL-L013)."""
        return self._at_source(report, None, "withdrawn at its source", note)

    def back_at_source(self, report: str, note: str = "") -> int:
        """Record that a report which was gone from its source is there again. Returns the revision. Raises NoSuchReport
        (DL-L013)."""
        return self._at_source(report, "same", "back at its source", note)

    def _at_source(self, report: str, after: str | None, act: str, note: str) -> int:
        with self._writing() as connection:
            one = handwritten.stored(connection, handwritten.live_key(connection, report))
            revision = self._revision(connection, "source", note)
            row = {"uri": one.coding.report.uri, "before": one.key, "after": after and one.key, "at": self._now(),
                   "by": self.by, "note": note, "diff": None, "revision": revision}  # fmt: skip
            successions.succeed(connection, row)
            self._note(connection, [Entry(one.key, act, {"note": note} if note else {})])
            return revision

    def set_access(self, report: str, to: Access) -> int:
        """Set who may read a report's words (by key or URI: all its versions), with the note of consent. Returns the
        revision. Raises NoSuchReport (DL-L013), BadAccess (DL-L024)."""
        with self._writing() as connection:
            own = or_(reports.c.key == report, reports.c.uri == report)
            found = connection.execute(select(reports.c.key).where(own)).scalars().all()
            if not found:
                raise NoSuchReport("There is no such report.", where=report)
            line = [one for key in found for one in successions.line_of(connection, key)]
            keys = {*found, *(key for one in line for key in (one["before"], one["after"]) if key)}
            # Everybody sees the list of revisions. The note of consent is only in the custody log.
            revision = self._revision(connection, "access", "")
            entries: list[Entry] = []
            self._set_access(connection, revision, keys, to, entries)
            self._note(connection, entries)
            return revision

    def _set_access(
        self, connection: Connection, revision: int, keys: Iterable[str], to: Access, entries: list[Entry]
    ) -> None:
        row = {"at": self._now(), "by": self.by, "revision": revision}
        for key in sorted(keys):
            access.set_access(connection, key, to, row)
            entries.append(Entry(key, "access", {"level": to.level, "people": to.people, "note": to.note}))

    def note_use(self, act: str, keys: Iterable[str], told: Mapping[str, Any]) -> None:
        """Write custody entries for a use of reports (by key) outside the ledger: an export, a time stamp."""
        at = self._now()
        with self.store.writing() as connection:
            for some in chunks(sorted(set(keys)), _NOTED_AT_ONCE):
                custody.note(connection, [Entry(key, act, told) for key in some], at, self.by, "use")

    def _settle(
        self,
        connection: Connection,
        revision: int,
        touched: set[int],
        gone: Sequence[int] = (),
        judged: frozenset[int] | None = frozenset(),
    ) -> Settled:
        """Compute again the chains that hold these accounts, and write the events that changed."""
        island = Island(connection, touched | mates(connection, gone))
        made_by = rules_of(connection), weights_of(connection)
        groups = island.groups(connection, self._facts, made_by[1])
        return settle(connection, revision, self._facts, groups, gone, made_by, judged)

    def _settle_all(self, connection: Connection, revision: int) -> int:
        """Compute all events again, roll-ups first, because the others name them. Returns how many changed."""
        others = 0
        made_by = rules_of(connection), weights_of(connection)
        live = select(accounts.c.num).where(accounts.c.retired.is_(None))
        ordered = live.order_by(accounts.c.scope != "rollup", accounts.c.num)
        for some in chunks(connection.execute(ordered).scalars().all(), 1_000):
            island = Island(connection, some)
            # Accounts that were in one event may be in two chains now: add the chains of all accounts of such an event.
            while near := mates(connection, island.accounts):
                island = Island(connection, {*island.accounts, *near})
            groups = island.groups(connection, self._facts, made_by[1])
            settled = settle(connection, revision, self._facts, groups, (), made_by, judged=None)
            others += len(settled.new) + len(settled.changed) + len(settled.gone)
        return others

    def _revision(self, connection: Connection, kind: str, note: str) -> int:
        number = newest(connection) + 1
        row = {"number": number, "at": self._now(), "kind": kind, "by": self.by, "note": note}
        insert(connection, revisions, [row])
        return number

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="seconds")

    # ------------------------------------------------------------ judging

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

    def set_coder(self, coder: str) -> int:
        """From now on make events from this coder's codings, where a report has one (`last`: from the coding that was
        added last). Judgements stay. Returns the revision. Raises NoReading (DL-M009)."""
        with self._unless_failed(), self._writing() as connection:
            readings.check_known(connection, coder)
            revision = self._revision(connection, "coder", coder)
            insert(connection, coders_table, [{"revision": revision, "coder": coder}])
            for batch in readings.to_put_in_force(connection, coder):
                self._put_in_force(connection, revision, handwritten.carried(connection, batch))
                self._note(
                    connection, [Entry(row[2], "put in force", _coder(batch, row[3], row[0])) for row in batch.again]
                )
            return revision

    def set_rules(self, rules: Rules) -> int:
        """Set the consolidation rules, and compute all events again. Returns the revision."""
        with self._writing() as connection:
            revision = self._revision(connection, "rules", "")
            insert(connection, rules_table, [{"revision": revision, "body": as_json(rules.model_dump())}])
            self._settle_all(connection, revision)
            return revision

    def set_weights(self, weights: Weights) -> int:
        """Set the weights of linking, and link everything again. Judgements stay. Returns the revision."""
        with self._unless_failed(), self._writing() as connection:
            revision = self._revision(connection, "weights", "")
            insert(connection, weights_table, [{"revision": revision, "body": as_json(weights.table)}])
            relink(connection, self._facts, weights)
            self._settle_all(connection, revision)
            return revision

    def link_anew(self) -> int:
        """Link everything again, for a ledger with events of an older version. Judgements stay. Returns how many events
        are new, changed or gone."""
        with self._unless_failed(), self._writing() as connection:
            revision = self._revision(connection, "upgrade", "")
            relink(connection, self._facts, weights_of(connection))
            return self._settle_all(connection, revision)

    def remove(self, report: str, reason: str, purge_text: bool = False) -> int:
        """Take a report out (by URI or key): its accounts end, and it is not added again. Returns the revision.

        With `purge_text` its text, its claims, and the past versions of events that quote it are deleted for good.
        Nothing else changes the past. Raises NoSuchReport (DL-L013).
        """
        with self._writing() as connection:
            own = or_(reports.c.key == report, reports.c.uri == report)
            # The report in force; if none is, the newest.
            live = select(codings.c.report).where(codings.c.retired.is_(None))
            query = select(reports.c.num, reports.c.key).where(own)
            row = connection.execute(query.order_by(reports.c.num.in_(live).desc(), reports.c.num.desc())).first()
            if row is None:
                raise NoSuchReport("There is no such report.", where=report)
            revision = self._revision(connection, "remove", reason)
            # A purge deletes the earlier and later versions of the report, too, because their texts are nearly the
            # same.
            line = successions.line_of(connection, row.key) if purge_text else []
            keys = {row.key, *(key for one in line for key in (one["before"], one["after"]) if key)}
            for num, key in connection.execute(
                select(reports.c.num, reports.c.key).where(reports.c.key.in_(keys))
            ).all():
                self._remove(connection, revision, num, key, reason, purge_text)
            return revision

    def _remove(self, connection: Connection, revision: int, num: int, key: str, reason: str, purged: bool) -> None:
        known = connection.execute(select(removals.c.report).where(removals.c.report == key)).first()
        if known is None:
            insert(connection, removals, [{"report": key, "reason": reason, "purged": False, "revision": revision}])
        live = select(codings.c.num).where(codings.c.report == num, codings.c.retired.is_(None))
        gone = adding.retire(connection, revision, connection.execute(live).scalars().all())
        near = part(connection, gone)
        self._settle(connection, revision, near, gone)
        differ(connection, [num])
        if purged:
            purge(connection, num, key)
            successions.forget_words(connection, [key])
            self._facts = Facts()
        self._note(connection, [Entry(key, "purged" if purged else "removed", {"reason": reason})])


def _coder(batch: Batch, coding: Coding, report: int | None = None) -> dict[str, str]:
    """The coder (name and version) of a coding in a batch; `report` is the number of its report."""
    name, version = batch.coder or batch.coders.get(report or 0) or adding.coder_of(coding)
    return {"coder": name, "coder_version": version}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
