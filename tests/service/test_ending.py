"""A server that is told to end while it works: it ends, and what was written stays."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from tests.service.conftest import Server

API = "/api/v1"
#: Seconds in which it ends: answers have three, a write five; a busy machine is late.
_SECONDS = 12.0
#: A service is started, put to work and ended a dozen times.
pytestmark = pytest.mark.slow
#: A service on which a report, a reason and a page take a minute. Its worker imports this file, too.
_SCRIPT = """
import sys, time
from pathlib import Path
from dateline.engines import seam, workers
from dateline.service import reasons, running
from dateline.service.routes import reports
from dateline.service.settings import Settings

def forever(*_, **__):
    began = time.monotonic()
    while time.monotonic() - began < 60:
        sum(range(1000))

workers.warm = lambda _: None
seam.code_or_reject = reasons.why = reports.fetch = forever
running.page_folder = lambda: Path()

if __name__ == "__main__":
    running.run(Settings(sys.argv[1], by="ann"), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


@pytest.fixture
def slow(address: str, tmp_path: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], Server]]]:
    """Starts such a service."""
    script = tmp_path / "slow.py"
    script.write_text(_SCRIPT)
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], Server]:
        process = subprocess.Popen([sys.executable, str(script), address], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return process, Server(int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]))

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("at", "how"),
    [
        ("coding", signal.SIGTERM),
        ("fetching", signal.SIGTERM),
        ("reasons", signal.SIGTERM),
        ("reasons", signal.SIGINT),
    ],
)
def test_it_ends_whatever_it_is_doing(
    slow: Callable[[], tuple[subprocess.Popen[str], Server]], address: str, at: str, how: signal.Signals
) -> None:
    process, server = slow()
    csrf = server.get(f"{API}/session").told["csrf"]
    if at == "reasons":
        key = server.get(f"{API}/events").told["events"][0]["accounts"][0]["report"]
        asking = subprocess.Popen(
            [sys.executable, "-c", "import sys, urllib.request as u; u.urlopen(sys.argv[1])",
             f"http://127.0.0.1:{server.port}{API}/reports/{key}/why?start=0&end=5"], stderr=subprocess.DEVNULL,
        )  # fmt: skip
    else:
        given = {"text": "A bomb killed two."} if at == "coding" else {"url": "http://site.example/"}
        headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf}
        job = server.post(f"{API}/reports", json.dumps(given).encode(), headers).told["id"]
        while server.get(f"{API}/jobs/{job}").told["state"] != "working":
            time.sleep(0.05)
    time.sleep(2.0)
    began = time.monotonic()
    process.send_signal(how)
    process.wait(timeout=60)
    assert time.monotonic() - began < _SECONDS
    if at == "reasons":
        asking.wait(timeout=20)
    with Ledger.open(address) as ledger:
        assert ledger.revision() == 1
