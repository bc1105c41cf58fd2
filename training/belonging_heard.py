"""Fit which values near a happening are its own: prints coding/knowledge/belonging_heard.yaml anew.

    python -m training.belonging_heard WEIGHTS SOURCES.json FOLDER ... [--unseen FOLDER ...]

WEIGHTS is a network that saw nothing of the sources in SOURCES.json (a list), nor of any report of the folders after
`--unseen`; all are folders made by annotate.py. Each value that the program weighs is a row: right where the coder's
account has it, and no likelier value has taken its place. The figures printed as comments are of sources left out of
the fit; `keep` is the point where they are best, but for places (_LEVELS).
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from dateline.coding.accounts import account_of
from dateline.coding.belonging import weighing
from dateline.coding.belonging.weighing import Candidate
from dateline.coding.draft import Draft
from dateline.coding.order import assemble
from dateline.model import Actor, Coding
from dateline.model.record import as_record
from dateline.model.types import DAILY
from dateline.where import Located
from training.heard import Held, fitted, left_out, reports


@dataclass(frozen=True)
class _Row:
    """A value that was weighed: its signs, how far it is right (None: neither right nor wrong), whose it is."""

    signs: dict[str, float]
    right: bool | None
    source: str
    account: tuple[str, int]


#: The likelihood from which on a value is taken, where it is not the one of the best F1. Of a place that was left out
#: nothing is left in the account, and one too many stands beside the right one.
_LEVELS = {"place": 0.30}
#: The values that were weighed for each draft, by kind.
_Weighed = dict[int, list[tuple[str, Candidate[Any], dict[str, float]]]]


def _rows(held: Held, missed: dict[str, int]) -> Iterator[tuple[str, _Row]]:
    """The values weighed for the accounts that the coder has, too, by kind; counts what no value was found for."""
    seeds: Any = importlib.import_module("score_seeds")
    weighed, drafts = _assembled(held)
    coding = Coding(held.reading.report, tuple(account_of(d, f"a{n}") for n, d in enumerate(drafts)))
    told, wanted = as_record(coding)["accounts"], held.gold["accounts"]
    for k, g in seeds.align(told, wanted):
        if not wanted[g]["core"] or wanted[g]["type"] in DAILY:
            continue
        for kind in get_args(weighing.Kind):
            values = [(c, signs) for name, c, signs in weighed.get(id(drafts[k]), []) if name == kind]
            rights = _right(kind, [c for c, _ in values], wanted[g])
            missed[kind] += max(0, len(_golds(kind, wanted[g])) - sum(r is True for r in rights))
            for (_, signs), right in zip(values, rights, strict=True):
                yield kind, _Row(signs, right, held.source, (str(held.gold["uri"]), g))


def _assembled(held: Held) -> tuple[_Weighed, list[Draft]]:
    weighed: _Weighed = defaultdict(list)
    plain = weighing.taken

    def noting(kind: Any, draft: Draft, found: Sequence[Candidate[Any]], more: Any) -> list[Candidate[Any]]:
        crowd = weighing.Crowd(draft, found)
        for c in found:
            signs = weighing.signs(c, crowd) | more(c, crowd)
            weighed[id(draft)].append((kind, c, {k: float(v) for k, v in signs.items()}))
        return plain(kind, draft, found, more)

    weighing.taken = noting
    try:
        return weighed, assemble(held.reading)
    finally:
        weighing.taken = plain


def _golds(kind: str, account: dict[str, Any]) -> list[dict[str, Any]]:
    if kind == "figure":
        return list(account["counts"])
    if kind == "place":
        return list(account["where"])
    return [a for a in account["actors"] if (a["role"] == "agent") == (kind == "agent")]


def _right(kind: str, found: list[Candidate[Any]], account: dict[str, Any]) -> list[bool | None]:
    """Of each value: is it one of the coder's? None: neither right nor wrong. Of several for one of the coder's only
    the likeliest is, one of the rules before one of the reader."""
    if kind == "place":
        return [_right_place(c.value, account["where"]) for c in found]
    coded: Any = importlib.import_module("score_coded")
    golds, rights = _golds(kind, account), list[bool | None]([False] * len(found))
    same = coded.base.count_right if kind == "figure" else coded.same_actor
    order = sorted(range(len(found)), key=lambda n: (-(found[n].heard + 0.3 * found[n].by_rules), n))
    for n in order:
        value = _as_record(found[n].value)
        hit = next((g for g in golds if same(value, g)), None)
        if hit is not None:
            golds.remove(hit)
            rights[n] = True
        elif isinstance(found[n].value, Actor) and coded.only_counted(value, account):
            rights[n] = None
    return rights


def _right_place(place: Located, golds: list[dict[str, Any]]) -> bool | None:
    """Is a place one of the coder's? A larger place around one of them is neither right nor wrong."""
    seeds: Any = importlib.import_module("score_seeds")
    told = place.as_place()
    names = [n for n in (seeds.fold(told.name), seeds.fold(told.text)) if n]
    for gold in golds:
        wanted = [seeds.fold(n) for n in (gold["name"], *gold["alt"]) if n]
        if any(n in w or w in n for n in names for w in wanted):
            return True
    large = told.precision in ("country", "admin1", "region")
    return None if large and any(told.country == gold["country"] for gold in golds) else False


def _as_record(value: Any) -> dict[str, Any]:
    span = {"start": value.span.start, "end": value.span.end}
    if isinstance(value, Actor):
        return {"role": value.role, "id": value.id, "name": value.name, "span": span}
    return {"what": value.what, "best": value.best, "low": value.low, "span": span}


def _f1(taken: Any, right: Any, missed: int) -> float:
    return float(2 * (taken & right).sum() / max(1, taken.sum() + right.sum() + missed))


def _fit(kind: str, rows: list[_Row], missed: int) -> None:
    names = sorted(rows[0].signs)
    x = np.array([[1.0, *(r.signs[n] for n in names)] for r in rows])
    y = np.array([bool(r.right) for r in rows])
    likely = left_out(x, y.astype(float), np.array([r.source for r in rows]))
    levels = np.arange(0.25, 0.61, 0.05)
    best = _LEVELS.get(kind) or max(levels, key=lambda level: _f1(likely >= level, y, missed))
    print(f"{kind}:")
    print(f"  keep: {np.log(best / (1 - best)):.2f}")
    for name, weight in zip(["start", *names], fitted(x, y.astype(float)), strict=True):
        print(f"  {name}: {weight:.2f}")
    told = ", ".join(f"{_f1(likely >= level, y, missed):.3f} from {level:.2f} on" for level in levels)
    print(f"  # {len(y)} values, {y.mean():.2f} right, {missed} not among them; F1 of sources left out: {told}")


def main() -> None:
    """Read, fit, print."""
    rows: dict[str, list[_Row]] = defaultdict(list)
    missed: dict[str, int] = defaultdict(int)
    for held in reports(__doc__):
        for kind, row in _rows(held, missed):
            if row.right is not None:
                rows[kind].append(row)
    for kind, found in rows.items():
        _fit(kind, found, missed[kind])


if __name__ == "__main__":
    main()
