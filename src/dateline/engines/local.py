"""One machine: reports in, codings out, in the order in which the reports came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.coding import code_or_reject, code_report
from dateline.coding.choice import Reader
from dateline.linking import link
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights
from dateline.model import Coding, RejectedReport, Report
from dateline.model.batches import batches
from dateline.model.errors import BadDate
from dateline.model.event import Event
from dateline.readers import report_of

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

#: Reports a worker gets at once, and batches in flight per worker: enough to keep it busy, few enough to stay small.
_BATCH = 8
_AHEAD = 3


def code(
    text: str,
    published: str | None = None,
    *,
    uri: str = "",
    entities: str = "read",
    trace: bool = False,
    reader: Reader | None = None,
) -> Coding:
    """Code one text.

    `published` is its publication date (YYYY-MM-DD), where known. With `entities="all"` names and dates of the whole
    text are recognised, not only those of the sentences that were worth reading closely. With `trace`, the coding keeps
    each decision that led to it, in order (`Coding.trace`): the rule's name, the words, what it did. `reader`: by the
    learned reader and the rules ("learned"), or by the rules alone ("rules"); by default what $DATELINE_READER says,
    else the first. Raises BadDate (DL-E003), BadReader (DL-E012), EmptyReport (DL-R001), TooLong (DL-R004).
    """
    try:
        report = report_of(text, uri, published)
    except ValueError:
        raise BadDate(f"{published!r} is no date.") from None
    return code_report(report, entities == "all", trace, reader)


_Row = Report | RejectedReport
_Coded = Coding | RejectedReport


def code_all(
    rows: Iterable[_Row], processes: int = 1, all_entities: bool = False, reader: Reader | None = None
) -> Iterator[_Coded]:
    """Code reports one after the other; rejected ones pass through in their place. Memory does not grow with input.

    `reader` as for `code`.
    """
    if processes <= 1:
        for row in rows:
            yield code_or_reject(row, all_entities, reader)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned workers start clean, whatever threads the parent has.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_deaf) as pool:
        try:
            yield from _in_order(pool, rows, processes * _AHEAD, all_entities, reader)
        except BaseException:
            # Ctrl-C, or whoever reads has had enough: what nobody waits for any more is not begun.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _in_order(
    pool: ProcessPoolExecutor, rows: Iterable[_Row], ahead: int, all_entities: bool, reader: Reader | None
) -> Iterator[_Coded]:
    waiting: deque[Future[list[_Coded]]] = deque()
    for batch in batches(rows, _BATCH):
        waiting.append(pool.submit(_coded_batch, batch, all_entities, reader))
        if len(waiting) > ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _deaf() -> None:
    """Let a worker leave Ctrl-C to its parent."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def link_all(codings: Iterable[Coding], rules: Rules | None = None, weights: Weights | None = None) -> list[Event]:
    """The events that codings tell of together (`dateline.linking.link`)."""
    return link(codings, rules, weights)


def _coded_batch(batch: list[_Row], all_entities: bool, reader: Reader | None) -> list[_Coded]:
    return [code_or_reject(row, all_entities, reader) for row in batch]
