"""The cascade: the rules code every report, and a model is asked where a question is expected to gain most (gain.py).

The model's coding replaces that of the rules: so the model can confirm, correct, drop and add accounts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dateline.coders.gain import Counted, cost, gain, gain_from
from dateline.coders.model import ModelCoder
from dateline.coding import code_report
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy


@dataclass(frozen=True)
class CascadeCoder:
    """The rules, and a model that is asked about a `share` of the accounts, or of the questions (`share_of`). Whole
    reports are asked about. Each counts all accounts that the rules keep of it, and at least one."""

    model: ModelCoder = field(default_factory=ModelCoder)
    share: float = 0.2
    reader: str | None = None
    share_of: Counted = "accounts"

    def __call__(self, report: Report) -> Coding:
        rules = code_report(report, trace=True, reader=self.reader)
        if self._is_worth_it(rules):
            return replace(self.model, name="cascade")(report)
        return replace(rules, trace=(), by=CodedBy("cascade"))

    def _is_worth_it(self, rules: Coding) -> bool:
        """Is this report among those where a question gains most? In other languages than English all are."""
        if not 0 < self.share < 1:
            return self.share >= 1
        if rules.report.lang not in (None, "en"):
            return True
        costs = cost(rules, self.share_of, self.model.settings.part_chars)
        return gain(rules) / costs >= gain_from(self.share, self.share_of)
