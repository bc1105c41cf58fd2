"""A row of a table or a line of JSON as a report: both have the same fields and are rejected for the same reasons."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BadReportDate
from dateline.readers.text import report_of

#: The fields that a row may have besides the text.
FIELDS = ("uri", "published", "title", "publisher")


def report_of_row(
    text: str, given: Mapping[str, str | None], where: str, max_chars: int, notes: tuple[str, ...] = ()
) -> Report:
    """The report of a row, known by its URI, or else by `where`. Raises RejectedReport with that place."""
    uri, published, title, publisher = (given[key] for key in FIELDS)
    try:
        return report_of(text, uri or where, published, title, publisher, max_chars, notes)
    except ValueError:
        raise BadReportDate(f'"published" is {given["published"]!r}.', where=where) from None
    except RejectedReport as rejected:
        rejected.where = where
        raise
