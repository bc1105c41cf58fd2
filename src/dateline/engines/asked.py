"""Reports coded by a coder that waits for somebody else: several at a time, in the order in which they came."""

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
    """Code reports one after the other, up to `at_once` at a time; rejected ones pass through in their place, and so
    does, with its reason, a report that the coder rejects. Raises what is wrong for all of them."""
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
    except Exception as mistake:  # Whatever it is, it is this report's alone.
        return not_coded(row, mistake)
