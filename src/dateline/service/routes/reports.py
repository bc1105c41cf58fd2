"""Reports: the text and coding of a report, and adding reports as text, as files, or by the address of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from dateline.custody.files import FileOrigins
from dateline.ledger import Ledger
from dateline.ledger.access import Access
from dateline.model import RejectedReport, Report, Span, When
from dateline.model.errors import BadDate
from dateline.model.record import as_record
from dateline.readers import report_of, reports_of
from dateline.readers.dates import dated, given_day
from dateline.service.context import Admin, Number, Reader, Reading, Reviewer, answered
from dateline.service.errors import BadRequest, NoSuchPeople, NotFound
from dateline.service.fetching import fetch
from dateline.service.offering import chosen
from dateline.service.reasons import reread
from dateline.service.shapes.reports import AccessOf, JobOf, NewAccess, NewReport
from dateline.service.shapes.why import Reread
from dateline.when.asked import day_asked

router = APIRouter(tags=["reports"])


@router.get("/reports/{key}")
def report(key: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """A report and its coding, as docs/record.md has it."""
    ledger = service.ledger
    return answered(request, service, ledger.revision(), lambda: as_record(ledger.report(key, revision)))


@router.get("/reports/{key}/why", response_model=Reread)
def why(
    key: str,
    request: Request,
    service: Reading,
    _: Reader,
    start: Annotated[Number, Query(description="The first of the report's characters (code points), from 0.")],
    end: Annotated[Number, Query(description="The one after the last.")],
    revision: Number | None = None,
) -> Response:
    """Why the sentences that a span touches were coded as they were, or not at all.

    The report is coded again by this version; the answer says whether the ledger's coding has the same accounts. Longer
    reports than 30,000 characters are refused (DL-R004): `dateline why` takes them.
    """
    if start >= end:
        raise BadRequest("The span has no characters.", where="start, end")
    ledger, recoder, span = service.ledger, service.recoder, Span(start, end)
    return answered(
        request, service, ledger.revision(), lambda: reread(ledger, recoder, key, span, revision).model_dump()
    )


@router.get("/reports/{key}/access", response_model=AccessOf)
def access(key: str, service: Reading, _: Reviewer) -> AccessOf:
    """Who may read a report's words, as it was last said. Those may ask who may read it."""
    return _access_of(service.ledger, key)


@router.put("/reports/{key}/access", response_model=AccessOf)
def put_access(key: str, given: NewAccess, service: Reading, asker: Admin) -> AccessOf:
    """Say who may read a report's words, in all its versions; a revision, and an entry in its custody log."""
    unknown = sorted(set(given.people) - {one["name"] for one in service.people.all()})
    if unknown:
        raise NoSuchPeople(f"There is no user {', '.join(map(repr, unknown))}.", where="people")
    ledger = Ledger(service.ledger.store, asker.user.name)
    ledger.set_access(key, Access(given.level, given.note, tuple(given.people)))
    service.people.note(asker.user.name, asker.address, "access", f"{key}: {given.level}")
    return _access_of(ledger, key)


def _access_of(ledger: Ledger, key: str) -> AccessOf:
    told = [entry for entry in ledger.custody(key) if entry["act"] == "access"]
    if not told:
        return AccessOf(level="open", note="", people=[], by=None, at=None)
    body = told[-1]["body"]
    return AccessOf(level=body["level"], note=body["note"], people=body["people"], by=told[-1]["by"], at=told[-1]["at"])


@router.post("/reports", response_model=JobOf, status_code=202)
def add(given: NewReport, service: Reading, asker: Reviewer) -> dict[str, Any]:
    """Add a report: its text, or the address of a page, which is fetched with guards (DL-S006)."""
    if (given.text is None) == (given.url is None):
        raise BadRequest("Give either the text of a report or a URL.")
    day = _day(given.published)
    coder = chosen(service.settings.offered, given.coder)
    uri = given.uri or f"paste:{asker.user.name}"
    origins = FileOrigins(tool="serve", looks=False)

    def reading() -> Iterator[Report | RejectedReport]:
        if given.url is not None:
            page = fetch(given.url)
            # The server's content type says the format; the report is named by its address.
            label = f"{page.url}#{page.suffix}"
            for row in reports_of(page.data, label):
                one = _named(row, label, given.uri or page.url, day)
                if isinstance(one, Report):
                    origins.came(one, page)
                yield one
            return
        try:
            one = report_of(given.text or "", uri, given.published, given.title, given.publisher)
            origins.sent(one, (given.text or "").encode("utf-8", "replace"))
            yield one
        except RejectedReport as rejected:
            yield rejected

    service.people.note(asker.user.name, asker.address, "add", given.url or uri)
    return service.jobs.add(reading, asker.user.name, given.note, coder, origins).as_record()


@router.post("/uploads", response_model=JobOf, status_code=202)
def upload(
    service: Reading,
    asker: Reviewer,
    files: Annotated[
        list[UploadFile],
        File(description=".txt, .html, .pdf, .docx, .rtf, .eml, .json, .jsonl, .csv, .xlsx, .zip and others"),
    ],
    published: Annotated[str | None, Form(description="YYYY-MM-DD, of reports that bring no date.")] = None,
    note: Annotated[str, Form(max_length=2000)] = "",
    coder: Annotated[str | None, Form(max_length=200, description="One of those of /coders.")] = None,
) -> dict[str, Any]:
    """Add files of reports. Names are labels: nothing is written under them."""
    day, by = _day(published), chosen(service.settings.offered, coder)
    origins = FileOrigins(tool="serve", looks=False)
    read = [(_label(file.filename), file.file.read()) for file in files]

    def reading() -> Iterator[Report | RejectedReport]:
        for name, data in read:
            for row in reports_of(data, name):
                one = dated(row, day) if isinstance(row, Report) else row
                if isinstance(one, Report):
                    origins.sent(one, data)
                yield one

    service.people.note(asker.user.name, asker.address, "add", ", ".join(name for name, _ in read))
    return service.jobs.add(reading, asker.user.name, note, by, origins).as_record()


@router.get("/jobs/{number}", response_model=JobOf)
def job(number: str, service: Reading, _: Reader) -> dict[str, Any]:
    """How far an addition is."""
    found = service.jobs.get(number)
    if found is None:
        raise NotFound("There is no such job.", where=number, remedy="Jobs are forgotten when the server stops.")
    return found.as_record()


def _day(published: str | None) -> When | None:
    try:
        return given_day(day_asked(published)) if published else None
    except ValueError:
        raise BadDate(f"{published!r} is no date.", where="published") from None


def _named(one: Report | RejectedReport, label: str, uri: str, day: When | None) -> Report | RejectedReport:
    if isinstance(one, RejectedReport):
        one.where = uri
        return one
    return dated(replace(one, uri=uri) if one.uri == label else one, day)


def _label(name: str | None) -> str:
    """A file's name without folders and control characters."""
    bare = PurePosixPath((name or "").replace("\\", "/")).name
    return "".join(c for c in bare if c.isprintable())[:200] or "upload.txt"
