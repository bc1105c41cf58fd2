"""Coding with a coder that waits for a server (a language model): several reports at a time, output in input order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from dateline.coders import Coder
from dateline.coding import not_coded
from dateline.engines.seam import Coded, Row
from dateline.model import RejectedReport
from dateline.model.errors import DatelineError


def code_with(coder: Coder, rows: Iterable[Row], at_once: int = 1) -> Iterator[Coded]:
    """Code reports, up to `at_once` at the same time; the output has the order of the input.

    Rejected reports keep their place, also those that the coder rejects. Raises errors that concern all reports.
    """
    if at_once <= 1:
        yield from (coded_by(coder, row) for row in rows)
        return
    with ThreadPoolExecutor(at_once, thread_name_prefix="dateline-asking") as pool:
        waiting: deque[Future[Coded]] = deque()
        try:
            for row in rows:
                waiting.append(pool.submit(coded_by, coder, row))
                if len(waiting) >= 2 * at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def coded_by(coder: Coder, row: Row) -> Coded:
    """The coding of a report, or why it was rejected."""
    if isinstance(row, RejectedReport):
        return row
    try:
        return coder(row)
    except RejectedReport as rejected:
        return rejected
    except DatelineError:
        raise
    except Exception as mistake:  # Any other error concerns only this report.
        return not_coded(row, mistake)
