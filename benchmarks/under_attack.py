"""The page's own questions at a steady rate, in peace and with an attacker at work, side by side.

    python -m benchmarks.under_attack [--events 100000] [--ledger FILE] [--rate 20] [--seconds 30]

Serves a ledger of made-up events with users, in a process of its own, and asks it as `benchmarks.api` does, with a
token: first in peace, then while `benchmarks.attacker` works. A ledger that is not there, or has fewer events, is made
(100,000 take long: keep the file). Prints milliseconds from when a question was due to its last byte, what the attacker
was answered, the most memory that the service took, and the load of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.api import measured, percentile, served
from benchmarks.many_events import made
from dateline.ledger import Ledger
from dateline.model.errors import DatelineError
from dateline.service.people import People

_MUST = 80.0


def _token(address: str) -> tuple[str, list[str]]:
    """A token of a user, so that nobody else comes in; and some events' ids."""
    with Ledger.open(address) as ledger:
        people = People(ledger)
        if not people.any():
            people.add("benchmark", "admin", os.urandom(16).hex())
        return people.make_token(people.admins()[0], "benchmark"), [e.id for e in ledger.events(limit=500).events]


def _memory(process: int, which: str) -> int:
    """Megabytes that a process takes (VmRSS), or has taken at most (VmHWM)."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(which))


def _seconds(process: int) -> float:
    """Seconds of processor time that a process has taken."""
    taken = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(taken[11]) + int(taken[12])) / os.sysconf("SC_CLK_TCK")


def _both(address: str, rate: float, seconds: float) -> None:
    token, events = _token(address)
    headers = {"Authorization": f"Bearer {token}"}
    serving, port = served(address)
    try:
        measured(port, events, rate, 3.0, headers)
        loads, worked = [os.getloadavg()[0]], [_seconds(serving.pid)]
        peace = measured(port, events, rate, seconds, headers)
        before = _memory(serving.pid, "VmRSS")
        loads.append(os.getloadavg()[0])
        worked.append(_seconds(serving.pid))
        attack = [sys.executable, "-m", "benchmarks.attacker", str(port), str(seconds + 4)]
        # In a session of its own, which Linux lets have no more than its share.
        attacking = subprocess.Popen(attack, stdout=subprocess.PIPE, text=True, start_new_session=True)
        time.sleep(3.0)
        worked.append(_seconds(serving.pid))
        attacked = measured(port, events, rate, seconds, headers)
        worked.append(_seconds(serving.pid))
        answered = json.loads(attacking.communicate()[0])
        loads.append(os.getloadavg()[0])
        most = _memory(serving.pid, "VmHWM")
    finally:
        serving.terminate()
        serving.wait()
    _print(peace, attacked)
    print(f"processor {worked[1] - worked[0]:.1f} s in peace, {worked[3] - worked[2]:.1f} s under attack")
    print(f"memory {before} MB in peace, {most} MB at most; load of the machine", *(f"{load:.1f}" for load in loads))
    for name, answers in answered.items():
        print(f"{name:18}", ", ".join(f"{answer}: {n}" for answer, n in sorted(answers.items())))


def _print(peace: dict[str, list[float]], attacked: dict[str, list[float]]) -> None:
    print(f"{'':10} {'in peace':>27}   {'under attack':>27}")
    print(f"{'question':10} {'n':>5} {'p50 ms':>10} {'p95 ms':>10}   {'n':>5} {'p50 ms':>10} {'p95 ms':>10}")
    peace["all"] = sorted(one for values in peace.values() for one in values)
    attacked["all"] = sorted(one for values in attacked.values() for one in values)
    for kind in peace:
        told = (
            f"{len(values):5d} {percentile(values, 0.5):10.1f} {percentile(values, 0.95):10.1f}"
            for values in (peace[kind], attacked.get(kind, [0.0]))
        )
        print(f"{kind:10}", "   ".join(told))
    reached = percentile(attacked["all"], 0.95)
    print(f"p95 under attack {reached:.1f} ms, must be {_MUST:.0f} or less: {'yes' if reached <= _MUST else 'NO'}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--ledger", help="a file; default: one that is made and thrown away")
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each half")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = options.ledger or str(Path(folder) / "ledger.sqlite")
        print(f"{made(options.events, address)} events, {options.rate:g} questions a second", flush=True)
        _both(address, options.rate, options.seconds)


if __name__ == "__main__":
    try:
        main()
    except DatelineError as error:  # A ledger of an older version: said as the commands say it.
        raise SystemExit(f"error: {error}") from None
