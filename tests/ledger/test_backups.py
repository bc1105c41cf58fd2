"""Backups and the way back: nothing committed is lost, nothing half is left, nothing secret is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.ledger.backups import backup, restore
from dateline.ledger.errors import BadExport, BadUrl, CorruptLedger, NoLedger, OtherVersion
from dateline.ledger.store import Store, shown
from dateline.model import Coding
from dateline.model.errors import CannotWrite


def killed(folder: Path, name: str, codings: list[Coding]) -> Path:
    """A ledger whose last two reports stand in its write-ahead log alone, as after `kill -9`."""
    path = folder / "alive.sqlite"
    with Ledger.open(str(path), create=True) as ledger:
        ledger.add(codings[:1])
        with ledger.store.engine.connect() as held:
            held.execute(text("SELECT 1 FROM reports"))  # Whoever reads keeps the log from being folded in.
            ledger.add(codings[1:3])
            for tail in ("", "-wal"):
                shutil.copyfile(f"{path}{tail}", folder / f"{name}{tail}")
    for left in folder.glob("alive.sqlite*"):
        left.unlink()
    return folder / name


def reports_in(path: Path) -> int:
    with Ledger.open(str(path)) as ledger:
        return int(ledger.info()["reports"])


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[16_000:40_000] = b"\xa5" * 24_000
    path.write_bytes(bytes(data))


@pytest.fixture
def copy(tmp_path: Path, codings: list[Coding]) -> Path:
    """A backup with one report."""
    with Ledger.open(str(tmp_path / "first.sqlite"), create=True) as ledger:
        ledger.add(codings[3:])
        backup(ledger.store, tmp_path / "copy.sqlite")
    return tmp_path / "copy.sqlite"


def test_what_only_the_log_of_the_old_ledger_holds_is_kept(tmp_path: Path, codings: list[Coding], copy: Path) -> None:
    path = killed(tmp_path, "ledger.sqlite", codings)
    kept = restore(copy, Store(str(path)))
    assert kept is not None
    assert (reports_in(path), reports_in(kept)) == (1, 3)


def test_the_log_of_a_damaged_ledger_stays_beside_it(tmp_path: Path, codings: list[Coding], copy: Path) -> None:
    path = killed(tmp_path, "ledger.sqlite", codings)
    log = Path(f"{path}-wal").read_bytes()
    path.write_bytes(b"no ledger at all, and long enough to be looked at" * 100)
    kept = restore(copy, Store(str(path)))
    assert kept is not None
    assert Path(f"{kept}-wal").read_bytes() == log
    assert reports_in(path) == 1
    # A log that is left without its ledger is not taken for the new one's.
    path.unlink()
    Path(f"{path}-wal").write_bytes(log)
    second = restore(copy, Store(str(path)))
    assert second is not None and Path(f"{second}-wal").read_bytes() == log
    assert reports_in(path) == 1


def test_a_ledger_with_a_log_is_a_backup_too(tmp_path: Path, codings: list[Coding]) -> None:
    source = killed(tmp_path, "source.sqlite", codings)
    restore(source, Store(str(tmp_path / "new.sqlite")))
    assert reports_in(tmp_path / "new.sqlite") == 3


def test_a_restored_ledger_is_as_secret_as_the_old_one(tmp_path: Path, codings: list[Coding], copy: Path) -> None:
    path = killed(tmp_path, "ledger.sqlite", codings)
    path.chmod(0o600)
    restore(copy, Store(str(path)))
    assert path.stat().st_mode & 0o777 == 0o600


_FULL = """
import resource, signal, sys
from pathlib import Path
from dateline.ledger.backups import backup, restore
from dateline.ledger.store import Store
from dateline.model.errors import DatelineError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    restore(Path(sys.argv[1]), Store(sys.argv[2]))
except DatelineError as error:
    print(error.code)
try:
    backup(Store(sys.argv[2]), Path(sys.argv[3]))
except DatelineError as error:
    print(error.code)
"""


def test_a_full_disk_leaves_the_ledger_and_no_draft(tmp_path: Path, codings: list[Coding], copy: Path) -> None:
    path = killed(tmp_path, "ledger.sqlite", codings)
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(copy), str(path), str(tmp_path / "second.sqlite")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == [CannotWrite.code, CannotWrite.code], done.stderr
    assert not list(tmp_path.glob(".dateline-*"))
    assert not list(tmp_path.glob("*.old-*")) and not (tmp_path / "second.sqlite").exists()
    assert reports_in(path) == 3


def test_a_damaged_ledger_cannot_be_backed_up_and_that_is_said(tmp_path: Path, codings: list[Coding]) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(str(path), create=True) as ledger:
        ledger.add(codings)
    damage(path)
    with pytest.raises(CorruptLedger, match="DL-L002"):
        backup(Store(str(path)), tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists() and not list(tmp_path.glob(".dateline-*"))


@pytest.mark.parametrize(
    "bad",
    [
        b"\x1f\x8b rubbish",
        b"\xff\xfe rubbish",
        b"",
        b"{}\n",
        b'{"schema":"dateline.ledger/1"}\n["reports",{"num":1e999}]',
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "bad").write_bytes(bad)
    with pytest.raises(BadExport, match="DL-L011"):
        restore(tmp_path / "bad", Store(str(tmp_path / "new.sqlite")))
    with pytest.raises(BadExport, match="DL-L011"):
        restore(tmp_path, Store(str(tmp_path / "new.sqlite")))


# ---------------------------------------------------------------- versions


@pytest.mark.parametrize("version", ["9999", "0a7d-of-another-program"])
def test_tables_of_a_newer_version_are_not_upgraded(tmp_path: Path, codings: list[Coding], version: str) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger.open(path, create=True) as ledger:
        ledger.add(codings[:1])
        with ledger.store.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": version})
    for command in (lambda: Ledger.open(path), Store(path).upgrade):
        with pytest.raises(OtherVersion, match=r"DL-L003.*newer dateline made it"):
            command()


def test_an_upgrade_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        Store(str(tmp_path / "none.sqlite")).upgrade()
    assert not (tmp_path / "none.sqlite").exists()


# ---------------------------------------------------------------- passwords


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:geheim@h/d", "postgresql://me:ge@heim/geheim@h:5/d", "postgresql://h/d?user=me&password=geheim",
        "postgresql://me:geheim@h:port/d", "postgresql://:geheim@h/d", "mysql://me:geheim@h/d?ssl=1&PASSWORD=geheim",
    ],
)  # fmt: skip
def test_no_password_is_shown(address: str) -> None:
    assert "geheim" not in shown(address)
    try:
        assert "geheim" not in Store(address).name
    except BadUrl as error:
        assert "geheim" not in str(error)


def test_no_command_prints_the_password(postgres_url: str, tmp_path: Path) -> None:
    address = postgres_url.replace("dateline@", "dateline:geheim@")
    report = tmp_path / "report.txt"
    report.write_text("KABUL - Gunmen shot dead two teachers in Kabul on Monday, police said.", encoding="utf-8")
    lost = address.rsplit("@", 1)[0] + "@127.0.0.1:1/none?connect_timeout=1"
    said = ""
    for command in (
        ("add", str(report)), ("users", "add", "ann", "--password", "long enough it is"), ("users", "list"),
        ("ledger", "info"), ("ledger", "check"), ("ledger", "backup", str(tmp_path / "b.gz")), ("ledger", "upgrade"),
        ("ledger", "import", str(report)), ("ledger", "restore", str(tmp_path / "b.gz")), ("events",),
    ):  # fmt: skip
        for url in (address, lost, address + "?unknown=option"):
            done = CliRunner().invoke(cli, [*command, "--ledger", url])
            said += f"{done.output}{done.stderr}{done.exception}"
    assert "geheim" not in said
    assert "1 report added" in said and "***" in said


def test_a_backup_that_cannot_be_written_is_told_of_its_own_file(tmp_path: Path, codings: list[Coding]) -> None:
    with Ledger.open(str(tmp_path / "ledger.sqlite"), create=True) as ledger:
        ledger.add(codings[:1])
        with pytest.raises(CannotWrite, match="nowhere"):
            backup(ledger.store, tmp_path / "nowhere" / "copy.sqlite")
