"""Damage to a ledger's file, to a backup and to an export: it is found and said, and no command traces back."""

from __future__ import annotations

import gzip
import random
import tempfile
from pathlib import Path

from benchmarks.world import World
from click.testing import CliRunner
from sqlalchemy import create_engine, select, text

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.ledger.digests import SEALED
from dateline.ledger.moving import exported
from dateline.model.errors import DatelineError
from tests.attack.budget import Budget, Result

_REPORTS = 25
_COLUMNS = (
    ("reports", "title"), ("reports", "text"), ("codings", "body"), ("versions", "body"), ("judgements", "reason"),
    ("revisions", "by"),
)  # fmt: skip
_COMMANDS = (
    ("ledger", "check"), ("events",), ("events", "--format", "csv"), ("ledger", "info"), ("diff", "1", "2"),
    ("ledger", "backup", "{folder}/b.sqlite", "--force"), ("export", "--out", "{folder}/e.zip", "--force"),
    ("ledger", "export", "--out", "{folder}/x.jsonl", "--force"), ("users", "list"),
)  # fmt: skip


def damaged_files(budget: Budget) -> Result:
    """Bytes that turn, stretches that are lost, rows that are changed, ends that are cut off."""
    result, choice = Result(), budget.chance()
    with tempfile.TemporaryDirectory(prefix="dateline-damage-") as name:
        folder = Path(name)
        sound, lines = _sound(folder)
        for number in budget.rounds():
            kind = (_turned, _zeroed, _cut_off, _changed)[number % 4]
            _ledger(result, folder, kind(choice, folder, sound), sound, f"{kind.__name__.strip('_')} {number + 1}")
            _restore(result, folder, _turned(choice, folder, choice.choice((sound, lines, gzip.compress(lines)))))
    return result


def _sound(folder: Path) -> tuple[bytes, bytes]:
    """The bytes of a ledger, and of its export."""
    path = folder / "sound.sqlite"
    with Ledger.open(str(path), create=True, by="ann") as ledger:
        codings = list(World(seed=5, events_a_day=8).codings(_REPORTS))
        ledger.add(codings[:20])
        ledger.add(codings[20:])
        ledger.judge("accept", next(ledger.all_events()).id, "seen")
        with ledger.store.reading() as connection:
            lines = "".join(f"{line}\n" for line in exported(connection)).encode()
    return path.read_bytes(), lines


# ---------------------------------------------------------------- kinds of damage


def _turned(choice: random.Random, _: Path, sound: bytes) -> bytes:
    data = bytearray(sound)
    for _number in range(choice.choice((1, 3, 20))):
        data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
    return bytes(data)


def _zeroed(choice: random.Random, _: Path, sound: bytes) -> bytes:
    start, length = choice.randrange(len(sound)), choice.choice((16, 512, 4_096, 40_000))
    return (sound[:start] + bytes(length) + sound[start + length :])[: len(sound)]


def _cut_off(choice: random.Random, _: Path, sound: bytes) -> bytes:
    return sound[: choice.randrange(len(sound))]


def _changed(choice: random.Random, folder: Path, sound: bytes) -> bytes:
    """A value of a row that was written, changed by SQL."""
    path = folder / "changed.sqlite"
    path.write_bytes(sound)
    engine = create_engine(f"sqlite:///{path}")
    table, column = choice.choice(_COLUMNS)
    bad = choice.choice(("'{'", "'{}'", "'[1]'", "''", "x'fffe'", "'x'", "CAST(x'fffe' AS TEXT)"))
    with engine.begin() as connection:
        connection.execute(text(f'UPDATE {table} SET "{column}" = {bad}'))
    engine.dispose()
    return path.read_bytes()


# ---------------------------------------------------------------- what must hold


def _ledger(result: Result, folder: Path, data: bytes, sound: bytes, name: str) -> None:
    """No command traces back, and where the check says that all is well, all rows are what they were."""
    path = folder / "ledger.sqlite"
    for left in folder.glob("ledger.sqlite*"):
        left.unlink()
    path.write_bytes(data)
    for command in _COMMANDS:
        said = _run(result, [part.format(folder=folder) for part in command] + ["--ledger", str(path)], name)
        if command == ("ledger", "check") and "All is well" in said and data != sound:
            result.expect(_rows(data, folder) == _rows(sound, folder), f"{name}: the check did not see it")


def _rows(data: bytes, folder: Path) -> list[object]:
    path = folder / "read.sqlite"
    path.write_bytes(data)
    with Ledger.open(str(path)) as ledger, ledger.store.reading() as connection:
        found: list[object] = [connection.execute(select(table)).all() for table in SEALED]
    path.unlink()
    return found


def _restore(result: Result, folder: Path, backup: bytes) -> None:
    """A damaged backup, or export, is refused or restored, and leaves nothing half done."""
    (folder / "backup").write_bytes(backup)
    target = folder / "restored.sqlite"
    _run(result, ["ledger", "restore", str(folder / "backup"), "--ledger", str(target)], "restore")
    left = [path.name for path in folder.glob(".dateline-*")]
    result.expect(not left, f"restore left {left}")
    for path in folder.glob("restored.sqlite*"):
        path.unlink()


def _run(result: Result, command: list[str], name: str) -> str:
    done = CliRunner().invoke(cli, command)
    known = isinstance(done.exception, (DatelineError, SystemExit, type(None)))
    result.expect(known, f"{name}: {' '.join(command[:2])} traced back: {done.exception!r}")
    return f"{done.output}{done.exception or ''}"
