"""An edition: events in a zip file, with the codebook, every figure, the sources, the citation and the checksums.

The same ledger, revision, query and choices give the same bytes, whoever asks: the command line, the API or the page.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import IO, Any

from dateline.ledger import Ledger, Query
from dateline.ledger.errors import LedgerFull
from dateline.publishing import tables
from dateline.publishing.columns import Column, Record, Value, chosen
from dateline.publishing.errors import BadEdition
from dateline.publishing.formats import WRITERS
from dateline.publishing.names import without_names
from dateline.version import CODER, VERSION

FORMATS = tuple(WRITERS)
#: The time that all files of an edition bear: the first that a zip file can.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published: which events, in which format and columns (none: the basic ones), with people's names or not,
    and as of which revision (None: the newest); `excel`: CSV begins with a mark that Excel knows UTF-8 by."""

    query: Query = field(default_factory=Query)
    format: str = "csv"
    columns: tuple[str, ...] = ()
    names: bool = True
    as_of: int | None = None
    excel: bool = False


def written(ledger: Ledger, edition: Edition, out: IO[bytes]) -> dict[str, Any]:
    """Write an edition into a file; gives its manifest.

    Raises BadEdition (DL-P001), NotInstalled (DL-E010), BadQuery (DL-L014), NoSuchRevision (DL-L008).
    """
    columns, revision = _checked(ledger, edition)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        pack = _Pack(archive)
        with pack.file(f"events.{edition.format}") as stream:
            count = _table(ledger, edition, revision, stream)
        with pack.file("figures.csv") as stream:
            keys: set[str] = set()
            tables.write_csv(stream, tables.FIGURES, _figures(_events(ledger, edition, revision), keys))
        with pack.file("sources.csv") as stream:
            sources = (tables.source_row(source, edition.names) for source in ledger.sources(keys))
            told = tables.write_csv(stream, tables.SOURCES, sources)
        with pack.file("custody.jsonl") as stream:
            for entry in ledger.lives(keys, revision):
                stream.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        with pack.file("codebook.csv") as stream:
            tables.write_csv(stream, tables.CODEBOOK, tables.codebook_rows(columns))
        manifest = _manifest(ledger, edition, revision, count, told)
        pack.write("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        pack.write("README.txt", _readme(manifest))
        pack.write("SHA256SUMS", "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.digests.items())))
    return {**manifest, "reports": sorted(keys)}


def note_export(ledger: Ledger, told: dict[str, Any], name: str, file: IO[bytes]) -> None:
    """Tell the custody log of every report in an edition that it was exported: the file's name and SHA-256. Where the
    ledger may only be read, nothing is told."""
    entry = {"file": PurePath(name).name, "sha256": _sha256(file), "edition_of": told["revision"]}
    with suppress(LedgerFull):
        ledger.note_use("exported", told["reports"], entry)


def _sha256(out: IO[bytes]) -> str:
    out.seek(0)
    digest = hashlib.sha256()
    while piece := out.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def written_bare(ledger: Ledger, edition: Edition, out: IO[bytes]) -> dict[str, Any]:
    """Write the events of an edition alone, without what explains them; gives its number of events and its revision.

    Raises as `written` does.
    """
    _, revision = _checked(ledger, edition)
    count = _table(ledger, edition, revision, out)
    keys = {account["report"] for event in ledger.all_events(edition.query, revision) for account in event["accounts"]}
    return {"events": count, "revision": revision, "reports": sorted(keys)}


def _checked(ledger: Ledger, edition: Edition) -> tuple[tuple[Column, ...], int]:
    """The columns and the revision of an edition, whose format and query are sound."""
    if edition.format not in WRITERS:
        raise BadEdition(f"{edition.format!r} is no format. Known: {', '.join(FORMATS)}.")
    edition.query.checked()
    return chosen(edition.columns), ledger.revision() if edition.as_of is None else edition.as_of


def _table(ledger: Ledger, edition: Edition, revision: int, out: IO[bytes]) -> int:
    """Write the events; gives their number."""
    if edition.excel and edition.format == "csv":
        out.write(codecs.BOM_UTF8)
    events = _events(ledger, edition, revision)
    return WRITERS[edition.format](out, events, chosen(edition.columns), bool(edition.columns))


def _events(ledger: Ledger, edition: Edition, revision: int) -> Iterator[Record]:
    for event in ledger.all_events(edition.query, revision):
        yield event if edition.names else without_names(event)


def _figures(events: Iterator[Record], keys: set[str]) -> Iterator[list[Value]]:
    """The rows of all figures; puts the keys of the reports that tell of the events into `keys` on the way."""
    for event in events:
        keys.update(account["report"] for account in event["accounts"])
        yield from tables.figures_of(event)


class _Hashed:
    """A stream that knows the SHA-256 of what was written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.closed = False

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._stream.write(data)

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self.closed = True


class _Pack:
    """The files of an archive, each written as it is made, and their checksums."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[Any]:
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as stream:
            hashed = _Hashed(stream)
            yield hashed
        self.digests[name] = hashed.digest.hexdigest()

    def write(self, name: str, text: str) -> None:
        with self.file(name) as stream:
            stream.write(text.encode())


def _manifest(ledger: Ledger, edition: Edition, revision: int, events: int, sources: int) -> dict[str, Any]:
    asked = {key: value for key, value in asdict(edition.query).items() if value not in (None, (), [], 0, 0.0)}
    at = next((row["at"] for row in ledger.revisions(revision, 1)), None)
    return {
        "schema": "dateline.edition/1",
        "ledger": PurePath(ledger.store.name).stem,
        "revision": revision,
        "revision_at": at,
        "coder": {"name": CODER, "version": VERSION},
        "query": asked,
        "format": edition.format,
        "columns": [column.name for column in chosen(edition.columns)],
        "names": "as reported" if edition.names else "names of private people left out",
        "events": events,
        "sources": sources,
        "rules": ledger.rules().model_dump(),
    }


def citation(manifest: dict[str, Any]) -> str:
    """How to cite an edition."""
    day = (manifest["revision_at"] or "")[:10]
    asked = json.dumps(manifest["query"], ensure_ascii=False)
    return (
        f"Ledger “{manifest['ledger']}”, revision {manifest['revision']} ({day}), query {asked}: {manifest['events']} "
        f"events from {manifest['sources']} reports. Coded with {CODER} {VERSION}."
    )


def _readme(manifest: dict[str, Any]) -> str:
    return (
        f"{citation(manifest)}\n\n"
        f"events.{manifest['format']}  one event a row; codebook.csv says what each column means\n"
        "figures.csv   every figure of every report, with the words that say it and who said them\n"
        "sources.csv   the reports\n"
        "custody.jsonl who brought each report in, and what changed it since: entries in chains of hashes\n"
        "manifest.json what was asked for, of which revision, consolidated by which rules\n"
        "SHA256SUMS    check with `sha256sum -c SHA256SUMS`\n\n"
        "A suspect is not a convict, and a claim is somebody's claim. Rows of scope `rollup` are totals over many "
        "happenings:\nnever sum them with events. "
        f"Names: {manifest['names']}.\nPlaces: GeoNames (CC BY 4.0) and dateline's own tables.\n"
    )
