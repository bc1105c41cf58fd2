"""Make a report of a server's answer, and the entry about its bytes for the custody log."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dateline.custody.files import Answered
from dateline.custody.originals import Originals
from dateline.ledger.access import Access
from dateline.ledger.custody import Origin
from dateline.model import RejectedReport, Report
from dateline.model.rejections import EmptyReport
from dateline.readers import reports_of
from dateline.readers.dates import dated, given_day
from dateline.service.dialling import Answer
from dateline.service.fetching import suffix_of
from dateline.version import CODER, VERSION
from dateline.watch.settings import Source


def report_in(answer: Answer, source: Source, day: str | None, title: str | None) -> Report | RejectedReport:
    """The report in an answer; the first one if there are several. Its URI is the final address after redirects."""
    label = f"{answer.url}#{suffix_of(answer) or '.html'}"
    found: Report | RejectedReport = EmptyReport("It holds no report.", where=answer.url)
    for one in reports_of(answer.data, label):
        found = one
        break
    if isinstance(found, RejectedReport):
        found.where = answer.url
        return found
    named = replace(
        found,
        uri=answer.url,
        title=found.title or title,
        publisher=source.publisher or found.publisher,
    )
    return dated(named, given_day(day))


def entry_answer(url: str, text: str, title: str | None) -> Answer:
    """An answer made of the text of a feed's entry, as if the entry's address had answered with it."""
    head = f"<title>{title}</title><h1>{title}</h1>" if title else ""
    page = f"<html><head>{head[: head.find('<h1>')] if head else ''}</head><body><article>{head[head.find('<h1>') :]}"
    data = f"{page}<p>{text}</p></article></body></html>".encode("utf-8", "replace")
    return Answer(url, 200, (("Content-Type", "text/html; charset=utf-8"),), data)


def origin_of(answer: Answer, source: Source, now: float, originals: Originals | None) -> Origin:
    """The origin of a report for the custody log."""
    at = dt.datetime.fromtimestamp(now, dt.UTC).isoformat(timespec="seconds")
    answered = Answered(answer.url, answer.status, answer.headers, answer.data, at)
    origin = answered.origin(f"{CODER} {VERSION} watch")
    kept = None
    if originals is not None and origin.sha256 is not None:
        kept = originals.keep_page(answered.record(), origin.sha256)
    access = None if source.access == "open" else Access(source.access, source.consent)
    return replace(origin, kept=kept, access=access)


def mark_of(report: Report) -> str:
    """A mark that changes when the words of a story change; white space does not count."""
    return hashlib.sha256(" ".join(report.text.split()).encode("utf-8", "surrogatepass")).hexdigest()


#: Codes a report, or gives its rejection.
Coder = Callable[[Any], Any]
