"""A PostgreSQL server of one's own for a test run, on loopback, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and pg_ctl are; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server (user dateline, no password), to which a database's name is added."""
    where = binaries()
    assert where is not None
    with tempfile.TemporaryDirectory(prefix="dateline-pg-") as folder:
        data = Path(folder) / "data"
        # PostgreSQL does not run as root.
        as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")
        port = _free_port()
        _run([*as_user, where / "initdb", "-D", data, "-A", "trust", "-U", "dateline", "--locale=C.UTF-8"])
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
        _run([*as_user, where / "pg_ctl", "-D", data, "-o", options, "-w", "-l", Path(folder) / "log", "start"])
        try:
            yield f"postgresql://dateline@127.0.0.1:{port}/"
        finally:
            _run([*as_user, where / "pg_ctl", "-D", data, "-m", "immediate", "stop"])


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
