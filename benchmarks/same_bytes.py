"""Did a change change any coding? One digest a report, kept in a file and compared with.

    python -m benchmarks.same_bytes --save before.json        before the change
    python -m benchmarks.same_bytes --against before.json     after it: the reports that differ; exits 1 if any does

Reads the reports of `../shared/eval` (the sets named below, their first so many reports) and the project's own samples.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.coding import code_or_reject
from dateline.model import Coding, Report
from dateline.model.record import to_json
from dateline.readers import read_paths

DATA = Path(__file__).parents[2] / "shared" / "eval" / "data"
SAMPLES = Path(__file__).parents[1] / "src" / "dateline" / "samples"
#: Set -> how many of its reports, from the first (None: all).
SETS = {"seeds": None, "wikievents": None, "incidents": None, "india_police": None, "muc4": 300, "coded": None}
#: Reports that a worker gets at a time.
_TOGETHER = 20


def digests(row: Report) -> tuple[str, str]:
    """A report's address and the digest of its coding, entities and all."""
    coded = code_or_reject(row)
    line = to_json(coded) if isinstance(coded, Coding) else str(coded)
    return str(row.uri), hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def reports(only: list[str]) -> Iterator[Report]:
    """The reports of the sets, in order, with the set's name before their address."""
    paths = {name: [DATA / name / "reports.jsonl"] for name in SETS} | {"samples": sorted(SAMPLES.glob("*.txt"))}
    for name, files in paths.items():
        if only and name not in only:
            continue
        found = [r for r in read_paths([str(f) for f in files if f.exists()]) if isinstance(r, Report)]
        yield from found[: SETS.get(name)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--sets", nargs="*", default=[], help="only these")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        found = dict(pool.map(digests, reports(options.sets), chunksize=_TOGETHER))
    if options.save:
        options.save.write_text(json.dumps(found, indent=0), encoding="utf-8")
    if not options.against:
        print(f"{len(found)} reports coded")
        return 0
    before = json.loads(options.against.read_text(encoding="utf-8"))
    changed = sorted(uri for uri, digest in found.items() if before.get(uri) != digest)
    print(f"{len(found)} reports, {len(changed)} coded otherwise")
    for folder, n in Counter(uri.rsplit("/", 1)[0] for uri in changed).items():
        print(f"  {n:5} {folder}")
    print("\n".join(changed[:20]))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
