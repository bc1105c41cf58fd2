"""Stories: the answer of each address becomes a report, a new version of a report, or a rejection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.custody.originals import Originals
from dateline.ledger import Ledger
from dateline.ledger.custody import Origin
from dateline.model import Coding, RejectedReport, Report
from dateline.model.errors import DatelineError
from dateline.service.dialling import Answer
from dateline.watch.asking import DAY, Got, retry_after
from dateline.watch.errors import BadState, Barred, GivenUp
from dateline.watch.feeds import Entry
from dateline.watch.reading import Coder, entry_answer, mark_of, origin_of, report_in
from dateline.watch.settings import Settings, Source
from dateline.watch.state import State

if TYPE_CHECKING:
    from dateline.watch.watcher import Seen

#: How many reports are written together; at how many visits a story must be missing before it counts as withdrawn.
_BATCH, _MISSED = 20, 3
#: Seconds after which a missing story is looked for again.
_LOOK_AGAIN = 3_600.0


@dataclass(frozen=True, slots=True)
class _Ready:
    """A story with a coded report that is not written to the ledger yet."""

    url: str
    coding: Coding
    origin: Origin
    mark: str
    answer: Answer
    now: float
    feed: str | None


class Stories:
    """Turns the answers of addresses into reports and writes them to the ledger."""

    def __init__(
        self, settings: Settings, ledger: Ledger, state: State, code: Coder, seen: Seen, originals: Originals | None
    ) -> None:
        self._polling, self._ledger, self._state = settings.polling, ledger, state
        self._code, self._seen, self._originals = code, seen, originals
        self._ready: list[_Ready] = []

    def held(self) -> set[str]:
        """The addresses of stories that are coded and not yet written."""
        return {one.url for one in self._ready}

    def take(self, got: Got, source: Source, now: float) -> None:
        """Handle the answer of a story's address."""
        answer, url = got.answer, got.job.url
        if got.barred:
            self._seen.said.append(Barred(f"{got.error}.", where=url))
            self._state.set_story(url, state="barred", due=None, error=got.error)
        elif answer is None:
            self._try_again(url, now, 0.0, got.error or "no answer")
        elif answer.status == 304:
            self._returned(url)
            self._same(url, now, got.job.mark)
        elif answer.status in (404, 410):
            self._missing(url, answer.status, now)
        elif answer.status != 200:
            self._try_again(url, now, retry_after(answer, now), f"It answers with {answer.status}.")
        else:
            self._read(url, answer, source, now, got.job.mark)

    def take_entries(self, entries: list[Entry], source: Source, now: float) -> None:
        """Handle the stories of a feed in which the entries themselves are the reports."""
        for one in entries:
            row = self._story(one.url)
            if row["state"] == "waiting" or (row["due"] is not None and row["due"] <= now):
                self._read(one.url, entry_answer(one.url, one.text or "", one.title), source, now, one.mark)

    def _read(self, url: str, answer: Answer, source: Source, now: float, feed: str | None) -> None:
        """Read a story's answer and code its report, if it is new. `feed`: the mark that the feed gave the story when
        it was asked for; None where no feed names it."""
        row = self._story(url)
        report = report_in(answer, source, row["day"], row["title"])
        if isinstance(report, RejectedReport):
            self._rejected(url, report, now, feed)
            return
        self._returned(url)
        if row["text"] == mark_of(report):
            self._same(url, now, feed, answer)
            return
        if any(one.coding.report.uri == report.uri for one in self._ready):
            self.add()
        self._coded(url, report, answer, source, now, feed)

    def _coded(self, url: str, report: Report, answer: Answer, source: Source, now: float, feed: str | None) -> None:
        found = self._code(report)
        if isinstance(found, RejectedReport):
            self._rejected(url, found, now, feed)
            return
        origin = origin_of(answer, source, now, self._originals)
        self._ready.append(_Ready(url, found, origin, mark_of(report), answer, now, feed))

    # ------------------------------------------------------------ writing

    def add(self, only_if_many: bool = False) -> None:
        """Write the coded stories into the ledger, then note in the state that they are there."""
        if not self._ready or (only_if_many and len(self._ready) < _BATCH):
            return
        ready, fresh = self._ready, []
        for one in ready:
            before = self._ledger.at_address(one.coding.report.uri)
            if before:
                self._revise(before, one)
            elif before is None:
                fresh.append(one)
            else:
                self._seen.known += 1  # A person removed this report; a new version of it is not added.
        origins = {one.coding.report.uri: one.origin for one in fresh}
        added = self._ledger.add([one.coding for one in fresh], "watch", origins=lambda report: origins.get(report.uri))
        self._seen.new += added.new
        self._seen.known += added.known + added.removed
        self._seen.rejected += added.unstorable
        for one in ready:
            self._done(one)
        self._ready = []

    def _revise(self, before: str, one: _Ready) -> None:
        added = self._ledger.revise(before, one.coding, "at its address", one.origin)
        self._seen.corrected += added.new + added.again
        self._seen.known += added.known + added.removed

    def _done(self, one: _Ready) -> None:
        row, answer = self._story(one.url), one.answer
        self._state.set_story(
            one.url, state="done", tries=0, visits=int(row["visits"]) + 1, missing=0, error=None,
            due=self._next(row, one.now, one.feed), etag=answer.header("etag"),
            modified=answer.header("last-modified"), text=one.mark, uri=one.coding.report.uri,
        )  # fmt: skip

    def _same(self, url: str, now: float, feed: str | None, answer: Answer | None = None) -> None:
        row = self._story(url)
        due = self._next(row, now, feed)
        self._state.set_story(url, state="done", tries=0, visits=int(row["visits"]) + 1, missing=0, due=due)
        if answer is not None:
            self._state.set_story(url, etag=answer.header("etag"), modified=answer.header("last-modified"))

    def _next(self, row: Any, now: float, feed: str | None) -> float | None:
        """When a story is looked at again, to see whether it was corrected; None for never again. It is looked at again
        at once if its feed marked it as changed while it was being read: the text that came may be the old one."""
        if feed is not None and row["mark"] != feed:
            return now
        waits, visits = self._polling.revisit, int(row["visits"])
        return now + waits[visits] if visits < len(waits) else None

    def _story(self, url: str) -> Any:
        row = self._state.story(url)
        if row is None:
            raise BadState("A story is not in it any more.", where=url)
        return row

    # ------------------------------------------------------------ what goes wrong

    def _missing(self, url: str, status: int, now: float) -> None:
        """Note that a story is missing. It counts as withdrawn at once with status 410, else after three visits."""
        row = self._story(url)
        if row["uri"] is None:
            self._try_again(url, now, 0.0, f"It answers with {status}.")
            return
        missing = max(int(row["missing"]), _MISSED - 1 if status == 410 else 0) + 1
        if missing == _MISSED and self._ledger.at_address(row["uri"]):
            self._ledger.gone_from_source(row["uri"], f"It answers with {status}.")
            self._seen.gone += 1
        due = now + (_LOOK_AGAIN if missing < _MISSED else DAY) if missing < _MISSED + 7 else None
        self._state.set_story(url, missing=missing, due=due, state="gone" if missing >= _MISSED else "done")

    def _returned(self, url: str) -> None:
        """Note in the ledger that a withdrawn story answers again."""
        row = self._story(url)
        if row["missing"] >= _MISSED and row["uri"]:
            self._back(url, row["uri"])

    def _back(self, url: str, uri: str) -> None:
        self._state.set_story(url, missing=0)
        if self._ledger.at_address(uri):
            self._ledger.back_at_source(uri)
            self._seen.back += 1

    def _try_again(self, url: str, now: float, asked: float, error: str) -> None:
        row = self._story(url)
        tries = int(row["tries"]) + 1
        if tries >= self._polling.tries:
            self._seen.given_up += row["uri"] is None
            self._tell(GivenUp(f"It was tried {tries} times: {error}", where=url))
            state = "failed" if row["uri"] is None else row["state"]
            self._state.set_story(url, tries=tries, due=None, state=state, error=error)
            return
        wait = max(asked, min(self._polling.retry * 2.0 ** (tries - 1), DAY))
        self._state.set_story(url, tries=tries, due=now + wait, error=error)

    def _rejected(self, url: str, why: RejectedReport, now: float, feed: str | None) -> None:
        """Note a rejection. The story is looked at again as often as others: the page may be complete later."""
        self._seen.rejected += 1
        self._tell(why)
        row = self._story(url)
        state, due = "rejected" if row["uri"] is None else row["state"], self._next(row, now, feed)
        self._state.set_story(url, state=state, visits=int(row["visits"]) + 1, due=due, error=str(why))

    def _tell(self, error: DatelineError) -> None:
        self._seen.said.append(error)
