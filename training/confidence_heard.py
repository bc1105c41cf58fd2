"""Fit how sure an account is with the learned reader: prints coding/knowledge/confidence_heard.yaml anew.

    python -m training.confidence_heard WEIGHTS SOURCES.json FOLDER ... [--unseen FOLDER ...]

WEIGHTS is a network that saw nothing of the sources in SOURCES.json (a list), nor of any report of the folders after
`--unseen`; all are folders made by annotate.py. An account is right where the coder has one like it. The reliability
printed as a comment is of accounts whose source was left out of the fit.

What bears an account out may not make it less sure: of signs that go together a free fit sets one against the other
("own_time" -0.28), and a report with a date was left out that was kept without. On accounts of sources left out of the
fit the bounds are better, too: 0.519 nats an account against 0.546, 76 % on the right side of 0.5 against 72 %.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from dateline.coding import confidence
from dateline.coding.accounts import account_of
from dateline.coding.order import assemble
from dateline.coding.passes import accepting
from dateline.model import Coding
from dateline.model.record import as_record
from dateline.model.types import DAILY
from training.heard import Held, bounded, left_out, reports

#: Signs that bear an account out, and those that speak against it.
_FOR = (
    "strong_word agent known_agent undergone person facility figure own_day own_time own_place item said told_often "
    "lead heard heard_core heard_type heard_sentence heard_alone"
).split()
_AGAINST = ("no_time",)
#: Signs of an account, whether it is right, and the source of its report.
_Row = tuple[dict[str, float], bool, str]


def _rows(held: Held) -> Iterator[_Row]:
    seeds: Any = importlib.import_module("score_seeds")
    drafts = assemble(held.reading)
    coding = Coding(held.reading.report, tuple(account_of(d, f"a{n}") for n, d in enumerate(drafts)))
    told, wanted = as_record(coding)["accounts"], held.gold["accounts"]
    pairs = dict(seeds.align(told, wanted))
    for k, (draft, account) in enumerate(zip(drafts, told, strict=True)):
        soft = account["type"] in DAILY or (k in pairs and wanted[pairs[k]]["type"] in DAILY)
        if not soft:
            yield confidence.signs(draft), k in pairs, held.source


def main() -> None:
    """Read, fit, print."""
    accepting.LEAST = 0.0
    found = [row for held in reports(__doc__) for row in _rows(held)]
    names = list(found[0][0])
    x = np.array([[1.0, *(float(s[n]) for n in names)] for s, _, _ in found])
    y = np.array([float(right) for _, right, _ in found])
    bounds = [0, *(1 if name in _FOR else -1 if name in _AGAINST else 0 for name in names)]
    fit = partial(bounded, bounds=bounds)
    for name, weight in zip(["start", *names], fit(x, y), strict=True):
        print(f"{name}: {weight:.2f}")
    likely = left_out(x, y, np.array([s for _, _, s in found]), fit)
    print(f"# {len(y)} accounts; right, of those with that confidence whose source was left out of the fit:")
    for low in np.arange(0, 1, 0.1):
        inside = (likely >= low) & (likely < low + 0.1)
        if inside.any():
            print(f"# {low:.1f}: {y[inside].mean():.2f} of {inside.sum()}")


if __name__ == "__main__":
    main()
