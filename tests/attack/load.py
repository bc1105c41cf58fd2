"""Many who ask at once, while somebody adds: everybody is answered, and soon."""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.world import World

from dateline.ledger import Ledger
from tests.attack.budget import Budget, Result

#: Requests a second, and the seconds within which nineteen of twenty are answered, also on a machine that is busy with
#: other things: what froze the server took more than six. How quick it is on a quiet one is benchmarks.api's question.
_RATE, _SOON = 20, 3.0
_PATHS = ("/api/v1/explore", "/api/v1/events?limit=20", "/api/v1/events?type=bombing&order=people", "/api/v1/session")
_REPORTS = 600
#: As `dateline serve` does, but also where the page was not built.
_SERVE = """
import sys, uvicorn
from dateline.service.app import create_app
from dateline.service.settings import Settings
app = create_app(Settings(sys.argv[1], by="ann", separate=False))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def load(budget: Budget) -> Result:
    """A server of its own on a small ledger, asked evenly for as long as there is time."""
    result, seconds = Result(), []
    with _served() as (address, path), Ledger.open(path) as ledger, ThreadPoolExecutor(16) as pool:
        _asked(f"{address}{_PATHS[0]}")
        late = list(World(seed=9).codings(40))
        asked, begun = [], time.monotonic()
        for number in budget.rounds():
            asked.append(pool.submit(_asked, f"{address}{_PATHS[number % len(_PATHS)]}"))
            if number % 40 == 20 and late:
                ledger.add([late.pop()])
            time.sleep(max(0.0, begun + (number + 1) / _RATE - time.monotonic()))
        for one in asked:
            status, took = one.result()
            seconds.append(took)
            result.expect(status == 200, f"a request gave {status}")
    slowest = sorted(seconds)[int(len(seconds) * 0.95)]
    result.expect(slowest <= _SOON, f"95 of 100 were answered within {slowest:.2f} s, not {_SOON}")
    result.note = f"median {statistics.median(seconds) * 1000:.0f} ms, 95 of 100 within {slowest * 1000:.0f} ms"
    return result


def _asked(url: str) -> tuple[int | str, float]:
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            answer.read()
            status: int | str = answer.status
    except OSError as error:
        status = str(error)
    return status, time.monotonic() - begun


@contextlib.contextmanager
def _served() -> Iterator[tuple[str, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="dateline-load-") as folder:
        path = f"{folder}/ledger.sqlite"
        with Ledger.open(path, create=True) as ledger:
            ledger.add(World(seed=5).codings(_REPORTS))
        server = subprocess.Popen([sys.executable, "-c", _SERVE, path, str(port)])
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}", path
        finally:
            server.terminate()
            server.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")
