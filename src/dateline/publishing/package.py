"""The files with which others can check and cite a package: manifest, datapackage.json, citation, licence, read-me."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from dateline.ledger import Ledger
from dateline.model.knowledge import load
from dateline.publishing.asked import in_words
from dateline.publishing.columns import Column, chosen, tables
from dateline.publishing.edition import Edition
from dateline.publishing.errors import BadEdition
from dateline.version import CODER, VERSION

_GEONAMES = "https://www.geonames.org/"
_KINDS = {"number": "number", "day": "date"}
_NAMES = {
    "all": "as reported",
    "officials": "names of private people left out, those of people in office and of known actors kept",
    "none": "no names of people",
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its SPDX id, name and address."""

    id: str
    name: str
    url: str


def licence_of(name: str) -> Licence:
    """A licence by its id. Raises BadEdition (DL-P001)."""
    known = load("dateline.publishing", "licences.yaml", dict[str, dict[str, str]])
    if name not in known:
        raise BadEdition(f"{name!r} is no licence that we know. Known: {', '.join(known)}.")
    return Licence(name, known[name]["name"], known[name]["url"])


def manifest_of(ledger: Ledger, edition: Edition, revision: int, named: str | None = None) -> dict[str, Any]:
    """The manifest: what was asked for, from which ledger and revision. It holds all that is needed to make the edition
    again. `named` is the ledger's name when the edition was first made, if it was another one."""
    asked = {key: value for key, value in asdict(edition.query).items() if value is False or value}
    at = next((row["at"] for row in ledger.revisions(revision, 1)), None)
    return {
        "schema": "dateline.edition/2",
        "ledger": named or PurePath(ledger.store.name).stem,
        "revision": revision,
        "revision_at": at,
        "coder": {"name": CODER, "version": VERSION},
        "query": asked,
        "level": edition.level,
        "format": edition.format,
        "layout": edition.layout,
        "columns": [column.name for column in chosen(edition.columns, f"{edition.level}s")],
        "columns_chosen": bool(edition.columns),
        "excel": edition.excel,
        "incidents": edition.incidents,
        "words": edition.words,
        "names": edition.names,
        "names_told": _NAMES[edition.names],
        "coarsening": [asdict(rule) for rule in edition.coarsening],
        "licence": asdict(licence_of(edition.licence)),
        "rules": ledger.rules(revision).model_dump(),
    }


def counted(manifest: dict[str, Any], rows: int, sources: int) -> dict[str, Any]:
    """The manifest with what is known only after writing: numbers of rows and of reports, title and citation."""
    made = {**manifest, f"{manifest['level']}s": rows, "rows": rows, "sources": sources}
    return {**made, "title": f"Ledger {made['ledger']}, revision {made['revision']}", "citation": citation(made)}


def citation(manifest: dict[str, Any]) -> str:
    """How to cite an edition."""
    day = (manifest["revision_at"] or "")[:10]
    coder = manifest["coder"]
    rows, reports = _number_of(manifest["rows"], manifest["level"]), _number_of(manifest["sources"], "report")
    return (
        f"Ledger “{manifest['ledger']}”, revision {manifest['revision']} ({day}). {in_words(manifest['query'])}: "
        f"{rows} from {reports}. Coded with {coder['name']} {coder['version']}."
    )


def _number_of(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def cff(manifest: dict[str, Any]) -> str:
    """CITATION.cff (Citation File Format 1.2.0)."""
    day = (manifest["revision_at"] or "1970-01-01")[:10]
    coder = manifest["coder"]
    rows = {
        "cff-version": "1.2.0", "type": "dataset", "message": "Cite the data with its revision.",
        "title": manifest["title"], "version": f"r{manifest['revision']}", "date-released": day,
        "license": manifest["licence"]["id"], "abstract": manifest["citation"],
    }  # fmt: skip
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())
    author = f"Whoever keeps the ledger “{manifest['ledger']}”"
    return (
        head + f"authors:\n  - name: {json.dumps(author, ensure_ascii=False)}\n"
        f"references:\n  - type: software\n    title: {coder['name']}\n    version: {json.dumps(coder['version'])}\n"
        f"    authors:\n      - name: {coder['name']}\n"
    )


def bibtex(manifest: dict[str, Any]) -> str:
    """The citation for BibTeX."""
    year = (manifest["revision_at"] or "1970")[:4]
    key = "".join(c for c in str(manifest["ledger"]) if c.isalnum() and c.isascii()) or "ledger"
    clean, title = (re.sub(r"[&%$#_{}]", r"\\\g<0>", str(manifest[name])) for name in ("citation", "title"))
    return (
        f"@misc{{{key}-r{manifest['revision']},\n  title = {{{title}}},\n  year = {{{year}}},\n"
        f"  version = {{r{manifest['revision']}}},\n  note = {{{clean}}},\n}}\n"
    )


def datapackage(manifest: dict[str, Any], files: dict[str, tuple[str, int, str]], columns: tuple[Column, ...]) -> str:
    """datapackage.json (Frictionless Data Package 1): each file with its table, columns and checksum.

    `files` gives for each file name its table ("" for none), size in bytes and SHA-256.
    """
    own = manifest["licence"]
    told = {
        "profile": "data-package",
        "name": f"dateline-r{manifest['revision']}",
        "title": manifest["title"],
        "description": manifest["citation"],
        "version": f"r{manifest['revision']}",
        "licenses": [
            {"name": own["id"], "path": own["url"], "title": own["name"]}
        ],
        "sources": [{"title": "sources.csv: the reports"}, {"title": "GeoNames, CC BY 4.0", "path": _GEONAMES}],
        "resources": [_resource(name, *known, manifest, columns) for name, known in files.items() if _is_data(name)],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _is_data(name: str) -> bool:
    """Does the file hold data? Files that only explain others are not listed; their checksums are in SHA256SUMS."""
    return name not in ("CODEBOOK.md", "manifest.json", "datasette.json", "CITATION.cff", "citation.bib", "LICENSE.txt")


def _resource(
    name: str, table: str, size: int, digest: str, manifest: dict[str, Any], columns: tuple[Column, ...]
) -> dict[str, Any]:
    stem, _, ending = name.partition(".")
    made: dict[str, Any] = {
        "name": f"{stem}-{ending}".lower().replace(".", "-").strip("-"), "path": name, "bytes": size,
        "hash": f"sha256:{digest}",
    }  # fmt: skip
    is_table = table in tables() and ending == "csv"
    if not is_table:
        return made | {"profile": "data-resource", "type": "file"}
    own = columns if table == f"{manifest['level']}s" else tables()[table].columns
    spec = tables()[table]
    names = {column.name for column in own}
    schema: dict[str, Any] = {
        "fields": [{"name": c.name, "type": _KINDS.get(c.kind, "string"), "description": c.about} for c in own],
        "missingValues": [""],
    }
    if spec.key and set(spec.key) <= names:
        schema["primaryKey"] = list(spec.key)
    return made | {
        "profile": "tabular-data-resource", "type": "table", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"}, "schema": schema, "description": spec.about,
    }  # fmt: skip


def licence_text(manifest: dict[str, Any]) -> str:
    """LICENSE.txt of a package."""
    own = manifest["licence"]
    return (
        f"{own['name']} ({own['id']})\n{own['url']}\n\nThe words quoted from reports are their publishers'.\n"
        "Places: GeoNames (https://www.geonames.org/), CC BY 4.0, and dateline's own tables.\n"
    )


def readme(manifest: dict[str, Any], files: dict[str, str]) -> str:
    """README.txt of a package."""
    rows = "".join(f"{name:26} {about}\n" for name, about in files.items())
    coarse = "Places and days: as reported.\n"
    if manifest["coarsening"]:
        told = "\n".join(f"  {json.dumps(rule, ensure_ascii=False)}" for rule in manifest["coarsening"])
        coarse = (
            "Places and days were made less exact by these rules (an empty list asks for nothing); the words and "
            f"addresses of reports\nmay still tell more:\n{told}\n"
        )
    return (
        f"How to cite\n\n{manifest['citation']}\n\nFiles\n\n{rows}\n"
        "A suspect is not a convict, and a claim is somebody's claim. Rows of scope `rollup` are totals over many "
        f"happenings:\nnever sum them with events. Names: {manifest['names_told']}.\n{coarse}"
        "Places: GeoNames (CC BY 4.0) and dateline's own tables.\n"
        "Check it with `sha256sum -c SHA256SUMS`, and against its ledger with `dateline verify`.\n"
    )
