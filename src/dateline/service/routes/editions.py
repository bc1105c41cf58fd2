"""Exports and feeds, which give events to other people and programs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from dateline.ledger import Ledger
from dateline.publishing import note_export, written
from dateline.service import feeds
from dateline.service.context import Reader, Reading, Service, unless_known
from dateline.service.params import Asked, AskedEdition, asked_of
from dateline.service.saved import Saved

router = APIRouter(tags=["publishing"])
#: The most bytes of an export that are kept in memory (a larger one goes to disk), and the bytes that are sent at once.
_IN_MEMORY, _PIECE = 8_000_000, 1 << 18


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}})
def export(service: Reading, asker: Reader, asked: Annotated[AskedEdition, Query()]) -> Response:
    """Events in a zip file with codebook, figures, sources, citation and checksums: the bytes of `dateline export`."""
    edition = asked.edition()
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed when it is sent
    try:
        told = written(service.ledger, edition, file)
    except BaseException:
        file.close()
        raise
    name = f"{asked.layout or asked.level + 's'}-r{told['revision']}.zip"
    note_export(Ledger(service.ledger.store, asker.user.name), told, name, file)
    service.people.note(asker.user.name, asker.address, "export", f"{told['rows']} {asked.level}s, {asked.format}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(file.tell())}
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


@router.get("/feeds/events.{form}", response_class=Response)
def feed(form: feeds.Form, request: Request, service: Reading, _: Reader, asked: Annotated[Asked, Query()]) -> Response:
    """The events of a query that were last written, as an Atom or JSON feed."""
    return _feed(form, request, service, asked, "dateline")


@router.get("/feeds/saved/{name}.{form}", response_class=Response)
def saved_feed(name: str, form: feeds.Form, request: Request, service: Reading, _: Reader) -> Response:
    """The same of a saved query. A feed reader gives a token as the password of HTTP Basic."""
    return _feed(form, request, service, asked_of(Saved(service.ledger).one(name)["query"]), name)


def _feed(form: feeds.Form, request: Request, service: Service, asked: Asked, title: str) -> Response:
    query = asked.query()

    def make() -> Response:
        made = feeds.feed(service.ledger, query, title, str(request.base_url), str(request.url))
        body, kind = feeds.WRITERS[form](made)
        return Response(body, media_type=kind)

    return unless_known(request, service, service.ledger.revision(), make)
