"""One machine: reports in, codings out, in the order in which the reports came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.coding import code_or_reject, code_report
from dateline.coding.choice import Reader
from dateline.engines.limits import LIMIT, limited, warm
from dateline.engines.unsure import with_unsure
from dateline.engines.workers import Coded, Row, Workers
from dateline.model import Coding, RejectedReport
from dateline.model.errors import BadDate
from dateline.readers import report_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dateline.linking.rules import Rules
    from dateline.linking.weights import Weights
    from dateline.model.event import Event

#: Reports in flight per worker: enough to keep it busy while others are written, few enough to stay small.
_AHEAD = 24


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

    `published` is its publication date (YYYY-MM-DD), where known. With `entities="all"` names and dates of the whole
    text are recognised, not only those of the sentences that were worth reading closely. With `trace`, the coding keeps
    each decision that led to it, in order (`Coding.trace`): the rule's name, the words, what it did. `reader`: by the
    learned reader and the rules ("learned"), or by the rules alone ("rules"); by default what $DATELINE_READER says,
    else the first. `time_limit`: seconds, 0 for none; it is kept in the main thread, and not on Windows. Raises BadDate
    (DL-E003), BadReader (DL-E012), EmptyReport (DL-R001), TooLong (DL-R004), TooSlow (DL-R012).
    """
    try:
        report = report_of(text, uri, published)
    except ValueError:
        raise BadDate(f"{published!r} is no date.") from None
    warm(reader)
    coded = limited(report, time_limit, lambda: with_unsure(code_report, report, entities == "all", trace, reader))
    if isinstance(coded, RejectedReport):
        raise coded
    return coded


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
    if processes <= 1:
        for row in rows:
            yield _coded(row, all_entities, reader, time_limit)
        return
    with Workers(processes, time_limit, all_entities, reader) as workers:
        waiting: deque[Future[Coded]] = deque()
        for row in rows:
            waiting.append(workers.submit(row))
            if len(waiting) > processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _coded(row: Row, all_entities: bool, reader: Reader | None, time_limit: float) -> Coded:
    if isinstance(row, RejectedReport):
        return row
    warm(reader)
    return limited(row, time_limit, lambda: with_unsure(code_or_reject, row, all_entities, reader))


def link_all(codings: Iterable[Coding], rules: Rules | None = None, weights: Weights | None = None) -> list[Event]:
    """The events that codings tell of together (`dateline.linking.link`)."""
    from dateline.linking import link

    return link(codings, rules, weights)
