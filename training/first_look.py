"""First looks: figures on reports that readers coded before anybody saw what the program does with them.

    python -m training.first_look keep BATCH.jsonl N    keep a batch that was coded by hand (form of annotate.py) as N
    python -m training.first_look score N [N ...]       code the batches' reports and print the figures
    python -m training.first_look folder OUT N [N ...]  their texts and codings as a set, to learn from

`training/coded/batch_NN.jsonl` holds what the readers coded, with offsets and without the texts, which lie in
`../shared/pool`. Look at no errors of a batch before its figures stand in the register of docs/measures.md.

`training/coded/NAME.jsonl` holds reports of other evaluation sets (`muc4`, `india_police`, ...), coded in full in the
same way, to be learned from: `folder OUT NAME`; their texts lie in `../shared/eval/data/NAME`. `NAME_look.jsonl` holds
others of them that were coded for a first look, and that nothing has learned from.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.coding.choice import READERS, Reader
from dateline.engines import code_all
from dateline.model import Coding
from dateline.model.record import as_record
from dateline.readers import read_paths

SHARED = Path(__file__).resolve().parents[2] / "shared"
POOL = SHARED / "pool" / "pool.jsonl"
SETS = SHARED / "eval" / "data"
KEPT = Path(__file__).parent / "coded"
sys.path.insert(0, str(SHARED / "eval"))

Rows = list[dict[str, Any]]
_FIGURES = ("claim_f1", "low", "high", "account_f1", "when", "place", "counts_f1", "agent_f1", "actor_f1", "link_f1")


def gold_of(batches: Iterable[int]) -> Rows:
    """What the readers coded, in the form of the evaluation sets."""
    return [row for number in batches for row in _kept(number)]


def _kept(batch: int | str) -> Rows:
    """The codings of a batch, by its number, or of reports of another set, by its name."""
    path = KEPT / (f"batch_{batch:02}.jsonl" if isinstance(batch, int) else f"{batch}.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def records_of(gold: Rows, reader: Reader | None = None, processes: int = 2) -> dict[str, dict[str, Any]]:
    """The program's records of the same reports, by their address."""
    wanted = {row["uri"] for row in gold}
    rows = (r for r in read_paths([str(POOL)]) if getattr(r, "uri", None) in wanted)
    return {c.report.uri: as_record(c) for c in code_all(rows, processes, reader=reader) if isinstance(c, Coding)}


def keep(annotated: Path, number: int) -> None:
    """Turn a batch coded by hand into gold with offsets, and keep it. Raises SystemExit where it has mistakes."""
    annotate: Any = importlib.import_module("annotate")
    pool = {row["uri"]: row for row in annotate.read(str(POOL))}
    _, gold, mistakes = annotate.convert(annotate.read(str(annotated)), pool)
    if mistakes:
        raise SystemExit("\n".join(mistakes))
    for row in gold:
        for account in row["accounts"]:
            account.pop("note", None)  # notes may quote the report
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold)
    (KEPT / f"batch_{number:02}.jsonl").write_text(lines, encoding="utf-8")


def folder(out: Path, names: list[str]) -> None:
    """Write reports.jsonl and gold.jsonl of some batches and sets, in the form of the evaluation sets."""
    annotate: Any = importlib.import_module("annotate")
    sets = (name.removesuffix("_look") for name in names if not name.isdigit())
    texts = [POOL, *(SETS / name / "reports.jsonl" for name in sets)]
    known = {row["uri"]: row for path in texts for row in annotate.read(str(path))}
    gold = [row for name in names for row in _kept(int(name) if name.isdigit() else name)]
    reports = [{k: known[g["uri"]].get(k) for k in ("uri", "text", "published", "title")} for g in gold]
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("reports", reports), ("gold", gold)):
        kept = ({k: v for k, v in row.items() if v is not None or name == "gold"} for row in rows)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
        (out / f"{name}.jsonl").write_text(lines, encoding="utf-8")


def score(batches: list[int], reader: Reader | None = None, errors: bool = False) -> dict[str, Any]:
    """The figures of score_coded.py, pooled over some batches."""
    scorer: Any = importlib.import_module("score_coded")
    gold = gold_of(batches)
    records = records_of(gold, reader)
    if errors:
        for row in gold:
            scorer.tell_errors(records[row["uri"]], row)
    return dict(scorer.score(records, gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    keeping = commands.add_parser("keep")
    keeping.add_argument("annotated", type=Path)
    keeping.add_argument("number", type=int)
    scoring = commands.add_parser("score")
    scoring.add_argument("batches", type=int, nargs="+")
    scoring.add_argument("--reader", choices=READERS)
    scoring.add_argument("--errors", action="store_true", help="every difference, to stderr")
    writing = commands.add_parser("folder")
    writing.add_argument("out", type=Path)
    writing.add_argument("names", nargs="+", help="numbers of batches, names of sets")
    options = parser.parse_args()
    if options.command == "keep":
        return keep(options.annotated, options.number)
    if options.command == "folder":
        return folder(options.out, options.names)
    figures = score(options.batches, options.reader, options.errors)
    return print(" ".join(f"{name} {figures[name]:.3f}" for name in _FIGURES if figures.get(name) is not None))


if __name__ == "__main__":
    main()
