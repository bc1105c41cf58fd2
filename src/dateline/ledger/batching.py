"""Which codings of a batch are new, coded again, there already, taken out before, or cannot be stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from dateline.ledger.keys import Known
from dateline.ledger.rows import chunks
from dateline.ledger.successions import superseded
from dateline.ledger.tables import codings, removals, reports
from dateline.linking.facts import report_key
from dateline.model import Coding
from dateline.version import CODER, VERSION

#: A NUL character as JSON writes it. After an escaped backslash the same characters are ordinary words.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*+\\u0000")


@dataclass(slots=True)
class Batch:
    """Codings that will be written together, sorted by what the ledger already has of their reports."""

    new: list[tuple[str, Coding]] = field(default_factory=list)
    #: (number of the report, number of its coding in force, key, the new coding).
    again: list[tuple[int, int | None, str, Coding]] = field(default_factory=list)
    known: int = 0
    removed: int = 0
    unstorable: list[str] = field(default_factory=list)
    #: Name and version of the coder for all codings. None: each coding has its own coder, or the one in `coders` (by
    #: the number of its report).
    coder: tuple[str, str] | None = None
    coders: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: Codings for the table `readings` (readings.py), with the number of the report. `beside`: read by another coder
    #: than the chosen one. `changed`: as the coder made them, where people changed the coding in force.
    beside: list[tuple[int, Coding]] = field(default_factory=list)
    changed: list[tuple[int, Coding]] = field(default_factory=list)
    #: Key of a report that is a new version of another -> the other's accounts, and all account keys that it ever had.
    heirs: dict[str, tuple[list[Known], set[str]]] = field(default_factory=dict)


def coder_of(coding: Coding) -> tuple[str, str]:
    """The coder of a coding: name and version. For a language model they include the model and the prompt."""
    by = coding.by
    if by is None:
        return CODER, VERSION
    name = f"{CODER} {by.coder}" + (f": {by.model}" if by.model else "")
    return name, VERSION + (f", prompt {by.prompt}" if by.prompt else "")


def sort_out(connection: Connection, found: Iterable[Coding], every: bool = False, revived: bool = False) -> Batch:
    """Sort codings: of new reports, of reports coded by another coder or version, there already, or taken out.

    With `every` a report is coded again, whichever coder and version its coding is of. A report that a later version
    has replaced counts as there already, unless it is `revived`: its source shows the older text again.
    """
    rows: dict[str, Coding] = {}
    batch = Batch()
    for coding in found:
        if not _is_storable(coding):
            batch.unstorable.append(coding.report.uri)
        else:
            batch.known += (key := report_key(coding.report)) in rows
            rows.setdefault(key, coding)
    stored = _stored(connection, rows)
    out = _removed(connection, rows)
    late = set() if revived else superseded(connection, rows)
    for key, coding in rows.items():
        if key in out:
            batch.removed += 1
        elif key in late:
            batch.known += 1
        elif key not in stored:
            batch.new.append((key, coding))
        elif (stored[key][2:] == coder_of(coding) or _is_asked(stored[key], coding)) and not every:
            batch.known += 1
        else:
            batch.again.append((stored[key][0], stored[key][1], key, coding))
    return batch


def _is_storable(coding: Coding) -> bool:
    """Can both databases store it? Neither stores half of a UTF-16 surrogate pair. PostgreSQL stores no NUL, and a
    ledger can move from SQLite to PostgreSQL."""
    whole = coding.to_json()
    try:
        whole.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return _NUL.search(whole) is None


_Stored = tuple[int, int | None, str | None, str | None]


def _is_asked(stored: _Stored, coding: Coding) -> bool:
    """Did the cascade ask its model about the report since, because it disagrees with others (`dateline coder settle`)?
    Then the cascade's coding without a model does not come back."""
    name, version = coder_of(coding)
    _, _, own, own_version = stored
    asked = coding.by is not None and coding.by.coder == "cascade" and coding.by.model is None
    return asked and (own or "").startswith(f"{name}: ") and (own_version or "").startswith(version)


def _stored(connection: Connection, keys: Iterable[str]) -> dict[str, _Stored]:
    """Key -> number of the report, number and coder of its coding in force."""
    found: dict[str, _Stored] = {}
    for some in chunks(keys):
        query = (
            select(reports.c.key, reports.c.num, codings.c.num, codings.c.coder, codings.c.version)
            .join_from(
                reports, codings, (codings.c.report == reports.c.num) & codings.c.retired.is_(None), isouter=True
            )
            .where(reports.c.key.in_(some))
        )
        found |= {key: (num, coding, coder, version) for key, num, coding, coder, version in connection.execute(query)}
    return found


def _removed(connection: Connection, keys: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(keys):
        query = select(removals.c.report).where(removals.c.report.in_(some))
        found |= set(connection.execute(query).scalars())
    return found


def coder_record(batch: Batch, coding: Coding, report: int | None = None) -> dict[str, str]:
    """The coder (name and version) of a coding in a batch; `report` is the number of its report."""
    name, version = batch.coder or batch.coders.get(report or 0) or coder_of(coding)
    return {"coder": name, "coder_version": version}
