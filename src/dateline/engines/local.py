"""Coding and linking on one machine; codings come in the order of the reports."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.coding import code_report
from dateline.coding.choice import Reader
from dateline.engines.limits import LIMIT, limited, warm
from dateline.engines.seam import Coded, Options, Row, batched, code_batch, coded, coded_of
from dateline.engines.unsure import with_unsure
from dateline.engines.workers import Workers
from dateline.model import Coding, RejectedReport, Report
from dateline.model.errors import BadDate
from dateline.readers import report_of
from dateline.when.asked import day_asked

if TYPE_CHECKING:
    from concurrent.futures import Future

    import pyarrow as pa

    from dateline.linking.linkers import Linker
    from dateline.linking.rules import Rules
    from dateline.linking.weights import Weights
    from dateline.model.event import Event

#: Batches that are handed out per worker: enough to keep it busy while others are written, few enough to save memory.
_AHEAD = 3


def code(
    text: str,
    published: str | None = None,
    *,
    uri: str = "",
    entities: str = "read",
    trace: bool = False,
    reader: Reader | None = None,
    time_limit: float = LIMIT,
) -> Coding:
    """Code one text.

    `published` is its publication date (2026-11-26, "Nov 26, 2026"), where known. With `entities="all"` names and dates
    of the whole text are recognised, not only those of the sentences that were worth reading closely. With `trace`, the
    coding keeps each decision that led to it, in order (`Coding.trace`): the rule's name, the words, what it did.
    `reader`: by the learned reader and the rules ("learned"), or by the rules alone ("rules"); by default what
    $DATELINE_READER says, else the first. `time_limit`: seconds, 0 for none; it is kept in the main thread, and not on
    Windows. Raises BadDate (DL-E003), BadReader (DL-E012), EmptyReport (DL-R001), TooLong (DL-R004), TooSlow (DL-R012).
    """
    try:
        report = report_of(text, uri, day_asked(published) if published else None)
    except ValueError:
        raise BadDate(f"{published!r} is no date.") from None
    warm(reader)
    found = limited(report, time_limit, lambda: with_unsure(code_report, report, entities == "all", trace, reader))
    if isinstance(found, RejectedReport):
        raise found
    return found


def code_all(
    rows: Iterable[Row],
    processes: int = 1,
    all_entities: bool = False,
    reader: Reader | None = None,
    time_limit: float = LIMIT,
) -> Iterator[Coded]:
    """Code reports one after the other; rejected ones pass through in their place. Memory does not grow with input.

    `reader` and `time_limit` (of each report) as for `code`. A report of which a process dies is rejected, too
    (LostWorker, DL-R013).
    """
    options = Options(all_entities, reader, time_limit)
    if processes > 1:
        for batch in code_batches(batched(rows), options, processes):
            yield from coded_of(batch)
        return
    for row in rows:
        if isinstance(row, Report):
            warm(reader)
        yield coded(row, options)


def code_batches(batches: Iterable[pa.RecordBatch], options: Options, processes: int = 1) -> Iterator[pa.RecordBatch]:
    """The records of batches of reports, in the order of the batches; coded in this process or in several others."""
    if processes <= 1:
        for batch in batches:
            warm(options.reader)
            yield code_batch(batch, options)
        return
    with Workers(processes, options) as workers:
        waiting: deque[Future[pa.RecordBatch]] = deque()
        for batch in batches:
            waiting.append(workers.submit(batch))
            if len(waiting) > processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def link_all(
    codings: Iterable[Coding], rules: Rules | None = None, weights: Weights | None = None, linker: Linker | None = None
) -> list[Event]:
    """The events that codings tell of together (`dateline.linking.link`)."""
    from dateline.linking import link

    return link(codings, rules, weights, linker)
