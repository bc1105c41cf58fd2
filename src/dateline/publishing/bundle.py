"""An edition: events in a zip file, with the codebook, every figure, the sources, the citation and the checksums.

The same ledger, revision, query and choices give the same bytes, whoever asks: the command line, the API or the page.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import IO, Any

from dateline.ledger import Ledger, Query
from dateline.publishing import tables
from dateline.publishing.columns import Column, Record, Value, chosen
from dateline.publishing.errors import BadEdition
from dateline.publishing.formats import WRITERS
from dateline.publishing.names import without_names
from dateline.publishing.paths import bare, shared_folder, without_folder
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
    folder = shared_folder(ledger.files(revision))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        pack = _Pack(archive)
        with pack.file(f"events.{edition.format}") as stream:
            count = _table(ledger, edition, revision, folder, stream)
        with pack.file("figures.csv") as stream:
            keys: set[str] = set()
            tables.write_csv(stream, tables.FIGURES, _figures(_events(ledger, edition, revision, folder), keys))
        with pack.file("sources.csv") as stream:
            told_by = ({**source, "uri": bare(source["uri"], folder)} for source in ledger.sources(keys))
            sources = (tables.source_row(source, edition.names) for source in told_by)
            told = tables.write_csv(stream, tables.SOURCES, sources)
        with pack.file("codebook.csv") as stream:
            tables.write_csv(stream, tables.CODEBOOK, tables.codebook_rows(columns))
        manifest = _manifest(ledger, edition, revision, count, told)
        pack.write("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        pack.write("CITATION.txt", citation(manifest) + "\n")
        pack.write("README.txt", _readme(manifest))
        pack.write("SHA256SUMS", "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.digests.items())))
    return manifest


def written_bare(ledger: Ledger, edition: Edition, out: IO[bytes]) -> dict[str, Any]:
    """Write the events of an edition alone, without what explains them; gives its number of events and its revision.

    Raises as `written` does.
    """
    _, revision = _checked(ledger, edition)
    folder = shared_folder(ledger.files(revision))
    return {"events": _table(ledger, edition, revision, folder, out), "revision": revision}


def _checked(ledger: Ledger, edition: Edition) -> tuple[tuple[Column, ...], int]:
    """The columns and the revision of an edition, whose format and query are sound."""
    if edition.format not in WRITERS:
        raise BadEdition(f"{edition.format!r} is no format. Known: {', '.join(FORMATS)}.")
    edition.query.checked()
    return chosen(edition.columns), ledger.revision() if edition.as_of is None else edition.as_of


def _table(ledger: Ledger, edition: Edition, revision: int, folder: str, out: IO[bytes]) -> int:
    """Write the events; gives their number."""
    if edition.excel and edition.format == "csv":
        out.write(codecs.BOM_UTF8)
    events = _events(ledger, edition, revision, folder)
    return WRITERS[edition.format](out, events, chosen(edition.columns), bool(edition.columns))


def _events(ledger: Ledger, edition: Edition, revision: int, folder: str) -> Iterator[Record]:
    """The events, with reports named as others may see them."""
    for event in ledger.all_events(edition.query, revision):
        yield without_folder(event if edition.names else without_names(event), folder)


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
    asked = {key: value for key, value in asdict(edition.query).items() if value is False or value}
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
    events, reports = _number_of(manifest["events"], "event"), _number_of(manifest["sources"], "report")
    return (
        f"Ledger “{manifest['ledger']}”, revision {manifest['revision']} ({day}). {in_words(manifest['query'])}: "
        f"{events} from {reports}. Coded with {CODER} {VERSION}."
    )


def _number_of(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


#: How the filters of a query are said; what a list holds is joined by "or".
_ASKED = {
    "types": "of type {}", "statuses": "with status {}", "scope": "{}", "case": "of case {}",
    "since": "from {} on", "until": "until {}", "places": "in {}", "box": "within the degrees {}", "actors": "with {}",
    "text": "told with the words “{}”", "min_confidence": "at least {} sure", "min_people": "of at least {} people",
    "review": "reviewed as {}",
}  # fmt: skip
_YES_OR_NO = {
    ("dated", True): "with a day", ("dated", False): "without a day", ("placed", True): "with a point",
    ("placed", False): "without a point", ("disputed", True): "on which sources disagree",
    ("disputed", False): "on which no sources disagree",
}  # fmt: skip


def in_words(asked: dict[str, Any]) -> str:
    """The filters of an edition as a phrase: "Events of type bombing, in Iraq, from 2024-01-01 on"."""
    parts = [_YES_OR_NO[name, value] for name, value in asked.items() if isinstance(value, bool)]
    told = [_ASKED[name].format(_listed(name, value)) for name, value in asked.items() if name in _ASKED]
    return "Events " + ", ".join(told + parts) if told or parts else "All events but rejected ones"


def _listed(name: str, value: Any) -> str:
    if name == "min_confidence":
        return f"{value:.0%}"
    if isinstance(value, (list, tuple)):
        return (", " if name == "box" else " or ").join(str(one).replace("_", " ") for one in value)
    return "totals over many" if value == "rollup" else "single events" if value == "event" else str(value)


def _readme(manifest: dict[str, Any]) -> str:
    return (
        f"How to cite\n\n{citation(manifest)}\n\nFiles\n\n"
        f"events.{manifest['format']}  one event a row; codebook.csv says what each column means\n"
        "figures.csv   every figure of every report, with the words that say it and who said them\n"
        "sources.csv   the reports\n"
        "CITATION.txt  how to cite these events\n"
        "manifest.json what was asked for, of which revision, consolidated by which rules\n"
        "SHA256SUMS    check with `sha256sum -c SHA256SUMS`\n\n"
        "A suspect is not a convict, and a claim is somebody's claim. Rows of scope `rollup` are totals over many "
        "happenings:\nnever sum them with events. "
        f"Names: {manifest['names']}.\nPlaces: GeoNames (CC BY 4.0) and dateline's own tables.\n"
    )
