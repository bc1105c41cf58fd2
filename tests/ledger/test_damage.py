"""Whatever is changed in whatever row of whatever table, the check finds it, says it, and says how it is mended."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Table,
    and_,
    create_engine,
    delete,
    select,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.ledger.access import Access
from dateline.ledger.checking import problems
from dateline.ledger.damage import REMAKE, RESTORE, USERS, Problem
from dateline.ledger.digests import SEALED, digest_of, rewrite
from dateline.ledger.errors import CorruptLedger, DamagedLedger
from dateline.ledger.tables import accounts, metadata, reports, versions
from dateline.linking.weights import laid_over
from dateline.model import Coding
from dateline.model.claims import CodedBy
from dateline.model.errors import DatelineError
from dateline.service.people import People
from dateline.service.saved import Saved
from tests.ledger.conftest import coded
from tests.ledger.test_judging import bombing

#: Each column of each table is changed in turn.
pytestmark = pytest.mark.slow


def fill(ledger: Ledger, codings: list[Coding], case_reports: list[Coding]) -> None:
    """Rows in every table."""
    ledger.add([*codings, *case_reports])
    event = bombing(ledger)
    ledger.judge("accept", event.id, "seen")
    ledger.withdraw(ledger.judge("correct", event.id, field="type", value="attack"), "a slip")
    other = next(e.id for e in ledger.all_events() if e.id != event.id)
    number = ledger.judge("same", event.id, other=other)
    ledger.withdraw(number)
    ledger.judge("same", event.id, other=other)
    ledger.set_weights(laid_over({"prior": {"any": -1.0}}, "test"))
    ledger.set_rules(ledger.rules())
    ledger.set_coder("rules")
    claimed = tuple(replace(account, status="attempted") for account in codings[0].accounts)
    ledger.add([replace(codings[0], accounts=claimed, by=CodedBy("model", "m", "p"))])
    for _ in range(3):
        ledger.gone_from_source("paper")
        ledger.set_access("paper", Access("team", "by consent"))
    ledger.remove("kabul", "withdrawn")
    People(ledger).add("ann", "admin", "long enough it is")
    People(ledger).make_token("ann", "feed")
    People(ledger).note("ann", "::1", "log-in")
    Saved(ledger).save("mine", "type=bombing", "ann")


@pytest.fixture
def filled(ledger: Ledger, codings: list[Coding], case_reports: list[Coding]) -> Ledger:
    fill(ledger, codings, case_reports)
    return ledger


def check(connection: Connection, deep: bool = False) -> list[Problem]:
    return list(problems(connection, deep))


def other_value(column: Column[Any], value: Any) -> Any:
    """Another value of the kind that a column holds."""
    kind = column.type
    if isinstance(kind, LargeBinary):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Float):
        return (value or 0.0) + 0.5
    return (value or 0) + 1 if isinstance(kind, Integer) else f"{value or ''}x"


class Undone(Exception):
    """A trial is over; its transaction is taken back."""


def tried(ledger: Ledger, damage: Callable[[Connection], Any], deep: bool = False) -> list[Problem] | None:
    """What the check finds after some damage, which is then undone; None where the database refuses the damage."""
    found: list[Problem] | None = None
    try:
        with ledger.store.engine.connect() as connection, connection.begin():
            if ledger.store.is_sqlite:
                connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            damage(connection)
            found = check(connection, deep)
            raise Undone
    except (Undone, IntegrityError, DataError):
        return found


def own(table: Table, row: Any) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def test_a_change_of_any_column_of_any_table_is_found(filled: Ledger) -> None:
    choice, unseen, refused = random.Random(3), [], 0
    for table in metadata.sorted_tables:
        with filled.store.reading() as connection:
            assert check(connection) == []
            rows = connection.execute(select(table)).mappings().all()
        assert rows, table.name
        # Digests are the same on both databases: on the slower one some columns do.
        for column in list(table.columns)[:: 1 if filled.store.is_sqlite else 4]:
            if column.name == "num" and "digest" not in table.columns:
                continue  # Of claims, places and actors the number says nothing by itself.
            row = choice.choice(rows)
            value = other_value(column, row[column.name])
            change = table.update().where(own(table, row)).values({column.name: value})
            found = tried(filled, lambda connection, it=change: connection.execute(it))  # type: ignore[misc]
            refused += found is None
            if found == []:
                unseen.append(f"{table.name}.{column.name}: {row[column.name]!r} -> {value!r}")
    assert not unseen, "\n".join(unseen)
    assert refused < 60


def test_a_missing_row_of_any_table_is_found(filled: Ledger) -> None:
    unseen = []
    for table in metadata.sorted_tables:
        if table.name in ("users", "keys", "audit", "saved", "pairs", "related"):
            continue  # They come and go: no row of them says how many there were.
        with filled.store.reading() as connection:
            rows = connection.execute(select(table)).mappings().all()
        for row in (rows[0], rows[len(rows) // 2], rows[-1]):
            gone = delete(table).where(own(table, row))
            found = tried(filled, lambda connection, it=gone: connection.execute(it))  # type: ignore[misc]
            if found == []:
                unseen.append(f"{table.name}: {row}")
    assert not unseen, "\n".join(unseen)


def test_what_words_are_found_by_is_made_again_by_the_deep_check(filled: Ledger) -> None:
    assert tried(filled, lambda connection: None, deep=True) == []
    damage = (
        "INSERT INTO words (rowid, text) VALUES (99, 'stray')"
        if filled.store.is_sqlite
        else "UPDATE words SET text = to_tsvector('simple', 'stray') WHERE account = 1"
    )
    found = tried(filled, lambda connection: connection.execute(text(damage)), deep=True)
    assert found and found[0].mend == REMAKE and "other words" in found[0].what


@pytest.mark.parametrize(
    ("statement", "said", "mend"),
    [
        ("UPDATE versions SET body = replace(body, 'Mosul', 'Basra') WHERE num = 1", "event e-.*as of revision 1: is "
         "not what was written", RESTORE),
        ("UPDATE versions SET body = '{' WHERE num = 1", "event e-.*: cannot be understood", RESTORE),
        ("UPDATE versions SET body = '[]' WHERE num = 1", "event e-", RESTORE),
        ("UPDATE versions SET body = '{}' WHERE num = 1", "event e-", RESTORE),
        ("UPDATE reports SET title = 'Another' WHERE uri = 'wire'", "report wire: is not what was written", RESTORE),
        ("UPDATE codings SET body = 'x' WHERE num = 1", "report wire: cannot be understood", RESTORE),
        ("UPDATE users SET role = 'reader'", "user ann: is not what was written", USERS),
        ("UPDATE actors SET name = 'somebody else' WHERE num = 1", "is searched by other places or actors", REMAKE),
        ("UPDATE versions SET digest = NULL WHERE num = 1", "bears no digest", RESTORE),
        ("DROP TABLE saved", "table saved: is missing", RESTORE),
        ("ALTER TABLE pairs DROP COLUMN weight", "table pairs: lacks weight", RESTORE),
    ],
)  # fmt: skip
def test_damage_is_told_in_words_with_how_to_mend_it(filled: Ledger, statement: str, said: str, mend: str) -> None:
    found = tried(filled, lambda connection: connection.execute(text(statement)))
    assert found
    assert any(re.search(said, str(problem)) and problem.mend == mend for problem in found), [str(p) for p in found]


# ---------------------------------------------------------------- no command traces back


_DAMAGES = (
    "UPDATE versions SET body = '{'", "UPDATE versions SET body = '[]'", "UPDATE versions SET body = '{}'",
    "UPDATE versions SET body = json_set(body, '$.when', 'x')", "UPDATE versions SET body = CAST(x'fffe' AS TEXT)",
    "UPDATE codings SET body = '{}'", "UPDATE codings SET body = CAST(x'fffe' AS TEXT)",
    "UPDATE reports SET text = CAST(x'fffe' AS TEXT)", "UPDATE compared SET body = '{}'",
    "UPDATE accounts SET num = num + 1000", "UPDATE versions SET revision = 'x'", "UPDATE revisions SET at = x'ff'",
    "UPDATE rules SET body = '{}'", "UPDATE weights SET body = '[1]'", "DELETE FROM members", "DROP TABLE actors",
    "UPDATE reports SET signature = x'00'", "UPDATE claims SET value = 'x'", "DELETE FROM alembic_version",
    "UPDATE versions SET body = json_remove(body, '$.accounts')", "UPDATE revisions SET upto = 'x'",
    "UPDATE judgements SET kind = x'ff'", "UPDATE judgements SET value = '{'",
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, codings: list[Coding], case_reports: list[Coding]) -> bytes:
    """The bytes of a ledger in which all is well."""
    path = tmp_path_factory.mktemp("sound") / "ledger.sqlite"
    with Ledger.open(str(path), create=True) as ledger:
        fill(ledger, codings, case_reports)
    return path.read_bytes()


def run(path: Path, *args: str) -> tuple[str, BaseException | None]:
    done = CliRunner().invoke(cli, [*args, "--ledger", str(path)])
    unexpected = None if isinstance(done.exception, (DatelineError, SystemExit, type(None))) else done.exception
    return f"{done.output}{done.exception or ''}", unexpected


@pytest.mark.parametrize("statement", _DAMAGES)
def test_no_command_traces_back_on_a_damaged_ledger(sound: bytes, tmp_path: Path, statement: str) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(sound)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    for command in (
        ("ledger", "check"), ("ledger", "check", "--deep"), ("events",), ("events", "--format", "csv"),
        ("ledger", "export", "--out", str(tmp_path / "x.jsonl"), "--force"), ("ledger", "info"),
        ("ledger", "backup", str(tmp_path / "b.sqlite"), "--force"),
        ("export", "--out", str(tmp_path / "e.zip"), "--force"),
        ("users", "list"), ("diff", "1", "3"), ("ledger", "upgrade"),
    ):  # fmt: skip
        said, unexpected = run(path, *command)
        assert unexpected is None, (command, repr(unexpected))
        if command[:2] == ("ledger", "check"):
            assert "All is well" not in said


def test_bytes_that_turn_anywhere_in_the_file_are_found_or_mean_nothing(sound: bytes, tmp_path: Path) -> None:
    """Every byte that matters is covered; one that no row and no page needs may turn unseen."""
    choice, path = random.Random(7), tmp_path / "ledger.sqlite"
    path.write_bytes(sound)
    with Ledger.open(str(path)) as ledger:
        before = _all_of(ledger)
    unseen = 0
    for _ in range(30):
        data = bytearray(sound)
        for at in (choice.randrange(100, len(data)) for _ in range(3)):
            data[at] ^= 1 << choice.randrange(8)
        path.write_bytes(bytes(data))
        said, unexpected = run(path, "ledger", "check")
        assert unexpected is None, repr(unexpected)
        if "All is well" in said:
            unseen += 1
            with Ledger.open(str(path)) as ledger:
                assert _all_of(ledger) == before
    assert unseen < 30


def _all_of(ledger: Ledger) -> list[Any]:
    with ledger.store.reading() as connection:
        return [connection.execute(select(table)).all() for table in SEALED]


# ---------------------------------------------------------------- digests


def test_a_digest_is_of_what_the_row_says_and_of_nothing_else() -> None:
    row = {"num": 1, "key": "k", "id": "i", "uri": "u", "text": "t", "signature": b"s", "source": "k", "revision": 1}
    digest = digest_of(reports, row)
    assert digest == digest_of(reports, {**row, "title": None, "digest": 5})
    assert digest != digest_of(reports, {**row, "title": ""})
    assert digest_of(accounts, {"num": 1, "confidence": 1}) == digest_of(accounts, {"num": 1.0, "confidence": 1.0})
    assert digest_of(versions, {"num": 1, "ended": 3}) == digest_of(versions, {"num": 1})


def test_a_purge_leaves_no_damage_behind(filled: Ledger) -> None:
    filled.remove("wire", "a name", purge_text=True)
    filled.add([coded("late", "BASRA - Gunmen shot dead two teachers at a school in Basra on Monday, police said.")])
    with filled.store.reading() as connection:
        assert check(connection, deep=True) == []


def test_who_changes_a_row_on_purpose_seals_it_anew(filled: Ledger) -> None:
    with filled.store.writing() as connection:
        rewrite(connection, reports, reports.c.uri == "wire", title="Another title")
    People(filled).add("ann", "admin", "another one, as long")
    with filled.store.reading() as connection:
        assert [p for p in check(connection) if "not what was written" in p.what] == []


def test_an_error_that_damage_explains_is_told_as_damage(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(sound)
    with pytest.raises(KeyError), Ledger.open(str(path)) as ledger:
        raise KeyError("a fault of our own")
    with Ledger.open(str(path)) as ledger, ledger.store.writing() as connection:
        connection.execute(text("UPDATE versions SET body = '{}' WHERE num = 1"))
    with pytest.raises(DamagedLedger, match=r"DL-L016.*event e-.*dateline ledger check"), Ledger.open(str(path)):
        raise KeyError("what")
    assert issubclass(CorruptLedger, DatelineError)
