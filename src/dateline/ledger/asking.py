"""Questions to a ledger: events, one event, reports, what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, or_, select

from dateline.ledger import history, queries
from dateline.ledger.access import ALL as ALL_WORDS
from dateline.ledger.access import (
    Right,
    SealedReport,
    address_of,
    changed_since,
    hidden_from,
    without_choices,
    without_words,
)
from dateline.ledger.custody import entries_of, purged_originals, purged_since
from dateline.ledger.differing import Waiting, differences_of, waiting
from dateline.ledger.digests import said_of
from dateline.ledger.errors import DoubtfulEvent, NoSuchEvent, NoSuchReport, NoSuchRevision
from dateline.ledger.events import as_coded
from dateline.ledger.facts import Facts
from dateline.ledger.history import Change
from dateline.ledger.inferred import inferred
from dateline.ledger.queries import Found, Page, Query
from dateline.ledger.readings import chosen_coder, label_of, readings_of
from dateline.ledger.refitting import Refitted, refit
from dateline.ledger.reviewing import STATES
from dateline.ledger.rows import chunks, coding_of
from dateline.ledger.sealed_names import sought
from dateline.ledger.store import Store, newest
from dateline.ledger.successions import line_of
from dateline.ledger.tables import (
    accounts,
    codings,
    judged,
    judgements,
    members,
    pairs,
    reports,
    revisions,
    successions,
    versions,
)
from dateline.ledger.tables import rules as rules_table
from dateline.ledger.tables import weights as weights_table
from dateline.ledger.totals import held, totals_at, with_whole, with_wholes
from dateline.ledger.understood import Counting, Understood, understood
from dateline.ledger.views import View, all_views, mentions, views_on
from dateline.linking.rules import Rules, default_rules
from dateline.linking.weights import Weights, as_kept, default_weights
from dateline.model import Coding
from dateline.model.event import Event
from dateline.model.later import later
from dateline.version import CODER, VERSION

#: Codings that are read at once.
_BATCH = 100
#: The fewest characters of the beginning of an event's id ("e-9"); and how many ids an error message lists if several
#: begin alike.
_BEGINNING, _NAMED = 3, 5
#: All events but the rejected ones.
ALL = Query()


class Asking:
    """The questions. Each question sees one consistent state of the ledger."""

    store: Store
    #: What the user of this object may read.
    right: Right = ALL_WORDS

    def hidden(self) -> frozenset[str]:
        """The reports (by key) with words that the user may not read."""
        if self.right.level == "sealed":
            return frozenset()
        with self.store.reading() as connection:
            return hidden_from(connection, self.right)

    def _shown(self, connection: Connection, events: Iterable[Event]) -> list[Event]:
        """Events without the words that the user may not read."""
        return without_words(connection, events, hidden_from(connection, self.right))

    def _sought(self, connection: Connection, query: Query, as_of: int | None) -> Query:
        """The query, limited so that it does not search words and names that the user may not read."""
        return sought(connection, query, as_of, hidden_from(connection, self.right))

    def revision(self) -> int:
        """The number of the newest revision; 0 in an empty ledger."""
        with self.store.reading() as connection:
            return newest(connection)

    def events(self, query: Query = ALL, as_of: int | None = None, limit: int = 100, after: str | None = None) -> Page:
        """A page of events. Raises BadQuery (DL-L014), NoSuchRevision (DL-L008)."""
        with self._reading(as_of) as connection:
            found = queries.page(connection, self._sought(connection, query, as_of), as_of, limit, after)
            events = self._shown(connection, with_wholes(connection, found.events, queries.at(as_of)))
        return Page(events, found.next, lambda key: self.coded(key, as_of))

    def to_frame(self, query: Query = ALL, level: str = "event", **how: Any) -> Any:
        """All events of a query as a pandas.DataFrame. `level` is what a row is: an `event`, or an `account` or `claim`
        of the events.

        `how` may be `as_of`, `names` and `columns`.
        Raises NotInstalled (DL-E010), BadEdition (DL-P001), BadQuery (DL-L014).
        """
        return later("frame_of")(later("table_of")(self, query, level, **how))

    def to_arrow(self, query: Query = ALL, level: str = "event", **how: Any) -> Any:
        """The same as a pyarrow.Table."""
        return later("arrow_of")(later("table_of")(self, query, level, **how))

    def to_geopandas(self, query: Query = ALL, level: str = "event", **how: Any) -> Any:
        """The same as a geopandas.GeoDataFrame."""
        return later("geo_of")(later("table_of")(self, query, level, **how))

    def all_events(self, query: Query = ALL, as_of: int | None = None) -> Iterator[Event]:
        """All events that a query asks for, one after the other, of one state of the ledger."""
        with self._reading(as_of, once=True) as connection:
            if as_of == newest(connection):
                as_of = None  # The same answer, and faster: the indexes are of the events in force now.
            totals = totals_at(connection, queries.at(as_of))
            hidden = hidden_from(connection, self.right)
            for event in queries.stream(connection, self._sought(connection, query, as_of), as_of):
                yield without_words(connection, [with_whole(event, totals)], hidden)[0]

    def count(self, query: Query = ALL, as_of: int | None = None) -> int:
        """How many events a query asks for."""
        with self._reading(as_of) as connection:
            return queries.count(connection, self._sought(connection, query, as_of), as_of)

    def understood(self, query: Query, as_of: int | None = None, counting: Counting | None = None) -> list[Understood]:
        """How the places and actors of a query were understood, and what else they could mean. `counting` counts events
        in memory, if given."""
        if not query.places and not query.actors:
            return []
        with self._reading(as_of) as connection:
            return understood(connection, query, as_of, hidden_from(connection, self.right), counting)

    def standing(self, as_of: int | None = None) -> Iterator[tuple[int, Event]]:
        """Number and event of each version in force, those of rejected events too, in order of the numbers."""
        with self._reading(as_of) as connection:
            hidden = hidden_from(connection, self.right)
            for num, event in queries.versions_where(connection, queries.at(as_of)):
                yield num, without_words(connection, [event], hidden)[0]

    def changes(self, one: int, two: int) -> tuple[set[int], list[tuple[int, Event]]]:
        """The changes from one revision to a later one: the numbers of versions that ended, and the new versions."""
        with self._reading(one, two) as connection:
            gone, fresh = queries.changed(connection, one, two)
            shown = self._shown(connection, [event for _, event in fresh])
            return gone, [(num, event) for (num, _), event in zip(fresh, shown, strict=True)]

    def versions(self, nums: list[int]) -> list[Event]:
        """The events of versions by number, in that order, as they were written: `part_of` is set only where a report
        says so, not where a total holds an event by days and places."""
        with self.store.reading() as connection:
            return self._shown(connection, queries.events_of(connection, nums))

    def inferred(self, events: Sequence[Event]) -> list[list[str]]:
        """For each event, the fields (`when`, `where`, roles of actors) that no report states: their values are taken
        over from other sentences."""
        with self.store.reading() as connection:
            return inferred(connection, events)

    def saying(self, words: str, as_of: int | None = None) -> set[int]:
        """The numbers of versions that have an account with all of these words in its sentences."""
        with self._reading(as_of) as connection:
            return queries.numbers(connection, self._sought(connection, Query(text=words, review=STATES), as_of), as_of)

    def event(self, event: str, as_of: int | None = None) -> Found:
        """An event, by its id or an older id that leads to it. Raises NoSuchEvent (DL-L007), NoSuchRevision
        (DL-L008)."""
        with self._reading(as_of) as connection:
            found = event_of(connection, event, as_of)
            whole = with_wholes(connection, [found.event], queries.at(as_of))
            return replace(found, event=self._shown(connection, whole)[0])

    def held(self, event: str, as_of: int | None = None) -> list[str]:
        """The ids of the events that a total holds, the earliest first; none where the event is no total."""
        with self._reading(as_of) as connection:
            found = event_of(connection, event, as_of)
            return held(connection, found.num, found.event, queries.at(as_of))

    def report(self, key: str, as_of: int | None = None) -> Coding:
        """A report with its last coding (at that revision). Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return coding_of(row, row["body"])

    def coder(self, key: str, as_of: int | None = None) -> tuple[str, str]:
        """Name and version of the coder that `report` gives the coding of. Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return row["coder"], row["version"]

    def coded(self, key: str, as_of: int | None = None) -> tuple[Coding, str]:
        """The coding that `report` gives, and its coder's name and version. Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return coding_of(row, row["body"]), f"{row['coder']} {row['version']}"

    def coded_all(self, keys: Iterable[str], as_of: int | None = None) -> dict[str, tuple[Coding, str]]:
        """What `coded` gives, for several reports (by key), in few database queries. Reports that the user may not read
        are left out. Raises NoSuchReport (DL-L013)."""
        wanted = sorted(set(keys))
        query = select(codings.c.body, codings.c.coder, codings.c.version, reports).join_from(codings, reports)
        query = query if as_of is None else query.where(codings.c.revision <= as_of)
        rows: dict[str, RowMapping] = {}
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            for some in chunks(wanted, _BATCH):
                # A report that was coded twice comes twice: the later coding is the one that counts.
                own = query.where(reports.c.key.in_(some)).order_by(codings.c.num)
                rows |= {row["key"]: row for row in connection.execute(own).mappings()}
        if lost := next((key for key in wanted if key not in rows), None):
            raise NoSuchReport("There is no such report.", where=lost)
        return {
            key: (coding_of(row, row["body"]), f"{row['coder']} {row['version']}")
            for key, row in rows.items()
            if key not in hidden
        }

    def _coded(self, key: str, as_of: int | None) -> RowMapping:
        query = (
            select(codings.c.body, codings.c.coder, codings.c.version, reports)
            .join_from(codings, reports)
            .where(or_(reports.c.key == key, reports.c.uri == key))
            .order_by(codings.c.num.desc())
        )
        if as_of is not None:
            query = query.where(codings.c.revision <= as_of)
        with self.store.reading() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
            hidden = hidden_from(connection, self.right)
        # A user who may not read a report must not learn whether a guessed address is its address.
        if row is None or (row["key"] in hidden and key != row["key"]):
            raise NoSuchReport("There is no such report.", where=key)
        if row["key"] in hidden:
            raise SealedReport("Its words are hidden from whoever asks.", where=address_of(row["key"]))
        return row

    def readings(self, report: str) -> list[dict[str, Any]]:
        """What each coder read in a report (by key or URI): coder, version, whether it is in force, and the coding as
        the coder made it. The coder in force comes first. Raises NoSuchReport (DL-L013), SealedReport (DL-L023)."""
        row = self._coded(report, None)
        with self.store.reading() as connection:
            found = readings_of(connection, [row["num"]])[row["num"]]
        own = label_of(row["coder"])
        told = [
            {"coder": one.label, "version": one.coder[1], "in_force": one.label == own, "coding": one.coding}
            for one in found.values()
        ]
        return sorted(told, key=lambda one: not one["in_force"])

    def chosen_coder(self, as_of: int | None = None) -> str:
        """The coder that events are made from, where a report has a coding of this coder; `last`: the coding that was
        added last."""
        with self._reading(as_of) as connection:
            return chosen_coder(connection, as_of)

    def waiting(self, limit: int = 100) -> tuple[int, list[Waiting]]:
        """Differences between coders of one report that nobody has settled: how many, and their reports, those of the
        most doubtful events first. Reports that the user may not read are left out."""
        with self.store.reading() as connection:
            return waiting(connection, limit, hidden_from(connection, self.right))

    def differences(self, event: str) -> list[Waiting]:
        """Differences between coders on an event's reports. Reports that the user may not read are left out. Raises
        NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            found, hidden = event_of(connection, event), hidden_from(connection, self.right)
            own = [account.key for account in found.event.accounts if account.report not in hidden]
            return differences_of(connection, own, found.event.id)

    def sources(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """The metadata of reports, in order of their keys: key, uri, title, publisher, language, publication (as in
        RECORD.md, or null), and the links of their accounts in the last coding (at that revision)."""
        columns = [reports.c[name] for name in ("key", "uri", "title", "publisher", "lang")]
        with self._reading(as_of) as connection:
            hidden = hidden_from(connection, self.right)
            for some in chunks(sorted(set(keys)), _BATCH):
                query = select(codings.c.body, *columns).join_from(codings, reports).where(reports.c.key.in_(some))
                if as_of is not None:
                    query = query.where(codings.c.revision <= as_of)
                # A report that was coded twice comes twice: the later coding is the one that counts.
                rows = {row["key"]: row for row in connection.execute(query.order_by(codings.c.num)).mappings()}
                for key in sorted(rows):
                    row = dict(rows[key])
                    if key in hidden:
                        row |= {"uri": address_of(key), "title": None, "publisher": None}
                    body = json.loads(row.pop("body"))
                    yield {**row, "published": body["report"]["published"], "links": body["links"]}

    def brought_in(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """For each report that may be read, in order of the keys: its key, URI and text, the revision that added it,
        when and by whom; then each coding of it (up to `as_of`), with its revision and coder."""
        added, coded = revisions.alias("added"), revisions.alias("coded")
        columns = (
            reports.c.key, reports.c.uri, reports.c.text, reports.c.source, added.c.number.label("revision"),
            added.c.at, added.c.by, codings.c.coder, codings.c.version, coded.c.number.label("coded"),
            coded.c.at.label("coded_at"),
        )  # fmt: skip
        joined = (
            select(*columns)
            .select_from(reports)
            .join(codings, codings.c.report == reports.c.num)
            .join(added, added.c.number == reports.c.revision)
            .join(coded, coded.c.number == codings.c.revision)
        )
        if as_of is not None:
            joined = joined.where(codings.c.revision <= as_of)
        with self._reading(as_of) as connection:
            for some in chunks(sorted(set(keys) - hidden_from(connection, self.right)), _BATCH):
                query = joined.where(reports.c.key.in_(some)).order_by(reports.c.key, codings.c.num)
                yield from (dict(row) for row in connection.execute(query).mappings())

    def comments_on(self, accounts_told: Iterable[str], as_of: int | None = None) -> list[dict[str, Any]]:
        """Comments in force (at that revision) on accounts (by key), the oldest first: number, by, at, reason,
        account."""
        j = judgements.c
        query = (
            select(j.num, j.by, j.at, j.reason, judged.c.account)
            .join_from(judgements, judged, judged.c.judgement == j.num)
            .where(j.kind == "comment")
            .order_by(j.num, judged.c.account)
        )
        if as_of is None:
            query = query.where(j.withdrawn.is_(None))
        else:
            query = query.where(j.revision <= as_of, or_(j.withdrawn.is_(None), j.withdrawn > as_of))
        with self._reading(as_of) as connection:
            return [
                dict(row)
                for some in chunks(accounts_told)
                for row in connection.execute(query.where(judged.c.account.in_(some))).mappings()
            ]

    def files(self, as_of: int | None = None) -> list[str]:
        """The URIs of all reports that are absolute paths of files."""
        query = select(reports.c.uri).where(reports.c.uri.startswith("/"))
        with self._reading(as_of) as connection:
            last = newest(connection) if as_of is None else as_of
            return list(connection.execute(query.where(reports.c.revision <= last)).scalars())

    def written_at(self, events: Sequence[str]) -> dict[str, str]:
        """Event -> when it was last written, for events in force (by id)."""
        query = select(versions.c.event, revisions.c.at).join_from(
            versions, revisions, versions.c.revision == revisions.c.number
        )
        with self.store.reading() as connection:
            rows = connection.execute(query.where(versions.c.event.in_(events), versions.c.ended.is_(None)))
            return {row.event: row.at for row in rows}

    def near(self, event: str) -> list[tuple[str, float]]:
        """Other events with an account that, paired with one of this event, has log-odds above 0: ids, and the highest
        log-odds of such a pair."""
        with self.store.reading() as connection:
            found = event_of(connection, event, None)
            own = list(connection.execute(select(members.c.account).where(members.c.version == found.num)).scalars())
            rows = connection.execute(
                select(pairs.c.a, pairs.c.b, pairs.c.weight).where(
                    or_(pairs.c.a.in_(own), pairs.c.b.in_(own)), pairs.c.weight > 0
                )
            ).all()
            weights: dict[int, float] = {}
            for a, b, weight in rows:
                other = b if a in own else a
                if other not in own:
                    weights[other] = max(weight, weights.get(other, 0.0))
            return _by_event(connection, weights)

    def case(self, event: str, as_of: int | None = None) -> list[Event]:
        """The other events of an event's case, in order of day, undated ones last. Raises NoSuchEvent (DL-L007),
        NoSuchRevision (DL-L008)."""
        with self._reading(as_of) as connection:
            own = event_of(connection, event, as_of).event
            if own.case is None:
                return []
            stages = queries.stream(connection, Query(case=own.case, order="oldest"), as_of)
            return self._shown(connection, [stage for stage in stages if stage.id != own.id])

    def stored(self, other_versions: bool = True) -> Iterator[Coding]:
        """The codings in force, in order of their reports. With `other_versions` only those that the rules of another
        version of dateline made; codings of a language model are left out, because the rules do not replace them."""
        query = select(codings.c.num).where(codings.c.retired.is_(None)).order_by(codings.c.report)
        if other_versions:
            own = or_(codings.c.coder != CODER, codings.c.version != VERSION)
            query = query.where(own, codings.c.coder.not_like(f"{CODER} %"))
        with self.store.reading() as connection:
            nums = list(connection.execute(query).scalars())
        for some in chunks(nums, _BATCH):
            with self.store.reading() as connection:
                rows = select(codings.c.body, reports).join_from(codings, reports).where(codings.c.num.in_(some))
                found = [
                    coding_of(row, row["body"]) for row in connection.execute(rows.order_by(reports.c.num)).mappings()
                ]
            yield from found

    def diff(self, one: int, two: int) -> list[Change]:
        """The changes from one revision to another, event by event. Raises NoSuchRevision (DL-L008)."""
        with self._reading(one, two) as connection:
            hidden = hidden_from(connection, self.right)
            return list(history.diff(connection, one, two, lambda e: without_words(connection, [e], hidden)[0]))

    def history(self, event: str) -> list[dict[str, Any]]:
        """The versions of an event, the oldest first. Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            found = event_of(connection, event, None)
            return history.history(connection, found.event.id)

    def judgements(self, event: str) -> list[dict[str, Any]]:
        """All judgements on an event's accounts, withdrawn ones too. Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            rows = history.judgements_of(connection, keys_of(event_of(connection, event, None)))
            return without_choices(connection, rows, hidden_from(connection, self.right))

    def as_coded(self, event: str) -> Event:
        """An event as if nobody had judged its values. Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            found = event_of(connection, event)
            query = select(members.c.account).where(members.c.version == found.num).order_by(members.c.account)
            nums = list(connection.execute(query).scalars())
            coded = as_coded(connection, Facts(), nums, (rules_of(connection), weights_of(connection)))
            return self._shown(connection, [replace(coded, case=found.event.case)])[0]

    def custody(self, report: str) -> list[dict[str, Any]]:
        """The custody log of a report (by key or URI: of all its versions), in the order in which it was written.
        Raises NoSuchReport (DL-L013), SealedReport (DL-L023)."""
        with self.store.reading() as connection:
            query = select(reports.c.key).where(or_(reports.c.key == report, reports.c.uri == report))
            keys = connection.execute(query).scalars().all()
            hidden = hidden_from(connection, self.right)
            if not keys or (hidden & set(keys) and report not in keys):
                raise NoSuchReport("There is no such report.", where=report)
            if hidden & set(keys):
                raise SealedReport("Its log is hidden from whoever asks.", where=report)
            return sorted(entries_of(connection, keys), key=lambda entry: entry["num"])

    def purged_originals(self, revision: int) -> dict[str, bool]:
        """Name -> whether another report, not purged, has the same bytes; for the original bytes of all reports that
        were purged in a revision."""
        with self.store.reading() as connection:
            return purged_originals(connection, revision)

    def purged_since(self, revision: int) -> list[str]:
        """The reports (by key) that were purged after a revision."""
        with self.store.reading() as connection:
            return purged_since(connection, revision)

    def access_since(self, revision: int) -> dict[int, list[str]]:
        """The revisions after this one in which access was set; with each, the reports (by key)."""
        with self.store.reading() as connection:
            return changed_since(connection, revision)

    def lives(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """The custody logs of reports (by key), report by report: everything that changed them (up to `as_of`)."""
        with self._reading(as_of) as connection:
            yield from entries_of(connection, set(keys) - hidden_from(connection, self.right), "life", as_of)

    def at_address(self, uri: str) -> str | None:
        """The key of the report in force among those from an address; "" where all were taken out; None where there is
        none."""
        query = select(reports.c.key, codings.c.num).join_from(
            reports, codings, (codings.c.report == reports.c.num) & codings.c.retired.is_(None), isouter=True
        )
        with self.store.reading() as connection:
            found = connection.execute(query.where(reports.c.uri == uri).order_by(codings.c.num)).all()
        live = [row.key for row in found if row.num is not None]
        return live[-1] if live else "" if found else None

    def fate(self, report: str) -> list[dict[str, Any]]:
        """What happened to a report (by key), and to the versions before and after it, at its source: corrected, gone,
        back. The oldest comes first."""
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            return [row for row in line_of(connection, report) if not hidden & {row["before"], row["after"]}]

    def fates(self, since: int, asked: Query | None = None) -> list[dict[str, Any]]:
        """What happened to stories at their sources after a revision, the oldest first. With `asked`, only stories that
        told of an event of this query, before or after the change, or that tell of one now."""
        query = select(*said_of(successions)).where(successions.c.revision > since).order_by(successions.c.num)
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            rows = [dict(row) for row in connection.execute(query).mappings()]
            shown = [row for row in rows if not hidden & {row["before"], row["after"]}]
            return [row for row in shown if asked is None or self._is_told(connection, row, asked)]

    def _is_told(self, connection: Connection, row: dict[str, Any], asked: Query) -> bool:
        """Did a story tell of an event of the query before or after its change, or does it now?"""
        keys = [key for key in (row["before"], row["after"]) if key is not None]
        return any(
            queries.is_told(connection, self._sought(connection, asked, as_of), as_of, keys)
            for as_of in (None, row["revision"], row["revision"] - 1)
        )

    def views(self, event: str) -> list[View]:
        """Each person's view of an event (views.py). Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            return views_on(connection, keys_of(event_of(connection, event)))

    def all_views(self) -> dict[str, list[View]]:
        """Event -> the views of people, for all events that somebody has judged."""
        with self.store.reading() as connection:
            return all_views(connection)

    def comments(self, mentioning: str) -> list[dict[str, Any]]:
        """Comments that mention somebody (@name), the newest first."""
        query = select(*said_of(judgements)).where(judgements.c.kind == "comment", judgements.c.withdrawn.is_(None))
        with self.store.reading() as connection:
            rows = connection.execute(query.order_by(judgements.c.num.desc())).mappings()
            return [dict(row) for row in rows if mentioning in mentions(row["reason"])]

    def info(self) -> dict[str, Any]:
        """Where the ledger is, its newest revision, and how much it holds."""
        with self.store.reading() as connection:
            live = {
                "reports": select(func.count()).select_from(codings).where(codings.c.retired.is_(None)),
                "accounts": select(func.count()).select_from(accounts).where(accounts.c.retired.is_(None)),
                "events": select(func.count()).select_from(versions).where(versions.c.ended.is_(None)),
            }
            numbers = {name: connection.execute(query).scalar_one() for name, query in live.items()}
            return {"ledger": self.store.name, "revision": newest(connection), **numbers}

    def revisions(self, start: int | None = None, limit: int = 50) -> list[dict[str, Any]]:
        """Revisions, the newest first: number, time, kind, by whom, note. With `start`, from this number downwards."""
        query = select(*said_of(revisions)).order_by(revisions.c.number.desc()).limit(limit)
        if start is not None:
            query = query.where(revisions.c.number <= start)
        with self.store.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def rules(self, as_of: int | None = None) -> Rules:
        """The consolidation rules in force (at that revision)."""
        with self._reading(as_of) as connection:
            return rules_of(connection, as_of)

    def weights(self) -> Weights:
        """The weights of linking in force."""
        with self.store.reading() as connection:
            return weights_of(connection)

    def refitted(self) -> Refitted:
        """Weights of linking fitted to the judgements; they are not put in force. Raises TooFewJudgements (DL-L015)."""
        with self.store.reading() as connection:
            return refit(connection, Facts(), weights_of(connection))

    @contextmanager
    def _reading(self, *as_of: int | None, once: bool = False) -> Iterator[Connection]:
        """A connection, after a check that the revisions asked for exist. `once`: all is read once, from end to end."""
        with self.store.reading(once) as connection:
            last = newest(connection)
            for revision in as_of:
                if revision is not None and not 0 <= revision <= last:
                    raise NoSuchRevision(f"The newest revision is {last}.", where=str(revision))
            yield connection


def event_of(connection: Connection, event: str, as_of: int | None = None) -> Found:
    """An event, by its id, by an older id that leads to it, or by the beginning of its id if no other id begins so.

    Raises NoSuchEvent (DL-L007), DoubtfulEvent (DL-L020).
    """
    found = queries.event_at(connection, event, as_of) or _beginning(connection, event, as_of)
    if found is None:
        raise NoSuchEvent("There is no such event.", where=event)
    return found


def _beginning(connection: Connection, start: str, as_of: int | None) -> Found | None:
    """The one event with an id that begins so; None where there is none. Raises DoubtfulEvent (DL-L020)."""
    if len(start) < _BEGINNING:
        return None
    own = queries.at(as_of)
    query = select(versions.c.event).where(versions.c.event.startswith(start, autoescape=True), own)
    ids = list(connection.execute(query.distinct().order_by(versions.c.event).limit(_NAMED + 1)).scalars())
    if len(ids) > 1:
        more = " and more" if len(ids) > _NAMED else ""
        raise DoubtfulEvent(f"Several ids begin so: {', '.join(ids[:_NAMED])}{more}.", where=start)
    return queries.event_at(connection, ids[0], as_of) if ids else None


def keys_of(found: Found) -> list[str]:
    """The keys of an event's accounts, in the order in which they came."""
    return [account.key for account in found.event.accounts]


def _in_force(connection: Connection, table: Table, as_of: int | None = None) -> str | None:
    """What was last put in force (up to `as_of`), as JSON; None where the default is in force."""
    query = select(table.c.body).order_by(table.c.revision.desc()).limit(1)
    if as_of is not None:
        query = query.where(table.c.revision <= as_of)
    body: str | None = connection.execute(query).scalar()
    return body


def rules_of(connection: Connection, as_of: int | None = None) -> Rules:
    """The consolidation rules in force (at that revision)."""
    body = _in_force(connection, rules_table, as_of)
    return default_rules() if body is None else Rules.model_validate(json.loads(body))


def weights_of(connection: Connection) -> Weights:
    """The weights of linking in force."""
    body = _in_force(connection, weights_table)
    return default_weights() if body is None else _weights(body)


@lru_cache(maxsize=4)
def _weights(body: str) -> Weights:
    return as_kept(json.loads(body))


def _by_event(connection: Connection, weights: dict[int, float]) -> list[tuple[str, float]]:
    """The events that hold accounts, each with the highest weight of its accounts, the highest first."""
    found: dict[str, float] = {}
    for some in chunks(sorted(weights)):
        query = select(members.c.account, versions.c.event).join_from(members, versions)
        rows = connection.execute(query.where(members.c.account.in_(some), versions.c.ended.is_(None)))
        for account, event in rows:
            found[event] = max(weights[account], found.get(event, 0.0))
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))
