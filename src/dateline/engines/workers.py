"""Processes that code reports, each replaced when it dies or when a report takes too long: the others go on."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from dateline.coding import code_or_reject
from dateline.engines.limits import LIMIT, too_slow, warm
from dateline.engines.unsure import with_unsure
from dateline.model import Coding, RejectedReport, Report
from dateline.model.errors import DatelineError, LostWorker

Row = Report | RejectedReport
Coded = Coding | RejectedReport
#: Seconds that a process may take to load the models.
_STARTING = 600.0


class Worker:
    """One process, started when it is first asked. It gets a report at a time, so that whoever asks knows which one it
    was coding when it died; killing it from outside is safe, whatever it was doing: nothing is kept in it."""

    def __init__(self, limit: float = LIMIT, all_entities: bool = False, reader: str | None = None) -> None:
        self._limit, self._all_entities, self._reader = limit, all_entities, reader
        self._process: Any = None
        self._pipe: Connection | None = None
        self._closed = False

    def code(self, row: Row) -> Coded:
        """The coding of a report; TooSlow (DL-R012), or LostWorker (DL-R013) where the process died of it twice.

        Raises what is wrong for all reports, as `code_or_reject` does.
        """
        if isinstance(row, RejectedReport):
            return row
        for _ in range(2):
            try:
                return self._asked(row)
            except (EOFError, OSError):
                ended = self._end()
            if self._closed:
                break
        return LostWorker(f"The process that coded it ended ({ended}).", where=row.uri or row.id)

    def close(self) -> None:
        """End the process, whatever it is doing; none is started any more."""
        self._closed = True
        self._end()

    def _asked(self, row: Report) -> Coded:
        pipe = self._started()
        pipe.send(row)
        if not pipe.poll(self._limit or None):
            self._end()
            return too_slow(row, self._limit)
        answer = pipe.recv()
        if isinstance(answer, DatelineError) and not isinstance(answer, RejectedReport):
            raise answer
        found: Coded = answer
        return found

    def _started(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        # Spawned workers start clean, whatever threads the parent has.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._all_entities, self._reader), daemon=True)
        self._process.start()
        self._pipe = ours
        theirs.close()
        if not ours.poll(_STARTING):
            raise EOFError
        ours.recv()
        return ours

    def _end(self) -> str:
        """Make an end of the process; says how it ended."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return "it never began"
        process.join(timeout=0.2)
        process.kill()
        process.join()
        pipe.close()
        code = process.exitcode
        return f"signal {-code}" if code < 0 else f"exit status {code}"


def _work(pipe: Connection, all_entities: bool, reader: str | None) -> None:
    """What a worker does until nobody asks any more."""
    # Ctrl-C is for whoever asks, who then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(DatelineError):  # the first report will say it again
        warm(reader)
    try:
        pipe.send(None)
        while True:
            row = pipe.recv()
            try:
                answer: object = with_unsure(code_or_reject, row, all_entities, reader)
            except DatelineError as error:
                answer = error
            pipe.send(answer)
    except (EOFError, OSError):
        return


class Workers:
    """Several of them, each minded by a thread that waits for its answers."""

    def __init__(self, processes: int, limit: float, all_entities: bool, reader: str | None) -> None:
        self._idle = [Worker(limit, all_entities, reader) for _ in range(processes)]
        self._all = tuple(self._idle)
        self._minders = ThreadPoolExecutor(processes, thread_name_prefix="dateline-worker")
        self._lock = threading.Lock()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._minders.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._minders.shutdown()

    def submit(self, row: Row) -> Future[Coded]:
        """Have a report coded by the next worker that is free."""
        return self._minders.submit(self._code, row)

    def _code(self, row: Row) -> Coded:
        # There are as many threads as workers: one is always idle.
        with self._lock:
            worker = self._idle.pop()
        try:
            return worker.code(row)
        finally:
            with self._lock:
                self._idle.append(worker)
