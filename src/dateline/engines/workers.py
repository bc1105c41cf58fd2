"""Processes that code reports. A process that dies, or that takes too long, is replaced, and the others go on."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from dateline.coding.choice import Reader
from dateline.engines.limits import LIMIT, too_slow, warm
from dateline.engines.seam import (
    Coded,
    Numbered,
    Options,
    Row,
    code_batch,
    coded_batch,
    coded_of,
    reports_batch,
    rows_of,
)
from dateline.model import RejectedReport
from dateline.model.errors import DatelineError, NotStarted
from dateline.model.rejections import LostWorker

if TYPE_CHECKING:
    import pyarrow as pa

#: Seconds that a process may take to load the models.
_STARTING = 600.0
#: Seconds that a process has beyond the time limit of its reports before it is killed. Mostly it stops a slow report by
#: itself (limits.py).
_GRACE = 2.0


class Worker:
    """One process, started when it is first used.

    It gets one batch at a time, so that it is known which batch it was coding when it died. It can safely be killed at
    any time, because it keeps no data.
    """

    def __init__(
        self,
        limit: float = LIMIT,
        all_entities: bool = False,
        reader: Reader | None = None,
        min_confidence: float = 0.0,
    ) -> None:
        self._limit, self._all_entities, self._reader = limit, all_entities, reader
        self._min_confidence = min_confidence
        self._process: Any = None
        self._pipe: Connection | None = None
        self._closed = False

    def code(self, row: Row) -> Coded:
        """The coding of a report; or TooSlow (DL-R012), or LostWorker (DL-R013) where the process died of it twice.

        Raises errors that concern all reports, as `code_or_reject` does; NotStarted (DL-E018) where no process starts.
        """
        if isinstance(row, RejectedReport):
            return row
        return next(coded_of(self._alone((0, row))))

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The records of a batch. Where the process dies or hangs, the reports of the batch are coded one by one, so
        that only the report that caused it is rejected."""
        try:
            return self._asked(batch)
        except (EOFError, OSError, TimeoutError):
            self._end()
        import pyarrow as pa

        alone = [self._alone(numbered) for numbered in rows_of(batch)]
        return pa.Table.from_batches(alone).combine_chunks().to_batches()[0]

    def close(self) -> None:
        """End the process, whatever it is doing. No new one is started."""
        self._closed = True
        self._end()

    def _alone(self, numbered: Numbered) -> pa.RecordBatch:
        number, row = numbered
        batch = reports_batch([numbered])
        if isinstance(row, RejectedReport):
            return coded_batch([numbered])  # type: ignore[list-item]
        for _ in range(2):
            try:
                return self._asked(batch)
            except TimeoutError:
                self._end()
                return coded_batch([(number, too_slow(row, self._limit))])
            except (EOFError, OSError):
                ended = self._end()
            if self._closed:
                break
        lost = LostWorker(f"The process that coded it ended ({ended}).", where=row.uri or row.id)
        return coded_batch([(number, lost)])

    def _asked(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The answer of the process. Raises EOFError or OSError where it died, TimeoutError where it hangs."""
        import pyarrow as pa

        pipe = self._started()
        options = Options(self._all_entities, self._reader, self._limit, self._min_confidence)
        pipe.send((_packed(batch), options))
        if not pipe.poll(self._limit * batch.num_rows + _GRACE if self._limit else None):
            raise TimeoutError
        answer = pipe.recv()
        if isinstance(answer, DatelineError):
            raise answer
        return pa.ipc.open_stream(answer).read_next_batch()

    def _started(self) -> Connection:
        if self._closed:
            raise EOFError
        if self._pipe is not None:
            return self._pipe
        if getattr(current_process(), "_inheriting", False):
            # This process is itself a worker that is just starting and runs the user's script again, which has no
            # `if __name__ == "__main__"`. It must not start workers of its own.
            raise SystemExit(1)
        # With "spawn", a worker starts clean, whatever threads this process has.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._reader), daemon=True)
        self._process.start()
        theirs.close()
        if not _is_ready(ours):
            ended = self._end()
            ours.close()
            if self._closed:
                raise EOFError
            raise NotStarted(f"A process that codes ended before it was ready ({ended}).")
        self._pipe = ours
        return ours

    def _end(self) -> str:
        """End the process; says how it ended."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None:
            return "it never began"
        process.join(timeout=0.2)
        process.kill()
        process.join()
        if pipe is not None:
            pipe.close()
        code = process.exitcode
        return f"signal {-code}" if code < 0 else f"exit status {code}"


def _is_ready(pipe: Connection) -> bool:
    """Wait until a process says that it is ready; False where it ends first or takes longer than _STARTING."""
    try:
        if not pipe.poll(_STARTING):
            return False
        pipe.recv()
    except (EOFError, OSError):
        return False
    return True


def _packed(batch: pa.RecordBatch) -> bytes:
    """A batch as bytes."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _work(pipe: Connection, reader: str | None) -> None:
    """The loop of a worker: it codes batches until the pipe is closed."""
    import pyarrow as pa

    # The parent process handles Ctrl-C, and then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(DatelineError):  # the first report raises the same error again
        warm(reader)
    try:
        pipe.send(None)
        while True:
            packed, options = pipe.recv()
            batch = pa.ipc.open_stream(packed).read_next_batch()
            try:
                answer: object = _packed(code_batch(batch, options))
            except DatelineError as error:
                answer = error
            pipe.send(answer)
    except (EOFError, OSError):
        return


class Workers:
    """Several workers. For each, a thread waits for its answers."""

    def __init__(self, processes: int, options: Options) -> None:
        chosen = (options.time_limit, options.all_entities, options.reader, options.min_confidence)
        self._idle = [Worker(*chosen) for _ in range(processes)]
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

    def submit(self, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
        """Let the next free worker code a batch."""
        return self._minders.submit(self._batch, batch)

    def _batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        # There are as many threads as workers, so at least one worker is idle here.
        with self._lock:
            worker = self._idle.pop()
        try:
            return worker.batch(batch)
        finally:
            with self._lock:
                self._idle.append(worker)
