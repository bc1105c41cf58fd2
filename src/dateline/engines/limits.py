"""The time limit of one report, where it is coded in the calling process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import TypeVar

from dateline.coding import code_or_reject
from dateline.model import RejectedReport, Report
from dateline.model.rejections import TooSlow
from dateline.readers import report_of

#: The default limit in seconds for one report; 0 means no limit.
LIMIT = 30.0
#: The alarm is repeated after so many seconds, in case some code has caught and dropped the first one.
_AGAIN = 1.0
T = TypeVar("T")


class _TimeUp(BaseException):
    """The time is up. It is a BaseException, so that code that catches every Exception does not catch it."""


@cache
def warm(reader: str | None) -> None:
    """Load the models before the clock starts: loading must not be interrupted or count against a report's time.

    Raises errors that concern all reports.
    """
    code_or_reject(report_of("Police arrested two men in Kabul on Monday."), reader=reader)


def limited(report: Report, seconds: float, work: Callable[[], T]) -> T | RejectedReport:
    """The result of the work on a report, or TooSlow (DL-R012) after so many seconds.

    There is no limit where no alarm can be set: outside the main thread, on Windows, and where other code has already
    set an alarm handler.
    """
    try:
        with _alarm(seconds):
            return work()
    except _TimeUp:
        return too_slow(report, seconds)


def too_slow(report: Report, seconds: float) -> TooSlow:
    """The rejection of a report that took longer than the limit."""
    return TooSlow(f"It took longer than {seconds:g} seconds.", where=report.uri or report.id)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _TimeUp in the `with` block when the time is up."""
    main = threading.current_thread() is threading.main_thread()
    free = hasattr(signal, "setitimer") and main and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    if seconds <= 0 or not free:
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TimeUp

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
