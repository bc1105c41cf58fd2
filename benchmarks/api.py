"""The API under the page's own questions, at a steady rate.

    python -m benchmarks.api LEDGER [--rate 20] [--seconds 30]

Serves the ledger in a process of its own (the page need not be built), and asks it what a page asks (explore with
filters, the map as it is moved, pages of the table, one event with its evidence) at random, so many times a second
whatever the answers take. Prints for each kind of question the 50th and 95th percentile of milliseconds from when it
was due to its last byte.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from urllib.parse import urlencode

from dateline.ledger import Ledger
from dateline.model.errors import DatelineError

_COUNTRIES = ("IQ", "SY", "AF", "NG", "ML", "CO", "PH", "SO")
_TYPES = ("bombing", "attack", "arrest", "clash", "airstrike", "protest")
_WORDS = ("police", "bomb", "troops", "gunmen", "market", "soldiers")


#: The page's files are not asked for, so it need not be built.
_SERVE = """
import sys
from pathlib import Path
from dateline.service import running
from dateline.service.settings import Settings
running.page_folder = Path
running.run(Settings(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


def served(ledger: str) -> tuple[subprocess.Popen[str], int]:
    """The service in a process of its own, and its port. What it says of errors stands where this program's own do."""
    process = subprocess.Popen([sys.executable, "-c", _SERVE, ledger], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline()
    if not address:
        raise SystemExit(f"the service did not start (status {process.wait()})")
    return process, int(address.rstrip("/\n").rpartition(":")[2])


def _filters(dice: random.Random) -> dict[str, object]:
    year = dice.randint(2015, 2022)
    found: dict[str, object] = {}
    if dice.random() < 0.5:
        found["type"] = dice.sample(_TYPES, dice.randint(1, 2))
    if dice.random() < 0.4:
        found["place"] = dice.choice(_COUNTRIES)
    if dice.random() < 0.4:
        found |= {"since": f"{year}-01-01", "until": f"{year + 1}-06-30"}
    if dice.random() < 0.15:
        found["text"] = dice.choice(_WORDS)
    if dice.random() < 0.2:
        found["box"] = f"{dice.randint(-90, 20)},-20,{dice.randint(30, 110)},40"
    return found


def _question(dice: random.Random, events: list[str]) -> tuple[str, str]:
    kind = dice.choices(("explore", "map", "rows", "event", "evidence"), (40, 25, 15, 10, 10))[0]
    query = urlencode(_filters(dice), doseq=True)
    if kind == "explore":
        return kind, f"/explore?{query}&limit=50"
    if kind == "map":
        return kind, f"/map?{query}&zoom={dice.randint(1, 7)}&seen=-20,-10,60,50"
    if kind == "rows":
        order = dice.choice(("newest", "doubt", "people"))
        return kind, f"/events?{query}&view=brief&order={order}&limit=50"
    event = dice.choice(events)
    return kind, f"/events/{event}" if kind == "event" else f"/events/{event}/evidence"


def measured(
    port: int, events: list[str], rate: float, seconds: float, headers: dict[str, str] | None = None
) -> dict[str, list[float]]:
    """Milliseconds of each kind of question, sorted."""
    dice = random.Random(1)
    took: dict[str, list[float]] = defaultdict(list)
    lock = threading.Lock()
    begin = time.perf_counter() + 0.5

    def ask(kind: str, path: str, due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", f"/api/v1{path}", headers={"Accept-Encoding": "gzip", **(headers or {})})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (answer.status, path)
        connection.close()
        with lock:
            took[kind].append((time.perf_counter() - due) * 1000)

    threads = []
    for n in range(int(rate * seconds)):
        due = begin + n / rate
        thread = threading.Thread(target=ask, args=(*_question(dice, events), due))
        threads.append(thread)
        while due - time.perf_counter() > 1.0:
            time.sleep(0.05)
        thread.start()
    for thread in threads:
        thread.join()
    return {kind: sorted(values) for kind, values in took.items()}


def percentile(values: list[float], share: float) -> float:
    """Of sorted values."""
    return values[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger")
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    args = parser.parse_args()
    with Ledger.open(args.ledger) as ledger:
        info = ledger.info()
        events = [event.id for event in ledger.events(limit=500).events]
    process, port = served(args.ledger)
    try:
        measured(port, events, args.rate, 2.0)
        took = measured(port, events, args.rate, args.seconds)
    finally:
        process.terminate()
        process.wait()
    print(json.dumps({"events": info["events"], "rate": args.rate, "seconds": args.seconds}))
    every = sorted(value for values in took.values() for value in values)
    for kind, values in [*sorted(took.items()), ("all", every)]:
        half, most = percentile(values, 0.5), percentile(values, 0.95)
        print(f"{kind:10} n {len(values):5d}  p50 {half:7.1f} ms  p95 {most:7.1f} ms")


if __name__ == "__main__":
    try:
        main()
    except DatelineError as error:  # A ledger that is not there, or of an older version: said as the commands say it.
        raise SystemExit(f"error: {error}") from None
