"""Questions about reports: what was read in them, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import RowMapping, or_, select

from dateline.ledger.access import SealedReport, address_of, hidden_from
from dateline.ledger.asking.base import Base
from dateline.ledger.errors import NoSuchReport
from dateline.ledger.readings import label_of, readings_of
from dateline.ledger.rows import chunks, coding_of
from dateline.ledger.store import newest
from dateline.ledger.tables import codings, reports, revisions
from dateline.model import Coding
from dateline.version import CODER, VERSION

#: Codings that are read at once.
_BATCH = 100


class AskingReports(Base):
    """What a report tells, when it was added, and by whom."""

    def report(self, key: str, as_of: int | None = None) -> Coding:
        """A report with its last coding (at that revision). Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return coding_of(row, row["body"])

    def coder(self, key: str, as_of: int | None = None) -> tuple[str, str]:
        """Name and version of the coder that `report` gives the coding of. Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return row["coder"], row["version"]

    def coded(self, key: str, as_of: int | None = None) -> tuple[Coding, str]:
        """The coding that `report` gives, and its coder's name and version. Raises NoSuchReport (DL-L013)."""
        row = self._coded(key, as_of)
        return coding_of(row, row["body"]), f"{row['coder']} {row['version']}"

    def coded_all(self, keys: Iterable[str], as_of: int | None = None) -> dict[str, tuple[Coding, str]]:
        """What `coded` gives, for several reports (by key), in few database queries. Reports that the user may not read
        are left out. Raises NoSuchReport (DL-L013)."""
        wanted = sorted(set(keys))
        query = select(codings.c.body, codings.c.coder, codings.c.version, reports).join_from(codings, reports)
        query = query if as_of is None else query.where(codings.c.revision <= as_of)
        rows: dict[str, RowMapping] = {}
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            for some in chunks(wanted, _BATCH):
                # A report that was coded twice comes twice: the later coding is the one that counts.
                own = query.where(reports.c.key.in_(some)).order_by(codings.c.num)
                rows |= {row["key"]: row for row in connection.execute(own).mappings()}
        if lost := next((key for key in wanted if key not in rows), None):
            raise NoSuchReport("There is no such report.", where=lost)
        return {
            key: (coding_of(row, row["body"]), f"{row['coder']} {row['version']}")
            for key, row in rows.items()
            if key not in hidden
        }

    def _coded(self, key: str, as_of: int | None) -> RowMapping:
        query = (
            select(codings.c.body, codings.c.coder, codings.c.version, reports)
            .join_from(codings, reports)
            .where(or_(reports.c.key == key, reports.c.uri == key))
            .order_by(codings.c.num.desc())
        )
        if as_of is not None:
            query = query.where(codings.c.revision <= as_of)
        with self.store.reading() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
            hidden = hidden_from(connection, self.right)
        # A user who may not read a report must not learn whether a guessed address is its address.
        if row is None or (row["key"] in hidden and key != row["key"]):
            raise NoSuchReport("There is no such report.", where=key)
        if row["key"] in hidden:
            raise SealedReport("Its words are hidden from whoever asks.", where=address_of(row["key"]))
        return row

    def readings(self, report: str) -> list[dict[str, Any]]:
        """What each coder read in a report (by key or URI): coder, version, whether it is in force, and the coding as
        the coder made it. The coder in force comes first. Raises NoSuchReport (DL-L013), SealedReport (DL-L023)."""
        row = self._coded(report, None)
        with self.store.reading() as connection:
            found = readings_of(connection, [row["num"]])[row["num"]]
        own = label_of(row["coder"])
        told = [
            {"coder": one.label, "version": one.coder[1], "in_force": one.label == own, "coding": one.coding}
            for one in found.values()
        ]
        return sorted(told, key=lambda one: not one["in_force"])

    def sources(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """The metadata of reports, in order of their keys: key, uri, title, publisher, language, publication (as in
        RECORD.md, or null), and the links of their accounts in the last coding (at that revision)."""
        columns = [reports.c[name] for name in ("key", "uri", "title", "publisher", "lang")]
        with self._reading(as_of) as connection:
            hidden = hidden_from(connection, self.right)
            for some in chunks(sorted(set(keys)), _BATCH):
                query = select(codings.c.body, *columns).join_from(codings, reports).where(reports.c.key.in_(some))
                if as_of is not None:
                    query = query.where(codings.c.revision <= as_of)
                # A report that was coded twice comes twice: the later coding is the one that counts.
                rows = {row["key"]: row for row in connection.execute(query.order_by(codings.c.num)).mappings()}
                for key in sorted(rows):
                    row = dict(rows[key])
                    if key in hidden:
                        row |= {"uri": address_of(key), "title": None, "publisher": None}
                    body = json.loads(row.pop("body"))
                    yield {**row, "published": body["report"]["published"], "links": body["links"]}

    def brought_in(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """For each report that may be read, in order of the keys: its key, URI and text, the revision that added it,
        when and by whom; then each coding of it (up to `as_of`), with its revision and coder."""
        added, coded = revisions.alias("added"), revisions.alias("coded")
        columns = (
            reports.c.key, reports.c.uri, reports.c.text, reports.c.source, added.c.number.label("revision"),
            added.c.at, added.c.by, codings.c.coder, codings.c.version, coded.c.number.label("coded"),
            coded.c.at.label("coded_at"),
        )  # fmt: skip
        joined = (
            select(*columns)
            .select_from(reports)
            .join(codings, codings.c.report == reports.c.num)
            .join(added, added.c.number == reports.c.revision)
            .join(coded, coded.c.number == codings.c.revision)
        )
        if as_of is not None:
            joined = joined.where(codings.c.revision <= as_of)
        with self._reading(as_of) as connection:
            for some in chunks(sorted(set(keys) - hidden_from(connection, self.right)), _BATCH):
                query = joined.where(reports.c.key.in_(some)).order_by(reports.c.key, codings.c.num)
                yield from (dict(row) for row in connection.execute(query).mappings())

    def files(self, as_of: int | None = None) -> list[str]:
        """The URIs of all reports that are absolute paths of files."""
        query = select(reports.c.uri).where(reports.c.uri.startswith("/"))
        with self._reading(as_of) as connection:
            last = newest(connection) if as_of is None else as_of
            return list(connection.execute(query.where(reports.c.revision <= last)).scalars())

    def stored(self, other_versions: bool = True) -> Iterator[Coding]:
        """The codings in force, in order of their reports. With `other_versions` only those that the rules of another
        version of dateline made; codings of a language model are left out, because the rules do not replace them."""
        query = select(codings.c.num).where(codings.c.retired.is_(None)).order_by(codings.c.report)
        if other_versions:
            own = or_(codings.c.coder != CODER, codings.c.version != VERSION)
            query = query.where(own, codings.c.coder.not_like(f"{CODER} %"))
        with self.store.reading() as connection:
            nums = list(connection.execute(query).scalars())
        for some in chunks(nums, _BATCH):
            with self.store.reading() as connection:
                rows = select(codings.c.body, reports).join_from(codings, reports).where(codings.c.num.in_(some))
                found = [
                    coding_of(row, row["body"]) for row in connection.execute(rows.order_by(reports.c.num)).mappings()
                ]
            yield from found

    def at_address(self, uri: str) -> str | None:
        """The key of the report in force among those from an address; "" where all were taken out; None where there is
        none."""
        query = select(reports.c.key, codings.c.num).join_from(
            reports, codings, (codings.c.report == reports.c.num) & codings.c.retired.is_(None), isouter=True
        )
        with self.store.reading() as connection:
            found = connection.execute(query.where(reports.c.uri == uri).order_by(codings.c.num)).all()
        live = [row.key for row in found if row.num is not None]
        return live[-1] if live else "" if found else None
