"""A ledger moves whole, is checked, is backed up, and comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from dateline.ledger import Ledger, Query
from dateline.ledger.backups import backup, restore
from dateline.ledger.checking import problems
from dateline.ledger.errors import BadExport, CorruptLedger
from dateline.ledger.moving import exported, imported
from dateline.ledger.store import Store
from dateline.linking.weights import laid_over
from dateline.model import Coding
from tests.ledger.test_adding import whole
from tests.ledger.test_judging import bombing


@pytest.fixture
def lived(ledger: Ledger, codings: list[Coding], world: list[Coding]) -> Ledger:
    """A ledger in which everything has happened."""
    ledger.add(codings)
    event = bombing(ledger)
    ledger.judge("accept", event.id, "seen")
    number = ledger.judge("correct", event.id, field="type", value="attack")
    ledger.withdraw(number, "a slip")
    other = next(e.id for e in ledger.all_events() if e.id != event.id)
    ledger.judge("same", event.id, other=other)
    ledger.add(world[:20])
    ledger.set_weights(laid_over({"prior": {"any": -1.0}}, "test"))
    ledger.remove("kabul", "withdrawn")
    ledger.remove(world[0].report.uri, "a name", purge_text=True)
    return ledger


def lines_of(ledger: Ledger) -> list[str]:
    with ledger.store.reading() as connection:
        return list(exported(connection))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "elsewhere.sqlite"), create=True) as ledger:
        yield ledger


def test_export_and_import_are_the_identity(lived: Ledger, elsewhere: Ledger, codings: list[Coding]) -> None:
    lines = lines_of(lived)
    with elsewhere.store.writing() as connection:
        assert imported(connection, lines) == len(lines) - 2
    assert lines_of(elsewhere) == lines
    assert whole(elsewhere) == []
    for query in (Query(), Query(text="zaytun"), Query(places=("IQ",)), Query(box=(0.0, 0.0, 90.0, 50.0))):
        assert list(elsewhere.all_events(query)) == list(lived.all_events(query))
    # What comes later is the same in both, too.
    later = codings[3]
    for ledger in (lived, elsewhere):
        ledger.add([later])
    assert list(elsewhere.all_events()) == list(lived.all_events())


def test_an_export_that_was_changed_is_refused(lived: Ledger, elsewhere: Ledger) -> None:
    lines = lines_of(lived)
    longer = [*lines[:5], lines[4], *lines[5:]]
    for bad in (lines[:-1], lines[1:], longer, ["{}"], ["no json"], [], [lines[0], '["x",{}]', lines[-1]]):
        with pytest.raises(BadExport, match="DL-L011"), elsewhere.store.writing() as connection:
            imported(connection, bad)
        assert elsewhere.revision() == 0
    with pytest.raises(BadExport), lived.store.writing() as connection:
        imported(connection, lines)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE reports SET text = replace(text, 'market', 'garden') WHERE uri = 'wire'", "not the one that was read"),
        ("UPDATE reports SET text = replace(text, 'Tuesday', 'Sundays') WHERE uri = 'wire'", "the text at"),
        ('UPDATE claims SET start = 99999, "end" = 99999 WHERE num = 3', "outside the text"),
        ("DELETE FROM claims WHERE num = 2", "its claims are not"),
        ("UPDATE versions SET ended = 1 WHERE ended IS NULL", "is in 0 events"),
        ("INSERT INTO redirects (num, event, \"into\", revision) VALUES (99, 'e-x', 'e-y', 1)", "which never was"),
        ("DELETE FROM compared", "linking cannot see it"),
    ],
)
def test_the_check_finds_what_is_wrong(ledger: Ledger, codings: list[Coding], statement: str, said: str) -> None:
    ledger.add(codings)
    with ledger.store.reading() as connection:
        assert list(problems(connection, deep=True)) == []
    with ledger.store.writing() as connection:
        connection.execute(text(statement))
    with ledger.store.reading() as connection:
        assert any(said in str(problem) for problem in problems(connection))


def test_a_backup_comes_back(lived: Ledger, url: str, tmp_path: Path, opened: Callable[..., Ledger]) -> None:
    copy = tmp_path / "backup"
    backup(lived.store, copy)
    lines = lines_of(lived)
    assert not list(tmp_path.glob("*.part"))
    target = Store(str(tmp_path / "restored.sqlite"))
    assert restore(copy, target) is None
    with Ledger.open(target.address) as again:
        assert lines_of(again) == lines
        assert whole(again) == []


def test_a_damaged_file_says_how_to_restore_it(tmp_path: Path, codings: list[Coding]) -> None:
    path, copy = tmp_path / "ledger.sqlite", tmp_path / "backup.sqlite"
    with Ledger.open(str(path), create=True) as ledger:
        ledger.add(codings)
        backup(ledger.store, copy)
        events = list(ledger.all_events())
    data = bytearray(path.read_bytes())
    data[20_000:60_000] = b"\xa5" * 40_000
    path.write_bytes(bytes(data))
    with pytest.raises(CorruptLedger, match=r"DL-L002.*dateline ledger restore"), Ledger.open(str(path)) as ledger:
        list(ledger.all_events())
        with ledger.store.reading() as connection:
            found = list(problems(connection))
        raise CorruptLedger(str(found[0]))
    kept = restore(copy, Store(str(path)))
    assert kept is not None
    assert kept.exists()
    with Ledger.open(str(path)) as ledger:
        assert list(ledger.all_events()) == events
        assert whole(ledger) == []
    copy.write_bytes(bytes(data))
    with pytest.raises(CorruptLedger):
        restore(copy, Store(str(tmp_path / "third.sqlite")))


def test_lines_are_json(lived: Ledger) -> None:
    rows = [json.loads(line) for line in lines_of(lived)]
    assert rows[0]["schema"] == "dateline.ledger/1"
    assert rows[-1]["end"] == len(rows) - 1
