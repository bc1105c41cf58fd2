"""How long one report may take, where it is coded in the process that asks."""

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
from dateline.model.errors import TooSlow
from dateline.readers import report_of

#: Seconds that one report may take, where nothing else is set; 0 sets no limit.
LIMIT = 30.0
#: The alarm goes again after so many seconds, should something have swallowed the first.
_AGAIN = 1.0
T = TypeVar("T")


class _TimeUp(BaseException):
    """No Exception, so that nothing that mends mistakes takes it for one."""


@cache
def warm(reader: str | None) -> None:
    """Load the models, which is no report's fault and must not be interrupted. Raises what is wrong for all reports."""
    code_or_reject(report_of("Police arrested two men in Kabul on Monday."), reader=reader)


def limited(report: Report, seconds: float, work: Callable[[], T]) -> T | RejectedReport:
    """What the work on a report gives, or TooSlow (DL-R012). Without a limit where no alarm can be set: in another
    thread than the main one, on Windows, and where somebody else has set one."""
    try:
        with _alarm(seconds):
            return work()
    except _TimeUp:
        return too_slow(report, seconds)


def too_slow(report: Report, seconds: float) -> TooSlow:
    """The rejection of a report that took longer than it may."""
    return TooSlow(f"It took longer than {seconds:g} seconds.", where=report.uri or report.id)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _TimeUp inside when the time is up."""
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
