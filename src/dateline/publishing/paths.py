"""Files of reports as others see them: where a report lies on somebody's disk is not for publication."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]


def shared_folder(uris: Iterable[str]) -> str:
    """The folder in which all files lie that are named by their whole path; "" where none is."""
    folders = {posixpath.dirname(uri) for uri in uris if uri.startswith("/")}
    return posixpath.commonpath(folders) if folders else ""


def bare(uri: str, folder: str) -> str:
    """The name of a file without the folder; other names as they are."""
    if folder and uri == folder:  # All reports lie in one archive.
        return posixpath.basename(uri)
    return uri[len(folder) :].lstrip("/") if folder and uri.startswith(f"{folder.rstrip('/')}/") else uri


def without_folder(record: Record, folder: str) -> Record:
    """An event's record that names its reports without the folder."""
    if not folder:
        return record
    accounts = [{**one, "report_uri": bare(one["report_uri"], folder)} for one in record["accounts"]]
    counts = [{**one, "figures": [_figure(f, folder) for f in one["figures"]]} for one in record["counts"]]
    return {**record, "accounts": accounts, "counts": counts, "why": [_tie(tie, folder) for tie in record["why"]]}


def _figure(figure: Record, folder: str) -> Record:
    return {**figure, "report_uri": bare(figure["report_uri"], folder)}


def _tie(tie: Record, folder: str) -> Record:
    return {**tie, "between": [bare(name, folder) for name in tie["between"]]}


def shortened(entry: Record, folder: str) -> Record:
    """An entry of a custody log that names files without the folder, and neither people nor notes of consent and the
    like. `shortened` says so where it does: the hash is of the entry as the ledger has it."""
    told = {key: bare(value, folder) if isinstance(value, str) else value for key, value in entry["body"].items()}
    told = {key: value for key, value in told.items() if key not in ("people", "note", "reason")}
    return entry if told == entry["body"] else {**entry, "body": told, "shortened": True}
