"""Makes an export again from its ledger and compares the two byte for byte."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.ledger import Ledger, Query
from dateline.publishing.bundle import written
from dateline.publishing.coarsening import Coarsening
from dateline.publishing.edition import Edition
from dateline.publishing.errors import BadExport
from dateline.version import VERSION

_SCHEMA = "dateline.edition/2"


#: The most changes of access to reports that are tried one after the other.
_TRIED = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: whether all bytes are the same, else which files differ; and the versions that made the two exports.

    `sealed` are the reports (by key) to which access was changed after the export. The two were then compared with the
    access of the revision `as_read`. `purged` are the reports that were deleted for good after the export.
    """

    same: bool
    differing: tuple[str, ...]
    revision: int
    version: str
    own_version: str = VERSION
    files: int = 0
    sealed: tuple[str, ...] = ()
    as_read: int | None = None
    purged: tuple[str, ...] = ()


def manifest_in(archive: zipfile.ZipFile, where: str) -> dict[str, Any]:
    """The manifest of an export whose checksums hold. Raises BadExport (DL-P002)."""
    try:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError) as error:
        raise BadExport(f"It has no manifest or no checksums ({error}).", where=where) from None
    if manifest.get("schema") != _SCHEMA:
        raise BadExport(f"Its manifest is {manifest.get('schema')!r}, not {_SCHEMA!r}.", where=where)
    for line in sums:
        digest, _, name = line.partition("  ")
        if name not in archive.namelist() or _digest(archive, name) != digest:
            raise BadExport(f"{name} is not what was written.", where=where)
    return manifest


def opened(path: str | Path) -> zipfile.ZipFile:
    """An export as an archive. Raises BadExport (DL-P002)."""
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadExport(f"It cannot be read ({error}).", where=str(path)) from None


def edition_in(manifest: dict[str, Any], where: str = "") -> Edition:
    """The edition that a manifest describes. Raises BadExport (DL-P002)."""
    try:
        asked: Any = {k: tuple(v) if isinstance(v, list) else v for k, v in manifest["query"].items()}
        rules = tuple(_rule(rule) for rule in manifest["coarsening"])
        columns = tuple(manifest["columns"]) if manifest["columns_chosen"] else ()
        return Edition(
            Query(**asked), manifest["format"], columns, manifest["names"], manifest["revision"], manifest["excel"],
            manifest["level"], manifest["layout"], rules, manifest["licence"]["id"], manifest["incidents"],
            manifest["words"],
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise BadExport(f"Its manifest lacks something ({error}).", where=where) from None


def _rule(told: dict[str, Any]) -> Coarsening:
    own: Any = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Coarsening(**own)


def verify(ledger: Ledger, path: str | Path) -> Verified:
    """Make an export again and compare. Raises BadExport (DL-P002), and what `written` raises.

    Which words of reports an export leaves out depends on the access to reports when it was made. Where the access was
    changed later, the export is made again with the access of that time. The user is told that the access was changed.
    """
    with opened(path) as theirs:
        manifest = manifest_in(theirs, str(path))
        found = _compared(ledger, theirs, manifest, Path(path))
    purged = tuple(ledger.purged_since(found.revision))
    changed = ledger.access_since(found.revision)
    if found.same or not changed:
        return replace(found, purged=purged)
    keys = tuple(sorted({key for some in changed.values() for key in some}))
    for at in (found.revision, *changed)[:_TRIED]:
        with opened(path) as theirs:
            then = _compared(ledger.seen_by(replace(ledger.right, at=at)), theirs, manifest, Path(path))
        if then.same or len(then.differing) < len(found.differing):
            found = replace(then, as_read=at)
        if found.same:
            break
    return replace(found, purged=purged, sealed=keys)


def _compared(ledger: Ledger, theirs: zipfile.ZipFile, manifest: dict[str, Any], path: Path) -> Verified:
    """Make the export again from the ledger, as this user sees it, and compare the two."""
    with tempfile.TemporaryFile() as made:
        written(ledger, edition_in(manifest, str(path)), made, manifest["ledger"])
        made.seek(0)
        with zipfile.ZipFile(made) as ours:
            names = sorted({*ours.namelist(), *theirs.namelist()})
            differing = tuple(name for name in names if _digest(ours, name) != _digest(theirs, name))
        made.seek(0)
        same = not differing and hashlib.file_digest(made, "sha256").digest() == _sha(path)
    return Verified(same, differing, manifest["revision"], manifest["coder"]["version"], files=len(names))


def _digest(archive: zipfile.ZipFile, name: str) -> str | None:
    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _sha(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
