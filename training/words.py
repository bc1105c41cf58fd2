"""Count how telling words are: `python -m training.words` writes linking/knowledge/words.yaml anew.

The logarithm of one in how many reports has a word, in steps of a half, over the evaluation sets (but `incidents` and
`incidents_ecb`, on which linking is measured) and the pool. A source counts as at most `_MOST` reports, so that none
weighs too much; words of fewer than `_LEAST` reports are left out and weigh `rare`. Numbers, and what pages bring along
(`furniture`), are not counted.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.linking.words import counts
from dateline.model.knowledge import load
from training.first_look import POOL, SETS

_PATH = Path(__file__).resolve().parents[1] / "src/dateline/linking/knowledge/words.yaml"
_NAMES = ("background", "case_acled", "coded", "factuality", "india_police", "maverick", "muc4", "re3d", "toponym")
_MOST: Mapping[str, int] = {"muc4": 400, "india_police": 300}
_LEAST, _HIGHEST = 4, 7.0
_PLAIN = re.compile(r"[a-zà-öø-ÿ]+(['’-][a-zà-öø-ÿ]+)*")
#: Words that YAML would read as something else.
_QUOTED = frozenset("on off no yes null true false y n".split())


def texts() -> Iterator[tuple[str, str]]:
    """The name of a source, and a report of it with its title."""
    paths = [(name, SETS / name / "reports.jsonl") for name in (*_NAMES, "wikievents")]
    for name, path in (*paths, ("pool", POOL)):
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            row: dict[str, Any] = json.loads(line)
            yield name, f"{row.get('title') or ''}\n{row['text']}"


def levels() -> dict[float, list[str]]:
    """Level -> the words of it."""
    own: dict[str, Counter[str]] = defaultdict(Counter)
    reports: Counter[str] = Counter()
    for name, text in texts():
        reports[name] += 1
        own[name].update(set(counts(text)))
    share = {name: min(1.0, _MOST.get(name, n) / n) for name, n in reports.items()}
    total = sum(share[name] * n for name, n in reports.items())
    seen: Counter[str] = Counter()
    weighed: dict[str, float] = defaultdict(float)
    for name, words in own.items():
        seen.update(words)
        for word, n in words.items():
            weighed[word] += share[name] * n
    furniture = set(load("dateline.linking", "words.yaml", dict[str, Any])["furniture"])
    found: dict[float, list[str]] = defaultdict(list)
    for word, n in sorted(weighed.items()):
        level = round(2 * math.log(total / n)) / 2
        if seen[word] >= _LEAST and n >= 2 and level <= _HIGHEST and not word.isdigit() and word not in furniture:
            found[level].append(word)
    return found


def main() -> None:
    """Write the file: what stands above its words stays."""
    head = _PATH.read_text(encoding="utf-8").split("common:\n")[0]
    lines = [head, "common:\n"]
    for level, words in sorted(levels().items()):
        told = ", ".join(w if _PLAIN.fullmatch(w) and w not in _QUOTED else f'"{w}"' for w in words)
        rows = textwrap.fill(
            told, 125, initial_indent="    [", subsequent_indent="     ", break_on_hyphens=False, break_long_words=False
        )
        lines.append(f"  {level:.1f}:\n{rows}]\n")
    _PATH.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
