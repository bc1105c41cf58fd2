"""Questions about events: pages of them, one, its neighbours, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, or_, select

from dateline.ledger import conditions, history, queries
from dateline.ledger.access import hidden_from, without_words
from dateline.ledger.asking.finding import event_of
from dateline.ledger.asking.in_force import rules_of, weights_of
from dateline.ledger.asking.reports import AskingReports
from dateline.ledger.facts import Facts
from dateline.ledger.grouped import as_coded
from dateline.ledger.history import Change
from dateline.ledger.inferred import inferred
from dateline.ledger.queries import Found, Page
from dateline.ledger.query import Query
from dateline.ledger.reviewing import STATES
from dateline.ledger.rows import chunks
from dateline.ledger.store import newest
from dateline.ledger.tables import members, pairs, revisions, versions
from dateline.ledger.totals import held, totals_at, with_whole, with_wholes
from dateline.ledger.understood import Counting, Understood, understood
from dateline.model.event import Event
from dateline.model.later import later

#: All events but the rejected ones.
ALL = Query()


class AskingEvents(AskingReports):
    """Which events there are, what one is, and what became of it."""

    def events(self, query: Query = ALL, as_of: int | None = None, limit: int = 100, after: str | None = None) -> Page:
        """A page of events. Raises BadQuery (DL-L014), NoSuchRevision (DL-L008)."""
        with self._reading(as_of) as connection:
            found = queries.page(connection, self._sought(connection, query, as_of), as_of, limit, after)
            events = self._shown(connection, with_wholes(connection, found.events, conditions.at(as_of)))
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
            totals = totals_at(connection, conditions.at(as_of))
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
            for num, event in queries.versions_where(connection, conditions.at(as_of)):
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
            whole = with_wholes(connection, [found.event], conditions.at(as_of))
            return replace(found, event=self._shown(connection, whole)[0])

    def held(self, event: str, as_of: int | None = None) -> list[str]:
        """The ids of the events that a total holds, the earliest first; none where the event is no total."""
        with self._reading(as_of) as connection:
            found = event_of(connection, event, as_of)
            return held(connection, found.num, found.event, conditions.at(as_of))

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

    def as_coded(self, event: str) -> Event:
        """An event as if nobody had judged its values. Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            found = event_of(connection, event)
            query = select(members.c.account).where(members.c.version == found.num).order_by(members.c.account)
            nums = list(connection.execute(query).scalars())
            coded = as_coded(connection, Facts(), nums, (rules_of(connection), weights_of(connection)))
            return self._shown(connection, [replace(coded, case=found.event.case)])[0]


def _by_event(connection: Connection, weights: dict[int, float]) -> list[tuple[str, float]]:
    """The events that hold accounts, each with the highest weight of its accounts, the highest first."""
    found: dict[str, float] = {}
    for some in chunks(sorted(weights)):
        query = select(members.c.account, versions.c.event).join_from(members, versions)
        rows = connection.execute(query.where(members.c.account.in_(some), versions.c.ended.is_(None)))
        for account, event in rows:
            found[event] = max(weights[account], found.get(event, 0.0))
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))
