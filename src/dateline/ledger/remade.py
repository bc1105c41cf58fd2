"""Check the tables that are made from others: make them again, and compare (members, places, actors, bands, blocks,
words)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, select, text

from dateline.ledger.adding import band_rows, signature_of
from dateline.ledger.damage import REMAKE, Part, Problem, understood
from dateline.ledger.differing import rows_of, several
from dateline.ledger.linker import numbers_of
from dateline.ledger.reviewing import killed_of
from dateline.ledger.rows import chunks, coded, coding_of, evidence
from dateline.ledger.search import folded
from dateline.ledger.tables import (
    accounts,
    actors,
    bands,
    blocks,
    codings,
    compared,
    differing,
    members,
    places,
    removals,
    reports,
    versions,
)
from dateline.ledger.versions import parsed, search_rows
from dateline.linking.candidates import blocks_of
from dateline.linking.facts import facts_from

_BATCH = 500


def _of_versions(connection: Connection) -> Iterator[Problem]:
    """Problems where the accounts of a version, or the rows that it is searched by, differ from its record."""
    nums = connection.execute(select(versions.c.num).order_by(versions.c.num)).scalars().all()
    for some in chunks(nums, _BATCH):
        held = _grouped(connection, select(members.c.version, accounts.c.key).join_from(members, accounts), some)
        where, who = _search(connection, places, some), _search(connection, actors, some)
        query = select(versions.c.num, versions.c.event, versions.c.revision, versions.c.body, versions.c.killed)
        for row in connection.execute(query.where(versions.c.num.in_(some)).order_by(versions.c.num)):
            name = f"event {row.event}, as of revision {row.revision}"
            keys = [key for (key,) in held[row.num]]
            yield from understood(name, _of_version(name, row, keys, where[row.num], who[row.num]))


def _of_version(name: str, row: Any, keys: list[str], where: list[str], who: list[str]) -> Iterator[Problem]:
    event = parsed(row.body)
    if sorted(keys) != sorted(account.key for account in event.accounts):
        yield Problem(name, "has other accounts than its record says")
    place, actor = search_rows([(row.num, event)], 0, 0)
    if (where, who) != (_bag(places, place), _bag(actors, actor)):
        yield Problem(name, "is searched by other places or actors than its record says", REMAKE)
    if row.killed != killed_of(event):
        yield Problem(name, "is searched by another number of killed than its record says", REMAKE)


def _grouped(connection: Connection, query: Any, nums: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for num, *rest in connection.execute(query.where(members.c.version.in_(nums))):
        found[num].append(tuple(rest))
    return found


def _search(connection: Connection, table: Table, nums: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.version.in_(nums))).mappings():
        found[row["version"]] += _bag(table, [dict(row)])
    return defaultdict(list, {num: sorted(rows) for num, rows in found.items()})


def _bag(table: Table, rows: Iterable[dict[str, Any]]) -> list[str]:
    """Rows as sorted texts, without their numbers. Numbers are made equal: a record may have 36, its column 36.0."""
    names = [c.name for c in table.columns if c.name not in ("num", "version")]
    return sorted(json.dumps([_plain(row[name]) for name in names]) for row in rows)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) else value


def _bands(connection: Connection) -> Iterator[Problem]:
    """Problems where bands, by which copies are found, differ from those of the reports' signatures."""
    query = select(reports.c.num, reports.c.uri, reports.c.signature).order_by(reports.c.num)
    made = ((num, uri, {row["band"] for row in band_rows(num, signature_of(sign))}) for num, uri, sign in
            connection.execute(query))  # fmt: skip
    yield from _same_sets(connection, made, bands.c.report, bands.c.band, "report {}: copies of it are looked for by "
                          "other words than its own")  # fmt: skip


def _blocks(connection: Connection) -> Iterator[Problem]:
    """Problems where blocks, by which partners are found, differ from those of the accounts' facts."""
    named: dict[int, dict[str, int]] = defaultdict(dict)
    live = select(accounts.c.coding, accounts.c.name, accounts.c.num).where(accounts.c.retired.is_(None))
    for coding, name, num in connection.execute(live):
        named[coding][name] = num
    made = (
        (named[coding][fact.name], str(named[coding][fact.name]), numbers_of(blocks_of(fact)))
        for coding, body in connection.execute(select(compared.c.coding, compared.c.body).order_by(compared.c.coding))
        for fact in facts_from(json.loads(body))
    )
    yield from _same_sets(connection, made, blocks.c.account, blocks.c.block, "account number {}: partners of it are "
                          "looked for among the wrong ones")  # fmt: skip


def _same_sets(
    connection: Connection,
    made: Iterator[tuple[int, str, set[int]]],
    whose: Column[Any],
    what: Column[Any],
    said: str,
) -> Iterator[Problem]:
    """Problems where the stored set of a number is not the set that is made again, or a number should have no set."""
    owners = set(connection.execute(select(whose).distinct()).scalars())
    for some in chunks(made, _BATCH):
        stored: dict[int, set[int]] = defaultdict(set)
        for num, value in connection.execute(select(whose, what).where(whose.in_([num for num, _, _ in some]))):
            stored[num].add(value)
        for num, name, values in some:
            owners.discard(num)
            if stored[num] != values:
                where, told = said.format(name).split(": ", 1)
                yield Problem(where, told, REMAKE)
    for num in sorted(owners):
        yield Problem(f"{whose.table.name} of number {num}", "are of nothing that is there", REMAKE)


def _boxes(connection: Connection) -> Iterator[Problem]:
    """Problems where the table of boxes differs from the places. Only SQLite has it; PostgreSQL keeps its index
    itself."""
    if connection.dialect.name != "sqlite":
        return
    there = "FROM places p LEFT JOIN boxes b ON b.id = p.num WHERE p.lat IS NOT NULL AND p.lon IS NOT NULL"
    lies = "p.lat BETWEEN b.south AND b.north AND p.lon BETWEEN b.west AND b.east"
    lost = f"SELECT p.num {there} AND (b.id IS NULL OR NOT ({lies}))"
    bare = "SELECT id FROM boxes WHERE id NOT IN (SELECT num FROM places WHERE lat IS NOT NULL AND lon IS NOT NULL)"
    for (num,) in connection.execute(text(f"{lost} UNION {bare}")):
        yield Problem(f"place number {num}", "is not found where it lies", REMAKE)


# ---------------------------------------------------------------- where coders differ


def _differing(connection: Connection) -> Iterator[Problem]:
    """Problems where the table `differing` is not what comparing the coders again gives."""
    made = [
        (row["report"], row["place"], row["account"], row["field"], row["coder"])
        for row in rows_of(connection, several(connection))
    ]
    stored = [tuple(row) for row in connection.execute(select(differing))]
    for report in sorted({row[0] for row in set(made) ^ set(stored)}):
        yield Problem(f"report number {report}", "its coders differ otherwise than is kept", REMAKE)


# ---------------------------------------------------------------- words


def _words(connection: Connection) -> Iterator[Problem]:
    """Problems where the index of words differs from the words of the accounts' sentences."""
    differing = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgres
    for num in differing(connection, _sentences(connection)):
        yield Problem(f"account number {num}", "is found by other words than its sentences have", REMAKE)


def _sentences(connection: Connection) -> Iterator[tuple[int, str]]:
    """The text by which each account is found, in the form in which words are searched."""
    purged = set(connection.execute(select(removals.c.report).where(removals.c.purged)).scalars())
    for some in chunks(connection.execute(select(codings.c.num).order_by(codings.c.num)).scalars().all(), _BATCH):
        names = select(accounts.c.coding, accounts.c.name, accounts.c.num).where(accounts.c.coding.in_(some))
        nums = {(coding, name): num for coding, name, num in connection.execute(names)}
        query = coded(reports.c.key).where(codings.c.num.in_(some))
        for row in connection.execute(query).mappings().all():
            if row["key"] not in purged:
                for account in coding_of(row, row["body"]).accounts:
                    yield nums[row["coding"], account.id], folded(evidence(account, row["text"]))


def _on_sqlite(connection: Connection, told: Iterable[tuple[int, str]]) -> list[int]:
    """Build a second index of the words, and compare the two word by word."""
    for statement in _SECOND_INDEX:
        connection.execute(text(statement))
    for some in chunks(told, _BATCH):
        rows = [{"num": num, "words": words} for num, words in some]
        connection.execute(text("INSERT INTO temp.made (rowid, text) VALUES (:num, :words)"), rows)
    one, two = ("SELECT term, doc, offset FROM temp.stored", "SELECT term, doc, offset FROM temp.remade")
    differing = f"SELECT doc FROM ({one} EXCEPT {two}) UNION SELECT doc FROM ({two} EXCEPT {one}) ORDER BY doc"
    return list(connection.execute(text(differing)).scalars())


#: The second index must have the same options as the index itself (search.py).
_SECOND_INDEX = (
    "DROP TABLE IF EXISTS temp.stored", "DROP TABLE IF EXISTS temp.remade", "DROP TABLE IF EXISTS temp.made",
    "CREATE VIRTUAL TABLE temp.made USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE temp.stored USING fts5vocab('main', 'words', 'instance')",
    "CREATE VIRTUAL TABLE temp.remade USING fts5vocab('temp', 'made', 'instance')",
)  # fmt: skip


def _on_postgres(connection: Connection, told: Iterable[tuple[int, str]]) -> list[int]:
    wrong = []
    for num, words in told:
        same = text("SELECT text = to_tsvector('simple', :words) FROM words WHERE account = :num")
        if not connection.execute(same, {"words": words, "num": num}).scalar():
            wrong.append(num)
    return wrong


REMADE: tuple[tuple[str, Part], ...] = (
    ("what events are searched by", _of_versions),
    ("what copies are found by", _bands),
    ("what partners are found by", _blocks),
    ("what the map is searched by", _boxes),
    ("where coders differ", _differing),
)
REMADE_DEEP: tuple[tuple[str, Part], ...] = (("words", _words),)
