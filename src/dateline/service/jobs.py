"""The queue of reports to be added: one job after the other, coded in a separate process, with progress."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal
from uuid import uuid4

from dateline.coding import code_or_reject
from dateline.engines import LIMIT, Worker, code_with
from dateline.ledger import Ledger
from dateline.ledger.writing.added import Origins
from dateline.model import Coding, RejectedReport, Report
from dateline.model.batches import batches
from dateline.model.errors import DatelineError
from dateline.service.errors import Stopped, as_problem
from dateline.service.offering import Offered

_Row = Report | RejectedReport
#: A function that gives the reports of a job. It is called when the job begins.
Reading = Callable[[], Iterable[_Row]]
#: The number of reports that are coded at once, and the most jobs that are remembered.
_BATCH, _REMEMBERED = 8, 200
#: Seconds that a write to the ledger may still take when the service ends. A write is done as a whole or not at all.
_PARTING = 5.0


@dataclass(slots=True)
class Job:
    """The progress of an addition. `rejected` and `error` have the form of errors in the API; `revision` is the
    revision that the last batch made."""

    id: str
    state: Literal["waiting", "working", "done", "failed"] = "waiting"
    done: int = 0
    added: int = 0
    known: int = 0
    beside: int = 0
    accounts: int = 0
    events: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    revision: int | None = None

    def as_record(self) -> dict[str, Any]:
        """As plain Python data."""
        return asdict(self)


class Jobs:
    """The queue. With `separate`, reports are coded in another process, which starts with the first job."""

    def __init__(self, ledger: Ledger, separate: bool = True, time_limit: float = LIMIT) -> None:
        self._ledger = ledger
        self._separate = separate
        self._worker = Worker(time_limit)
        self._waiting: queue.Queue[tuple[Job, Reading, str, str, Offered | None, Origins | None] | None] = queue.Queue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopping = False

    def add(
        self, reading: Reading, by: str, note: str = "", coder: Offered | None = None, origins: Origins | None = None
    ) -> Job:
        """Queue reports. They are coded by `coder`, where given, else by the rules. `origins` tells the custody log
        from which bytes the reports were read."""
        job = Job(uuid4().hex)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED and next(iter(self._jobs.values())).state in ("done", "failed"):
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="dateline-jobs", daemon=True)
                self._thread.start()
        self._waiting.put((job, reading, by, note, coder, origins))
        return job

    def get(self, number: str) -> Job | None:
        """A job by its id."""
        return self._jobs.get(number)

    def close(self) -> None:
        """Stop at once. What was written stays; coding or fetching that has begun is abandoned. Only a write that is
        under way is waited for."""
        self._stopping = True
        self._worker.close()
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=_PARTING)

    def _work(self) -> None:
        while (row := self._waiting.get()) is not None and not self._stopping:
            job, reading, by, note, coder, origins = row
            job.state = "working"
            try:
                self._do(job, reading, by, note, coder, origins)
                job.state = "done"
            except DatelineError as error:
                job.error, job.state = as_problem(error), "failed"
            except Exception as error:  # A job that fails must say so, whatever the reason.
                job.error = as_problem(DatelineError(f"{type(error).__name__}: {error}", remedy="Tell the developers."))
                job.state = "failed"

    def _do(
        self, job: Job, reading: Reading, by: str, note: str, coder: Offered | None, origins: Origins | None
    ) -> None:
        ledger = Ledger(self._ledger.store, by)
        for batch in batches(reading(), _BATCH):
            coded = self._coded(batch) if coder is None else list(code_with(coder.coder, batch, coder.at_once))
            if self._stopping:
                raise Stopped("The service ended before all was coded.")
            added = ledger.add(self._accepted(job, coded), note, origins=origins)
            job.added += added.new + added.again
            job.known += added.known + added.removed
            job.beside += added.beside
            job.accounts += added.accounts
            job.events += added.events_new
            job.revision = added.revision
            job.done += len(batch)

    def _accepted(self, job: Job, coded: list[Coding | RejectedReport]) -> Iterator[Coding]:
        for one in coded:
            if isinstance(one, Coding):
                yield one
            else:
                job.rejected.append(as_problem(one))

    def _coded(self, batch: list[_Row]) -> list[Coding | RejectedReport]:
        if not self._separate:
            return code_batch(batch)
        return [self._worker.code(row) for row in batch if not self._stopping]


def code_batch(batch: list[_Row]) -> list[Coding | RejectedReport]:
    """The codings of reports; rejected reports are given back unchanged."""
    return [code_or_reject(row) for row in batch]
