"""The cascade: the rules code every report, and a model is asked about those of which they expect most to be wrong.

Its answer takes the place of what the rules said: so it confirms, corrects, drops and adds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dateline.coders.model import ModelCoder
from dateline.coding import code_report
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy
from dateline.model.knowledge import load

#: The rule whose notes tell of accounts that were left out, with their confidence as the last word.
_LEFT_OUT = "coding.accepting.unsure"


class _Step(NamedTuple):
    share: float
    doubt: float


class _File(NamedTuple):
    steps: list[_Step]


@cache
def _steps() -> list[_Step]:
    return load("dateline.coders", "cascade.yaml", _File).steps


def doubt_from(share: float) -> float:
    """From how much doubt on a model is asked, for a share of the accounts."""
    share = min(1.0, max(0.0, share))
    one, two = next(pair for pair in pairwise(_steps()) if pair[0].share <= share <= pair[1].share)
    return one.doubt + (share - one.share) / (two.share - one.share) * (two.doubt - one.doubt)


def doubt(rules: Coding) -> float:
    """How much of what the rules say of a report they expect to be wrong, an account; `rules` has its trace.

    Of a report in a language that they do not read, all.
    """
    if rules.report.lang not in (None, "en"):
        return 1.0
    left_out = sum(float(s.outcome.rpartition(" ")[2]) for s in rules.trace if s.rule == _LEFT_OUT)
    wrong = sum(1 - a.confidence for a in rules.accounts)
    return min(1.0, (left_out + wrong) / (len(rules.accounts) + 1))


@dataclass(frozen=True)
class CascadeCoder:
    """The rules, and a model about a `share` of the accounts."""

    model: ModelCoder = field(default_factory=ModelCoder)
    share: float = 0.2
    reader: str | None = None

    def __call__(self, report: Report) -> Coding:
        rules = code_report(report, trace=True, reader=self.reader)
        if self.share <= 0 or doubt(rules) < doubt_from(self.share):
            return replace(rules, trace=(), by=CodedBy("cascade"))
        return replace(self.model, name="cascade")(report)
