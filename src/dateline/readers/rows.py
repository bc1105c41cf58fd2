"""A row of a table or a line of JSON as a report: both have the same fields and are rejected for the same reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dateline.model import Known, Origin, RejectedReport, Report, Span
from dateline.model.rejections import BadReportDate
from dateline.readers.heads import language, said_in
from dateline.readers.knowing import chosen, differing, known, known_day
from dateline.readers.said import day_in_address
from dateline.readers.text import report_of

#: The fields that make a report, besides its text; and those that are only kept with it. "language" is the same as
#: "lang".
FIELDS = ("uri", "published", "title", "publisher")
KEPT = ("author", "lang", "language")


def report_of_row(
    text: str,
    given: Mapping[str, str | None],
    where: str,
    max_chars: int,
    notes: tuple[str, ...] = (),
    lines: tuple[int, int] = (0, 0),
    by: str = "column",
) -> Report:
    """The report of a row, known by its URI, or else by `where`, with what the row, the address and the head of the
    text say of it.

    `given`: the row's values of FIELDS and KEPT. `lines`: its first and its last line (or row) in the file. `by`: what
    a field is called there ("column", "key"). Raises RejectedReport with that place.
    """
    uri, published, title, publisher = (given.get(key) for key in FIELDS)
    said = _said(text, given, by)
    has = {one.field: one.value for one in said if one.chosen}
    day, house = published or has.get("published"), publisher or has.get("publisher")
    try:
        made = report_of(text, uri or where, day, title, house, max_chars)
    except ValueError:
        raise BadReportDate(f'"published" is {given["published"]!r}.', where=where) from None
    except RejectedReport as rejected:
        rejected.where = where
        raise
    origins = (Origin(Span(0, len(made.text)), "row", *lines),)
    return replace(made, notes=(*notes, *differing(said)), known=said, origins=origins)


def _said(text: str, given: Mapping[str, str | None], by: str) -> tuple[Known, ...]:
    """What is known of a row: first what its own fields say, then the address, then the head of its text."""
    fields = list(_of_fields(given, by))
    uri = given.get("uri") or ""
    rest = [*day_in_address(uri), *said_in(text, uri)]
    # A value that the row has but that cannot be kept as known (too long, no date) still decides.
    return chosen([*fields, *(replace(one, chosen=one.chosen and not given.get(one.field)) for one in rest)])


def _of_fields(given: Mapping[str, str | None], by: str) -> Iterator[Known]:
    yield from known_day(given.get("published"), f"{by}: published")
    yield from known("title", given.get("title"), f"{by}: title")
    yield from known("publisher", given.get("publisher"), f"{by}: publisher")
    yield from known("author", given.get("author"), f"{by}: author")
    for name in ("lang", "language"):
        yield from known("lang", language(given.get(name)), f"{by}: {name}", chosen=False)
