"""A coder that keeps of the rules' coding what cost lives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.coders import RulesCoder
from dateline.model import Coding, Report


@dataclass(frozen=True, slots=True)
class DeadlyCoder:
    """Codes a report by the rules, and keeps the accounts in which somebody was killed, and the links between them."""

    def __call__(self, report: Report) -> Coding:
        coding = RulesCoder()(report)
        kept = tuple(a for a in coding.accounts if any(count.what == "killed" for count in a.counts))
        ids = {account.id for account in kept}
        links = tuple(link for link in coding.links if {link.source, link.target} <= ids)
        return replace(coding, accounts=kept, links=links)
