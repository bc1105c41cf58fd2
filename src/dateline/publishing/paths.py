"""Names of report files without the folders on the user's disk, which are not published."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from dateline.model.event import AccountKey, Event, EventCount, Figure, Tie

Record = dict[str, Any]
_Of = TypeVar("_Of", AccountKey, Figure)


def shared_folder(uris: Iterable[str]) -> str:
    """The folder that contains all files with an absolute path; "" where no file has one."""
    folders = {posixpath.dirname(uri) for uri in uris if uri.startswith("/")}
    return posixpath.commonpath(folders) if folders else ""


def bare(uri: str, folder: str) -> str:
    """The name of a file without the folder; names outside the folder are unchanged."""
    if folder and uri == folder:  # All reports are in one archive.
        return posixpath.basename(uri)
    return uri[len(folder) :].lstrip("/") if folder and uri.startswith(f"{folder.rstrip('/')}/") else uri


def without_folder(event: Event, folder: str) -> Event:
    """The event, with its reports named without the folder."""
    if not folder:
        return event
    return replace(
        event,
        accounts=tuple(_bared(one, folder) for one in event.accounts),
        counts=tuple(_count(one, folder) for one in event.counts),
        why=tuple(_tie(one, folder) for one in event.why),
    )


def _bared(of: _Of, folder: str) -> _Of:
    """An account or a figure, with its report named without the folder."""
    uri = bare(of.report_uri, folder)
    return of if uri == of.report_uri else replace(of, report_uri=uri)


def _count(count: EventCount, folder: str) -> EventCount:
    return replace(count, figures=tuple(_bared(one, folder) for one in count.figures))


def _tie(tie: Tie, folder: str) -> Tie:
    one, other = tie.between
    return replace(tie, between=(_bared(one, folder), _bared(other, folder)))


def shortened(entry: Record, folder: str) -> Record:
    """An entry of a custody log without the folder in file names, and without people, notes (of consent) and reasons.

    An entry that was changed so has `shortened`, because its hash is of the whole entry in the ledger.
    """
    told = {key: bare(value, folder) if isinstance(value, str) else value for key, value in entry["body"].items()}
    told = {key: value for key, value in told.items() if key not in ("people", "note", "reason")}
    return entry if told == entry["body"] else {**entry, "body": told, "shortened": True}
