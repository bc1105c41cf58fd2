"""What `--out` names keeps being what it is: a pipe, a device, a link, a secret file, a file of one's own beside it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.model.files import drafted, is_through, whole_file

REPORT = "KABUL - Gunmen shot dead two teachers in Kabul on Monday, the education ministry said."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def code(report: Path, out: Path | str, *also: str) -> Result:
    return CliRunner().invoke(cli, ["code", str(report), "--format", "jsonl", "--out", str(out), "-q", *also])


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob(".dateline-*"))


def test_a_named_pipe_stays_one_and_is_written_through(report: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert code(report, pipe).exit_code == 0
    reader.join(10)
    assert '"accounts"' in read[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_one_and_leads_to_what_was_written(report: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "real.jsonl", tmp_path / "link.jsonl"
    target.parent.mkdir()
    link.symlink_to(target)
    assert code(report, link).exit_code == 0
    assert link.is_symlink() and '"accounts"' in target.read_text(encoding="utf-8")
    target.write_text("old", encoding="utf-8")
    assert "DL-E013" in str(code(report, link).exception)
    assert code(report, link, "--force").exit_code == 0
    assert link.is_symlink() and target.read_text(encoding="utf-8") != "old"
    assert not drafts(tmp_path) and not drafts(target.parent)


def test_a_secret_file_stays_secret_and_a_file_of_two_names_keeps_both(report: Path, tmp_path: Path) -> None:
    secret, second = tmp_path / "secret.jsonl", tmp_path / "second.jsonl"
    secret.write_text("old", encoding="utf-8")
    secret.chmod(0o600)
    os.link(secret, second)
    assert code(report, secret, "--force").exit_code == 0
    assert (mode_of(secret), mode_of(second)) == (0o600, 0o600)
    assert secret.read_bytes() == second.read_bytes() != b"old"
    second.unlink()
    assert code(report, secret, "--force").exit_code == 0
    assert mode_of(secret) == 0o600


def test_a_part_of_ones_own_is_left_alone(report: Path, tmp_path: Path) -> None:
    out, own = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    own.write_text("precious", encoding="utf-8")
    assert code(report, out).exit_code == 0
    assert own.read_text(encoding="utf-8") == "precious"
    assert not drafts(tmp_path)


def test_the_umask_counts_and_long_names_are_names(report: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        long = tmp_path / ("n" * 255)
        assert code(report, long).exit_code == 0
        assert mode_of(long) == 0o600
    finally:
        os.umask(before)


def test_a_file_that_may_not_be_written_is_not_replaced(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o444)
    if os.access(out, os.W_OK):
        pytest.skip("root may write everywhere")
    assert "DL-E007" in str(code(report, out, "--force").exception)
    assert out.read_text(encoding="utf-8") == "old"


def test_links_in_a_circle_are_said(report: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    assert "DL-E007" in str(code(report, one).exception)
    assert one.is_symlink() and two.is_symlink()


def test_devices_and_what_is_open_are_written_through(report: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()  # A device of the test's own: one of the system's would be gone where this fails.
    device = os.ttyname(theirs)
    assert is_through(device) and is_through("/dev/stdout") and not is_through(tmp_path / "new")
    assert code(report, device).exit_code == 0
    assert b"accounts" in os.read(ours, 100_000)
    assert stat.S_ISCHR(Path(device).stat().st_mode)
    os.close(ours)
    os.close(theirs)
    command = "from dateline.cli import main; main()"
    out = tmp_path / "redirected"
    with out.open("ab") as stream:
        subprocess.run(
            [sys.executable, "-c", command, "code", report, "--format", "jsonl", "--out", "/dev/stdout"],
            stdout=stream, check=True,
        )  # fmt: skip
        stream.write(b"more\n")
    assert out.read_bytes().endswith(b"more\n")


def test_what_goes_wrong_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), whole_file(out, "w") as stream:
        stream.write("half")
        raise RuntimeError("in the middle")
    with pytest.raises(RuntimeError), drafted(out) as draft:
        draft.write_text("half", encoding="utf-8")
        raise RuntimeError("in the middle")
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_backup_goes_through_a_pipe_too(tmp_path: Path, case_reports: list[Coding]) -> None:
    path, pipe = tmp_path / "ledger.sqlite", tmp_path / "pipe"
    with Ledger.open(str(path), create=True) as ledger:
        ledger.add(case_reports[:1])
    os.mkfifo(pipe)
    copy = tmp_path / "copy.sqlite"
    reader = threading.Thread(target=lambda: copy.write_bytes(pipe.read_bytes()))
    reader.start()
    done = CliRunner().invoke(cli, ["ledger", "backup", str(pipe), "--ledger", str(path)])
    assert done.exit_code == 0, done.exception
    reader.join(10)
    with Ledger.open(str(copy)) as held:
        assert held.info()["reports"] == 1
