"""A command in a process of its own: how long it takes, and how much of the machine."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from resource import struct_rusage


def ran(command: Sequence[str]) -> tuple[float, struct_rusage]:
    """Run a command; gives its seconds, and what it used. Where it fails, the benchmark ends, and its own error
    stands above."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"The command ended with status {os.waitstatus_to_exitcode(status)}.")
    return time.perf_counter() - began, usage
