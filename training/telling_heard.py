"""Fit what makes two tellings one with the learned reader: prints coding/knowledge/telling_heard.yaml anew.

    python -m training.telling_heard WEIGHTS SOURCES.json FOLDER ... [--unseen FOLDER ...]

WEIGHTS is a network that saw nothing of the sources in SOURCES.json (a list), nor of any report of the folders after
`--unseen`; all are folders made by annotate.py. Each pair of drafts that the program compares is a row: one happening
where the coder has the triggers of both in one account. The figures printed as a comment are of sources left out of the
fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from dateline.coding.coder import code_reading
from dateline.coding.draft import Draft
from dateline.coding.passes import twice
from dateline.coding.reading import Reading
from dateline.coding.telling.points import heard_signs
from training.heard import Held, fitted, left_out, reports

#: Signs of a pair, and whether it is one happening.
_Row = tuple[dict[str, float], bool]


def _account(draft: Draft, gold: dict[str, Any]) -> Counter[int]:
    """The coder's accounts in whose words the triggers of a draft stand."""
    found: Counter[int] = Counter()
    for mention in draft.mentions:
        span = mention.token.span
        for number, account in enumerate(gold["accounts"]):
            if any(s["start"] < span.end and span.start < s["end"] for s in (account["span"], *account["tells"])):
                found[number] += 1
    return found


def _rows(held: Held) -> Iterator[_Row]:
    compared: list[_Row] = []
    plain = twice._compared

    def noting(known: Draft, draft: Draft, reading: Reading) -> Any:
        odds = reading.learned.same(known, draft) if reading.learned is not None else None
        one, other = _account(known, held.gold), _account(draft, held.gold)
        if odds is not None and one and other:
            row = ({k: float(v) for k, v in heard_signs(known, draft, odds).items()}, one.most_common(1)[0][0] in other)
            compared.append(row)
        return plain(known, draft, reading)

    twice._compared = noting
    try:
        code_reading(held.reading)
    finally:
        twice._compared = plain
    yield from compared


def _f1(said: Any, wanted: Any) -> float:
    return float(2 * (said & wanted).sum() / max(1, said.sum() + wanted.sum()))


def main() -> None:
    """Read, fit, print."""
    rows, part = [], []
    for held in reports(__doc__):
        for row in _rows(held):
            rows.append(row)
            part.append(held.source)
    names = sorted({name for signs, _ in rows for name in signs})
    x = np.array([[1.0, *(signs.get(name, 0.0) for name in names)] for signs, _ in rows])
    y = np.array([one for _, one in rows])
    held_likely = left_out(x, y.astype(float), np.array(part))
    levels = np.arange(0.2, 0.7, 0.05)
    best = max(levels, key=lambda level: _f1(held_likely >= level, y))
    print(f"merge: {np.log(best / (1 - best)):.2f}")
    for name, weight in zip(["start", *names], fitted(x, y.astype(float)), strict=True):
        print(f"{name}: {weight:.2f}")
    print(f"# {len(rows)} pairs, {y.sum()} of one happening; F1 of pairs left out, by the least likelihood:")
    for level in levels:
        print(f"# {level:.2f}: {_f1(held_likely >= level, y):.3f}")


if __name__ == "__main__":
    main()
