"""The watch: fetch the sources and stories that are due, code and add what came, and keep the state."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.custody.originals import Originals
from dateline.ledger import Ledger
from dateline.model.errors import DatelineError
from dateline.service.dialling import Answer
from dateline.watch.asking import DAY, Asker, Got, retry_after
from dateline.watch.errors import Barred, FeedFails, FeedGone, NoFeed
from dateline.watch.feeds import Entry, entries_in, links_in
from dateline.watch.reading import Coder
from dateline.watch.settings import Page, Settings, Source
from dateline.watch.state import Job, State
from dateline.watch.stories import Stories

#: The most stories that are looked up at once; seconds between two looks at what is due; seconds by which the clock may
#: go back without effect.
_MOST, _LOOK, _BACK = 500, 0.5, 60.0
#: The longest wait after failures, in seconds.
_LONGEST = DAY


@dataclass(slots=True)
class Seen:
    """Counts of what a watch did: sources asked, without news, failed; stories found, new, corrected, gone from their
    source, back at it, known already, rejected, given up. `said`: the errors."""

    polled: int = 0
    unchanged: int = 0
    failed: int = 0
    found: int = 0
    new: int = 0
    corrected: int = 0
    gone: int = 0
    back: int = 0
    known: int = 0
    rejected: int = 0
    given_up: int = 0
    said: list[DatelineError] = field(default_factory=list)


class Watcher:
    """Watches the sources of a settings file. `clock` gives the time, `code` codes a report (or rejects it). Counts and
    errors are in `seen`."""

    def __init__(self, settings: Settings, ledger: Ledger, code: Coder, clock: Callable[[], float] = time.time) -> None:
        self._settings, self._clock = settings, clock
        self._sources: dict[str, Source] = {source.url: source for source in settings.sources()}
        #: The feeds in which the entries themselves are the reports: the pages of these stories are never fetched.
        self._in_feeds = [u for u, s in self._sources.items() if not isinstance(s, Page) and s.text == "feed"]
        self.state = State(settings.state)
        self.seen = Seen()
        originals = Originals(Path(settings.keep_originals)) if settings.keep_originals else None
        self.stories = Stories(settings, ledger, self.state, code, self.seen, originals)
        self._asker = Asker(settings, self.state)
        self._pool = ThreadPoolExecutor(settings.polling.at_once, thread_name_prefix="dateline-watch")
        self._waiting: dict[str, Job] = {}
        self._asked: dict[Future[Got], Job] = {}
        self._now = float(self.state.meta("now", "0"))
        self.state.know(self._sources)

    def close(self) -> None:
        """Stop the watch. Requests that are under way are dropped, and made again next time."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.state.close()

    def now(self) -> float:
        """The time, in seconds. If the clock was put back, all due times are put back, too."""
        now = self._clock()
        if now < self._now - _BACK:
            self.state.put_back(self._now - now)
        self._now = now
        return now

    # ------------------------------------------------------------ running

    def once(self, stop: Callable[[], bool] = lambda: False) -> Seen:
        """Ask every source once, and fetch all stories that are due."""
        self._queue(self.state.due_sources(self.now(), whatever=True))
        while not stop():
            self._queue(self.state.due_stories(self.now(), _MOST, self._in_feeds))
            self._start()
            if not self._asked and not self._waiting:
                break
            self._finish()
        self._rest()
        return self.seen

    def run(self, stop: Callable[[], bool], idle: Callable[[], None] = lambda: None) -> Seen:
        """Ask sources and stories when they are due, until `stop` says so; `idle` is called in pauses."""
        while not stop():
            now = self.now()
            self._queue(
                [*self.state.due_sources(now, whatever=False), *self.state.due_stories(now, _MOST, self._in_feeds)]
            )
            self._start()
            if self._asked:
                self._finish()
            else:
                self._rest()
                idle()
                time.sleep(_LOOK if not self._waiting else 0.02)
        self._rest()
        return self.seen

    def _rest(self) -> None:
        self.stories.add()
        self.state.set_meta("now", str(self._now))

    def _queue(self, jobs: list[Job]) -> None:
        busy = {job.url for job in self._asked.values()} | self.stories.held()
        for job in jobs:
            known = job.url in self._sources if not job.is_story else job.source in self._sources
            if known and job.url not in busy:
                self._waiting.setdefault(job.url, job)

    def _start(self) -> None:
        for url, job in list(self._waiting.items()):
            if len(self._asked) >= self._settings.polling.at_once:
                return
            if self._asker.is_free(url):
                del self._waiting[url]
                known = self._asker.begin(job, self._now)
                self._asked[self._pool.submit(self._asker.fetch, job, known)] = job

    def _finish(self) -> None:
        """Handle the answers that have come; wait a moment where there are none."""
        if not self._asked:
            time.sleep(0.02)
            return
        done, _ = wait(self._asked, timeout=_LOOK, return_when=FIRST_COMPLETED)
        for future in done:
            del self._asked[future]
            got = future.result()
            now = self.now()
            self._asker.end(got, now)
            if got.job.is_story:
                self.stories.take(got, self._sources[got.job.source], now)
            else:
                self._take_source(got, self._sources[got.job.url], now)
        self.stories.add(only_if_many=bool(self._asked))

    # ------------------------------------------------------------ sources

    def _take_source(self, got: Got, source: Source, now: float) -> None:
        self.seen.polled += 1
        answer = got.answer
        every = self._settings.polling.every if source.every is None else source.every
        if got.barred:
            self._failed(source, now + _LONGEST, Barred(f"{got.error}.", where=source.url))
        elif answer is not None and answer.status in (404, 410) and self._was_read(source):
            self.stories.take(_as_story(got), source, now)
            self.state.source_answered(source.url, now, now + every, None, None)
        elif answer is None or answer.status not in (200, 304, 410):
            what = got.error or f"It answers with {answer.status if answer else 0}."
            wait_for = max(self._back_off(source, every), retry_after(answer, now) if answer else 0.0)
            self._failed(source, now + wait_for, FeedFails(what, where=source.url))
        elif answer.status == 410:
            self._failed(source, now + _LONGEST, FeedGone("It is gone for good (410).", where=source.url), gone=True)
        elif answer.status == 304:
            self.seen.unchanged += 1
            self.state.source_answered(source.url, now, now + every, got.job.etag, got.job.modified)
        else:
            self._read_source(answer, source, now, every)

    def _read_source(self, answer: Answer, source: Source, now: float, every: float) -> None:
        try:
            entries = self._entries(answer, source)
        except NoFeed as error:
            self._failed(source, now + self._back_off(source, every), error)
            return
        self.seen.found += self.state.take(source.url, entries, now)
        if isinstance(source, Page) and source.links is None:
            self.stories.take(_as_story(Got(Job(source.url, source.url, True, None, None), answer)), source, now)
        if source.url in self._in_feeds:
            self.stories.take_entries(entries, source, now)
        self.state.source_answered(source.url, now, now + every, answer.header("etag"), answer.header("last-modified"))

    def _entries(self, answer: Answer, source: Source) -> list[Entry]:
        most = self._settings.limits.entries
        if not isinstance(source, Page):
            return entries_in(answer.data, answer.url, most)
        if source.links is not None:
            return links_in(answer.data, answer.url, source.links, most)
        return [Entry(source.url, None, None, None, "")]  # The page itself is the story.

    def _was_read(self, source: Source) -> bool:
        """Is the source a page that is itself a report, and was it read before?"""
        row = self.state.story(source.url) if isinstance(source, Page) and source.links is None else None
        return row is not None and row["uri"] is not None

    def _back_off(self, source: Source, every: float) -> float:
        failures = int(self.state.source(source.url)["failures"])
        return float(min(max(every, self._settings.polling.retry) * 2 ** min(failures, 12), _LONGEST))

    def _failed(self, source: Source, due: float, error: DatelineError, gone: bool = False) -> None:
        self.seen.failed += 1
        self.seen.said.append(error)
        self.state.source_failed(source.url, due, str(error), gone)


def _as_story(got: Got) -> Got:
    """The result for a page that is itself the story, as the result of a story's job."""
    return replace(got, job=replace(got.job, is_story=True))
