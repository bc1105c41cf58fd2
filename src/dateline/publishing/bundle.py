"""An edition: events in a zip file, with the codebook, every figure, the sources, the citation and the checksums.

The same ledger, revision, query and choices give the same bytes from the command line, the API and the page.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath
from typing import IO, Any

from dateline.ledger import Ledger
from dateline.ledger.access import LEVELS as WORDS
from dateline.ledger.access import Right
from dateline.ledger.errors import LedgerFull
from dateline.model.errors import DatelineError
from dateline.publishing import crosswalks, meanings, package, tables
from dateline.publishing.beside import custody_rows, figure_rows, source_rows, tables_beside
from dateline.publishing.columns import Column, Value, chosen
from dateline.publishing.columns import tables as all_tables
from dateline.publishing.edition import LEVELS, Edition
from dateline.publishing.errors import BadEdition, ExporterFailed
from dateline.publishing.formats import FORMATS as _FORMATS
from dateline.publishing.formats import Whole, format_of
from dateline.publishing.levels import Told
from dateline.publishing.names import POLICIES
from dateline.publishing.packing import Pack
from dateline.publishing.paths import shared_folder, shortened

FORMATS = tuple(_FORMATS)
_ABOUT = {
    "codebook.csv": "what each column of each table means",
    "CODEBOOK.md": "what each word means, with examples and borderlines",
    "datasette.json": "titles, licence and columns for Datasette (--metadata)",
    "losses.csv": "what the layout cannot say of our events",
    "custody.jsonl": "who brought each report in, and what changed it since: entries in chains of hashes",
    "manifest.json": "what was asked for, of which revision, consolidated by which rules",
    "CITATION.txt": "how to cite it, in words",
    "CITATION.cff": "how to cite it",
    "citation.bib": "the same for BibTeX",
    "LICENSE.txt": "under which licence it is given on",
    "datapackage.json": "files, columns and checksums for Frictionless tools",
    "SHA256SUMS": "the checksums",
}


def written(ledger: Ledger, edition: Edition, out: IO[bytes], named: str | None = None) -> dict[str, Any]:
    """Write an edition into a file; gives its manifest. `named` is the ledger's name, if it had another name before.

    Raises BadEdition (DL-P001), NotInstalled (DL-E010), BadQuery (DL-L014), NoSuchRevision (DL-L008).
    """
    revision, ledger = _checked(ledger, edition), _seen(ledger, edition)
    told, about = Told.of(ledger, edition, revision), package.manifest_of(ledger, edition, revision, named)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        pack = Pack(archive)
        with pack.file(_main_name(edition), "" if edition.layout else _level(edition)) as stream:
            rows = _main(ledger, edition, revision, told, about, stream)
        links: list[list[Value]] = []
        rollups: list[list[Value]] = []
        seen: dict[tuple[str, str], str] = {}
        with pack.table("figures") as stream:
            tables.write_csv(stream, tables.head("figures"), figure_rows(told, seen, links, rollups))
        keys = {report for report, _ in seen}
        with pack.table("sources") as stream:
            sources = tables.write_csv(
                stream, tables.head("sources"), source_rows(ledger, edition, revision, keys, seen, links)
            )
        pack.rows("links", links)
        pack.rows("rollups", rollups)
        pack.rows("custody", custody_rows(ledger, revision, keys))
        with pack.file("custody.jsonl") as stream:
            folder = shared_folder(ledger.files(revision))
            for entry in ledger.lives(keys, revision):
                stream.write(json.dumps(shortened(entry, folder), ensure_ascii=False).encode() + b"\n")
        _explain(pack, edition, package.counted(about, rows, sources))
    return {**package.counted(about, rows, sources), "reports": sorted(keys)}


def note_export(ledger: Ledger, told: dict[str, Any], name: str, file: IO[bytes]) -> None:
    """Note in the custody log of every report in an edition that it was exported, with the file's name and SHA-256.
    Where the ledger may only be read, nothing is noted."""
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
    """Write only the main table of an edition, without the files that explain it; gives its number of rows and its
    revision.

    Raises as `written` does.
    """
    revision, ledger = _checked(ledger, edition), _seen(ledger, edition)
    told, about = Told.of(ledger, edition, revision), package.manifest_of(ledger, edition, revision)
    rows = _main(ledger, edition, revision, told, about, out)
    return {f"{edition.level}s": rows, "rows": rows, "revision": revision, "reports": told.reports}


def _checked(ledger: Ledger, edition: Edition) -> int:
    """Check the format, level, columns and query of an edition; gives its revision."""
    if edition.level not in LEVELS:
        raise BadEdition(f"{edition.level!r} is no level. Known: {', '.join(LEVELS)}.")
    if edition.names not in POLICIES:
        raise BadEdition(f"{edition.names!r} is no policy for names. Known: {', '.join(POLICIES)}.")
    if format_of(edition.format).events_only and edition.level != "event":
        raise BadEdition(f"{edition.format} is of events.", remedy="Leave out the level.")
    if edition.layout is not None:
        crosswalks.layout(edition.layout)
        if edition.format != "csv" or edition.level != "event" or edition.columns:
            raise BadEdition("Another project's layout is a table of events as CSV, with its own columns.")
    package.licence_of(edition.licence)
    chosen(edition.columns, _level(edition))
    edition.query.checked()
    return ledger.revision() if edition.as_of is None else edition.as_of


def _seen(ledger: Ledger, edition: Edition) -> Ledger:
    """The ledger with the words of only those reports that may go into the edition.

    These are never more than the user who asks may read. Reports sealed to named people go in only where the edition
    asks for sealed words.
    """
    level = min(edition.words, ledger.right.level, key=WORDS.index)
    return ledger.seen_by(Right(level, ledger.right.name if edition.words == "sealed" else None, ledger.right.at))


def _level(edition: Edition) -> str:
    return f"{edition.level}s"


def _main_name(edition: Edition) -> str:
    return f"{edition.layout or _level(edition)}.{format_of(edition.format).ending}"


def _main(
    ledger: Ledger, edition: Edition, revision: int, told: Told, about: dict[str, Any], out: IO[bytes]
) -> int:  # fmt: skip
    """Write the main table of the edition; gives the number of its rows."""
    if edition.excel and edition.format == "csv":
        out.write(codecs.BOM_UTF8)
    if edition.layout is not None:
        head, rows = crosswalks.laid_out(crosswalks.layout(edition.layout), told.events())
        return tables.write_csv(out, head, rows)
    table = told.table(_level(edition))
    whole = Whole(table, lambda: tables_beside(ledger, edition, revision, told), about, edition.incidents)
    return _written(edition.format, out, whole)


def _written(name: str, out: IO[bytes], whole: Whole) -> int:
    """Write in a format; gives the number of rows. Raises ExporterFailed (DL-P006) where a format of another package
    fails."""
    form = format_of(name)
    if form.write is None:
        return form.writer(name)(out, whole)
    try:
        rows = form.write(out, whole)
    except (DatelineError, OSError):
        raise
    except Exception as error:  # Any other error comes from the other package.
        raise ExporterFailed(f"The format {name!r} failed ({error!r}).") from error
    if not isinstance(rows, int):
        raise ExporterFailed(f"The format {name!r} does not say how many rows it wrote.")
    return rows


# ---------------------------------------------------------------- tables beside


def _explain(pack: Pack, edition: Edition, manifest: dict[str, Any]) -> None:
    """Write the files that explain the tables."""
    own = chosen(edition.columns, _level(edition))
    with pack.file("codebook.csv") as stream:
        tables.write_csv(stream, tables.CODEBOOK, _codebook(edition, own))
    if edition.layout is not None:
        with pack.file("losses.csv") as stream:
            tables.write_csv(stream, crosswalks.LOSSES, crosswalks.losses(crosswalks.layout(edition.layout)))
    if edition.format == "sqlite":
        from dateline.publishing.formats.sqlite import datasette

        pack.write("datasette.json", datasette(_level(edition), manifest))
    pack.write("CODEBOOK.md", meanings.page())
    pack.write("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    pack.write("CITATION.txt", manifest["citation"] + "\n")
    pack.write("CITATION.cff", package.cff(manifest))
    pack.write("citation.bib", package.bibtex(manifest))
    pack.write("LICENSE.txt", package.licence_text(manifest))
    pack.write("datapackage.json", package.datapackage(manifest, pack.files, own))
    pack.write("README.txt", package.readme(manifest, _files(edition)))
    sums = sorted((name, digest) for name, (_, _, digest) in pack.files.items())
    pack.write("SHA256SUMS", "".join(f"{digest}  {name}\n" for name, digest in sums))


def _codebook(edition: Edition, own: tuple[Column, ...]) -> Iterator[list[Value]]:
    if edition.layout is not None:
        yield from crosswalks.codebook_rows(crosswalks.layout(edition.layout))
    else:
        yield from tables.codebook_rows(own, _level(edition))
    others = (LEVELS if format_of(edition.format).all_tables else ()) and [f"{level}s" for level in LEVELS]
    for name in (*others, "figures", "sources", "links", "rollups", "custody"):
        if name != _level(edition):
            yield from tables.codebook_rows(chosen((), name), name)


def _files(edition: Edition) -> dict[str, str]:
    """The files of a package, with a description of each."""
    form = format_of(edition.format)
    layout = f", in the layout of {crosswalks.layout(edition.layout).title}" if edition.layout else ""
    made = {_main_name(edition): f"one {edition.level} a row: {form.about}{layout}"}
    made |= {f"{n}.csv": all_tables()[n].about for n in ("figures", "sources", "links", "rollups", "custody")}
    for name, about in _ABOUT.items():
        if (name != "datasette.json" or edition.format == "sqlite") and (name != "losses.csv" or edition.layout):
            made[name] = about
    return made


# ---------------------------------------------------------------- files
