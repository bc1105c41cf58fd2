"""How right predictions are, beside what the coders said: `python -m training.reader.measuring OOF.jsonl`.

Types that are a matter of taste (data.SOFT) are not asked for. What a coder might leave out (`core` false) is neither
missed nor wrong.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.reader.layout import ROLES
from training.reader.data import SOFT, Example, Telling, examples, rows

Json = dict[str, Any]
#: What counts as told, as a sentence of ours, as one happening, as a role.
TOLD, SENTENCE, SAME, ROLE = 0.45, 0.45, 0.5, 0.4


def hard(told: Json) -> float:
    """How likely a word tells of a happening that is no matter of taste."""
    return sum(p for name, p in told["types"].items() if name not in SOFT)


def best(told: Json) -> str:
    """The likeliest type of those that are asked for."""
    asked = [name for name in told["types"] if name not in SOFT]
    return max(asked, key=lambda name: told["types"][name], default="other")


def f1(n: Counter[str], name: str) -> float:
    """From hits, predicted and wanted."""
    hit, said, wanted = (n[f"{name} {part}"] for part in ("hit", "said", "wanted"))
    return 2 * hit / (said + wanted) if said + wanted else 0.0


def measure(pairs: Iterable[tuple[Example, Json]], least: float = TOLD, line: float = SENTENCE) -> Json:
    """All figures over some reports."""
    n: Counter[str] = Counter()
    for example, said in pairs:
        found = [t for t in said["told"] if hard(t) >= least]
        matched = [_matches(example, t) for t in found]
        _sentences(n, example, said, found, line)
        _triggers(n, example, found, matched)
        _pairs(n, said, matched, [said["told"].index(t) for t in found])
        _roles(n, example, said, matched, [said["told"].index(t) for t in found])
    names = "sentence sentence_by_words sentence_type sentence_type_by_words trigger trigger_type rollup same".split()
    figures = {f"{name}_f1": round(f1(n, name), 4) for name in names}
    figures["account_recall"] = round(n["account hit"] / max(1, n["account wanted"]), 4)
    figures["status"] = round(n["status right"] / max(1, n["matched"]), 4)
    figures["status_not_occurred_f1"] = round(f1(n, "unreal"), 4)
    for role in ("agent", "target", "victim", "place", "time", "count", "item", "speaker"):
        figures[f"{role}_f1"] = round(f1(n, role), 4)
    return figures


def _matches(example: Example, told: Json) -> list[Telling]:
    at = (told["start"], told["end"])
    words = [n for n, w in enumerate(example.words) if w.span.start < at[1] and at[0] < w.span.end]
    return [t for t in example.tellings if set(words) & set(t.words)]


def _names(telling: Telling, example: Example) -> list[str]:
    account = example.gold["accounts"][telling.account]
    return [account["type"], *account["alt_types"]]


def _count(n: Counter[str], name: str, hit: int, said: int, wanted: int) -> None:
    n[f"{name} hit"] += hit
    n[f"{name} said"] += said
    n[f"{name} wanted"] += wanted


def _sentences(n: Counter[str], example: Example, said: Json, found: list[Json], line: float) -> None:
    gold: dict[int, list[Telling]] = defaultdict(list)
    for telling in example.tellings:
        if _names(telling, example)[0] not in SOFT:
            gold[example.words[telling.words[0]].sentence].append(telling)
    by_words: dict[int, set[str]] = defaultdict(set)
    for told in found:
        by_words[told["sentence"]].add(best(told))
    for sentence in said["sentences"]:
        here, types = gold[sentence["n"]], sentence["types"]
        core = [t for t in here if t.core]
        if core or not here:
            worth = {"sentence": types.get("any", 0) >= line, "sentence_by_words": bool(by_words[sentence["n"]])}
            for name, yes in worth.items():
                _count(n, name, bool(core) and yes, yes, bool(core))
        named = {t for t, p in types.items() if t != "any" and t not in SOFT and p >= line}
        for name, got in (("sentence_type", named), ("sentence_type_by_words", by_words[sentence["n"]])):
            _sentence_types(n, name, example, here, got)


def _sentence_types(n: Counter[str], name: str, example: Example, here: list[Telling], got: set[str]) -> None:
    right = {t for telling in here for t in _names(telling, example)}
    wanted = {_names(t, example)[0]: t for t in here if t.core}
    hit = sum(bool(got & set(_names(t, example))) for t in wanted.values())
    wrong = len(got - right)
    _count(n, name, hit, hit + wrong, len(wanted))


def _triggers(n: Counter[str], example: Example, found: list[Json], matched: list[list[Telling]]) -> None:
    wanted = [t for t in example.tellings if t.core and _names(t, example)[0] not in SOFT]
    hit = [t for t in wanted if any(t in m for m in matched)]
    both = list(zip(found, matched, strict=True))
    typed = [t for t in wanted if any(t in m and best(f) in _names(t, example) for f, m in both)]
    _count(n, "trigger", len(hit), len(hit) + sum(not m for m in matched), len(wanted))
    wrong = sum(not any(best(f) in _names(t, example) for t in m) for f, m in both)
    _count(n, "trigger_type", len(typed), len(typed) + wrong, len(wanted))
    accounts = {t.account for t in wanted}
    n["account wanted"] += len(accounts)
    n["account hit"] += len(accounts & {t.account for t in typed})
    for told, tellings in both:
        if tellings:
            account = example.gold["accounts"][tellings[0].account]
            status = max(told["status"], key=lambda s: told["status"][s])
            right = {account["status"], *account["alt_status"]}
            n["matched"] += 1
            n["status right"] += status in right
            unreal = account["status"] not in ("occurred", "ongoing")
            said = status not in ("occurred", "ongoing")
            _count(n, "unreal", unreal and status in right, said, unreal)
            rollup = told["rollup"] >= 0.5
            _count(n, "rollup", rollup and tellings[0].rollup, rollup, tellings[0].rollup)


def _pairs(n: Counter[str], said: Json, matched: list[list[Telling]], numbers: list[int]) -> None:
    of = {number: {t.account for t in m} for number, m in zip(numbers, matched, strict=True) if m}
    for one, other, likely in said["same"]:
        if one in of and other in of:
            gold, yes = bool(of[one] & of[other]), likely >= SAME
            _count(n, "same", gold and yes, yes, gold)


def _roles(n: Counter[str], example: Example, said: Json, matched: list[list[Telling]], numbers: list[int]) -> None:
    got: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, start, _, roles in said["roles"]:
        for role, likely in roles.items():
            if likely >= ROLE:
                got[number][role].add(start)
    for number, tellings in zip(numbers, matched, strict=True):
        if not tellings:
            continue
        here = said["told"][number]["sentence"]
        for role, words in zip(ROLES, example.roles[tellings[0].account], strict=True):
            wanted = {example.words[w].span.start for w in words if abs(example.words[w].sentence - here) <= 1}
            near = {w.span.start for w in example.words if abs(w.sentence - here) <= 1}
            mine = got[number][role] & near
            _count(n, role, len(mine & wanted), len(mine), len(wanted))


def main() -> None:
    """Print all figures, over all reports, over those that could be trained on, and by source."""
    said = {row["uri"]: row for row in rows(Path(sys.argv[1]))}
    reports = [e for e in examples() if e.uri in said]
    pairs = [(e, said[e.uri]) for e in reports]
    for least in (0.35, 0.45, 0.55):
        print(least, measure(pairs, least, least))
    for source in sorted({e.source for e in reports}):
        own = [p for p in pairs if p[0].source == source]
        figures = measure(own)
        kept = ("sentence_f1", "sentence_type_f1", "trigger_type_f1", "status", "same_f1")
        print(f"{source:20} {len(own):3} ", {k: figures[k] for k in kept})


if __name__ == "__main__":
    main()
