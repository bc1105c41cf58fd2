"""Notices: what changed in a saved query is sent to subscribers, each notice once by each way (webhook, mail, Atom)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from dateline.ledger import Change, Ledger
from dateline.ledger.access import PUBLIC
from dateline.model.errors import DatelineError
from dateline.model.event import Event
from dateline.model.words import figure
from dateline.service.params import asked_of
from dateline.service.saved import Saved
from dateline.watch.sending import WAYS
from dateline.watch.settings import NoticeFor, On, Settings
from dateline.watch.state import State

#: Seconds before a notice is sent again (doubled with each failure), the longest such wait, and the most tries.
_AGAIN, _DAY, _TRIES = 60.0, 86_400.0, 30


class Telling:
    """Finds what is new since the last look, and sends waiting notices. The first look sends nothing."""

    def __init__(self, settings: Settings, ledger: Ledger, state: State, now: Callable[[], float]) -> None:
        # Notices leave this machine: they hold no words of reports that are not open to all.
        self._settings, self._ledger, self._state, self._now = settings, ledger.seen_by(PUBLIC), state, now
        for one in settings.notice:
            if not state.meta(_seen(one)):
                state.set_meta(_seen(one), str(ledger.revision()))

    def tell(self) -> list[DatelineError]:
        """Make notices of what changed, and deliver all that wait. Returns the errors."""
        newest = self._ledger.revision()
        for one in self._settings.notice:
            since = int(self._state.meta(_seen(one)))
            if since < newest:
                rows = [(told["id"], way, one.name, json.dumps(told)) for told in self.news(one, since, newest)
                        for way in _ways(one)]  # fmt: skip
                self._state.put(rows, (_seen(one), str(newest)))
        return list(self._deliver())

    def _deliver(self) -> Iterator[DatelineError]:
        notices = {one.name: one for one in self._settings.notice}
        for row in self._state.to_send(self._now()):
            one = notices.get(row["notice"])
            if one is None or row["way"] not in _ways(one) or row["tries"] >= _TRIES:
                continue
            try:
                WAYS[row["way"]](one, json.loads(row["body"]), self._settings, self._state)
                self._state.sent(row["id"], row["way"], self._now())
            except DatelineError as error:
                wait = min(_AGAIN * 2.0 ** int(row["tries"]), _DAY)
                self._state.not_sent(row["id"], row["way"], self._now() + wait, str(error))
                yield error

    # ------------------------------------------------------------ news

    def news(self, one: NoticeFor, since: int, newest: int) -> list[dict[str, Any]]:
        """The notices of a query between two revisions: one for each new or changed event, and one for each event of a
        story that was withdrawn or corrected."""
        query = asked_of(Saved(self._ledger).one(one.saved)["query"] if one.saved else one.query).query()
        found = {event.id: event for event in self._ledger.all_events(query, newest)}
        told = []
        for change in self._ledger.diff(since, newest):
            if change.event in found:
                kinds = [kind for kind in kinds_of(change, found[change.event]) if kind in one.on]
                if kinds:
                    told.append(self._told(one, newest, kinds, found[change.event], figures_revised(change)))
        for fate in self._ledger.fates(since):
            kind: On = "withdrawn" if fate["after"] is None else "corrected"
            if kind in one.on and fate["after"] != fate["before"]:
                told += [
                    self._told(one, fate["num"], [kind], event, fate["uri"])
                    for event in found.values()
                    if fate["uri"] in {account.report_uri for account in event.accounts}
                ]
        return told

    def _told(self, one: NoticeFor, number: int, kinds: list[Any], event: Event, more: str) -> dict[str, Any]:
        key = f"{one.name}\0{number}\0{kinds}\0{event.id}\0{more}"
        when = event.when
        return {
            "schema": "dateline.notice/1",
            "id": hashlib.sha256(key.encode()).hexdigest()[:24],
            "notice": one.name,
            "kinds": kinds,
            "event": event.id,
            "title": event.headline(),
            "days": [when.start, when.end] if when else None,
            "confidence": event.confidence,
            "more": more,
            "reports": sorted({account.report_uri for account in event.accounts}),
            "url": f"{self._settings.home}event/{event.id}",
            "at": self._now(),
        }


def _seen(one: NoticeFor) -> str:
    return f"notice {one.name}"


def _ways(one: NoticeFor) -> list[str]:
    return [way for way in WAYS if getattr(one, way) is not None]


def kinds_of(change: Change, event: Event) -> Iterator[On]:
    """The kinds of news in a change: new, revised, disputed."""
    if change.kind == "new":
        yield "new"
    if figures_revised(change):
        yield "revised"
    before, after = change.fields.get("disagreements", ((), ()))
    if set(after) - set(before) or (change.kind == "new" and event.disagreements):
        yield "disputed"


def figures_revised(change: Change) -> str:
    """The revised figures in words ("killed: 12 -> 14"); empty where there are none."""
    before, after = change.fields.get("counts", ((), ()))
    then = {(count.what, count.party): figure(count) for count in before}
    now = {(count.what, count.party): figure(count) for count in after}
    both = [key for key in now if key in then and then[key] != now[key]]
    return "; ".join(f"{what}: {then[what, party]} -> {now[what, party]}" for what, party in both)
