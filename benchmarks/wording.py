"""Does it matter what those who fight are called? It should not.

    python -m benchmarks.wording [REPORTS.jsonl] [--limit 37] [--reader rules]

Each report that has one of the words below is told anew with each of them in turn ("militants", then "rebels", ...).
Printed: of the accounts told with the first word, in what share of cases those told with another have the same type,
status, figures, parties of those figures, and countries. An account is known again by its trigger; one that is gone
differs in all of them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.coding_speed import HERE
from dateline.coding.choice import READERS
from dateline.engines import code_all
from dateline.model import Coding, Report
from dateline.model.record import as_record
from dateline.readers import read_paths

CODED = HERE.parents[1] / "shared" / "eval" / "data" / "coded" / "reports.jsonl"
WORDS = ("militants", "rebels", "terrorists", "insurgents", "extremists", "fighters")
_ANY = re.compile(rf"\b({'|'.join(w[:-1] for w in WORDS)})(s?)\b", re.IGNORECASE)
FIELDS = ("type", "status", "figures", "parties", "countries")
Json = dict[str, Any]


def told_with(report: Report, word: str) -> Report:
    """The report with one word for all who fight."""

    def put(match: re.Match[str]) -> str:
        said = word[:-1] + match[2].lower()
        return said.capitalize() if match[1][:1].isupper() else said

    return replace(report, text=_ANY.sub(put, report.text))


def accounts(record: Json, report: Report) -> dict[tuple[int, str], tuple[Any, ...]]:
    """The fields of each account by its trigger: how many words stand before it, and its words."""
    found = {}
    for account in record["accounts"]:
        start, end = account["trigger"]["start"], account["trigger"]["end"]
        trigger = (len(report.text[:start].split()), _ANY.sub("fighters", report.text[start:end].lower()))
        figures = sorted(str((c["what"], c["low"], c["best"], c["high"])) for c in account["counts"])
        parties = sorted(str((c["what"], c["party"])) for c in account["counts"])
        countries = sorted({str(p["country"]) for p in account["where"]})
        found[trigger] = (account["type"], account["status"], figures, parties, countries)
    return found


def compared(one: dict[Any, tuple[Any, ...]], other: dict[Any, tuple[Any, ...]]) -> Iterator[tuple[str, bool]]:
    """Each field of each account of the one, and whether the other has the same."""
    for trigger, values in one.items():
        same = other.get(trigger)
        for n, field in enumerate(FIELDS):
            yield field, same is not None and same[n] == values[n]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=Path, default=CODED)
    parser.add_argument("--limit", type=int, default=37)
    parser.add_argument("--reader", choices=READERS)
    options = parser.parse_args()
    chosen = [r for r in read_paths([str(options.reports)]) if isinstance(r, Report) and _ANY.search(r.text)]
    chosen = chosen[: options.limit]
    told = {word: [told_with(report, word) for report in chosen] for word in WORDS}
    said = {word: _coded(reports, options.reader) for word, reports in told.items()}
    same, all_ = Counter[str](), Counter[str]()
    for word in WORDS[1:]:
        for uri, one in said[WORDS[0]].items():
            for field, equal in compared(one, said[word].get(uri, {})):
                same[field] += equal
                all_[field] += 1
    shares = {field: round(same[field] / all_[field], 3) for field in FIELDS if all_[field]}
    print(json.dumps({"reports": len(chosen), "cases": all_["type"], **shares}))


def _coded(reports: list[Report], reader: Any) -> dict[str, dict[tuple[int, str], tuple[Any, ...]]]:
    """The accounts of each report, by its address; a report that is rejected has none."""
    codings = (c for c in code_all(reports, 1, reader=reader) if isinstance(c, Coding))
    return {c.report.uri: accounts(as_record(c), c.report) for c in codings}


if __name__ == "__main__":
    main()
