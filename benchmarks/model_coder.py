"""How good are a reader's answers, once they are held against the reports?

    python -m benchmarks.model_coder --answers answers.jsonl [--any-prompt]

Codes the reports of the development part of `../shared/eval/data/coded` to which there are answers, and prints: claim
F1 and account F1, breaches of the contract, the share of values that no words supported, how fast answers are replayed,
and of the days that our grammar and the reader read otherwise, who was right (for knowledge/choices.yaml).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from dateline.coders.grounding import choosing
from dateline.coders.kept import Answers
from dateline.coders.model import ModelCoder
from dateline.coding import report_id
from dateline.engines import code_with
from dateline.model import Coding, Report
from dateline.readers import read_paths

SHARED = Path(__file__).parents[2] / "shared" / "eval"
DATA = SHARED / "data" / "coded"
#: What of an answer is counted as a value.
FIELDS = ("where", "actors", "counts", "items", "said_by")


def coded(coder: ModelCoder) -> dict[str, Coding]:
    """The codings of the reports that are answered, by their address."""
    reports = (row for row in read_paths([str(DATA / "reports.jsonl")]) if isinstance(row, Report))
    rows = code_with(coder, (row for row in reports if f"{report_id(row.text)}.1" in coder.answers.by_part))
    found: dict[str, Coding] = {}
    for one in rows:
        if isinstance(one, Coding):
            found[one.report.uri] = one
        else:
            print(f"rejected: {one}", file=sys.stderr)
    return found


def values(codings: dict[str, Coding]) -> tuple[int, Counter[str]]:
    """How many values were kept, and how many dropped by field."""
    kept, dropped = 0, Counter[str]()
    for coding in codings.values():
        for account in coding.accounts:
            kept += 1 + (account.when is not None) + sum(len(getattr(account, name)) for name in FIELDS)
        kept += len(coding.links)
        for line in coding.warnings:
            number, _, name = line.partition(" values of '")
            if name:
                dropped[name.split("'")[0]] += int(number)
    return kept, dropped


def days(coder: ModelCoder, gold: dict[str, Any], base: Any) -> dict[str, Counter[str]]:
    """Case of difference -> who was right about the days: grammar, model, both, neither."""
    told: dict[str, dict[tuple[str, str], tuple[str, bool]]] = {}
    kept = choosing._rules
    for by in ("grammar", "model"):
        choosing._rules = lambda by=by: defaultdict(lambda: by)  # type: ignore[assignment, misc]
        told[by] = dict(_right(coded(coder), gold, base))
    choosing._rules = kept
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for key, (rule, grammar) in told["grammar"].items():
        model = told["model"][key][1]
        who = {(True, True): "both", (True, False): "grammar", (False, True): "model"}.get((grammar, model), "neither")
        found[rule][who] += 1
    return found


def _right(codings: dict[str, Coding], gold: dict[str, Any], base: Any) -> Any:
    """(address, account) -> the rule that chose its days, and whether they are the gold's; of aligned accounts."""
    for uri, coding in codings.items():
        record = json.loads(coding.to_json())
        for mine, wanted in base.align(record["accounts"], gold[uri]["accounts"]):
            when = record["accounts"][mine]["when"]
            if when is not None and ".differ." in when["derivation"]["rule"]:
                right = base.time_right(when, gold[uri]["accounts"][wanted])
                yield (uri, record["accounts"][mine]["id"]), (when["derivation"]["rule"], right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--any-prompt", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(SHARED))
    import check_record  # type: ignore[import-not-found]
    import score_coded  # type: ignore[import-not-found]
    import score_seeds as base  # type: ignore[import-not-found]

    coder = ModelCoder(Answers.read(options.answers), any_prompt=options.any_prompt)
    coded(coder)  # the gazetteer and the grammars are read once
    begun = time.process_time()
    codings = coded(coder)
    spent = time.process_time() - begun
    records = {uri: json.loads(coding.to_json()) for uri, coding in codings.items()}
    lines = (DATA / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["uri"]: row for row in map(json.loads, lines) if row["uri"] in codings}
    kept, dropped = values(codings)
    print(f"{len(codings)} reports; {len(codings) / spent:.0f} reports a second of one core")
    print(f"breaches {sum(len(list(check_record.breaches(record))) for record in records.values())}")
    print(f"dropped {dropped.total()} of {kept + dropped.total()} values: {dict(dropped)}")
    scores = score_coded.score(records, [gold[uri] for uri in sorted(gold)])
    print(json.dumps({k: v for k, v in scores.items() if k != "by_source"}))
    for rule, who in sorted(days(coder, gold, base).items()):
        print(f"{rule}: {dict(who)}")


if __name__ == "__main__":
    main()
