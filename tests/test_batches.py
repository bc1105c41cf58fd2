"""A report on which the coder itself fails is rejected with its reason, and the rest of the batch goes on."""

from __future__ import annotations

import pytest

from dateline.coding import coder
from dateline.coding.reading import Reading
from dateline.engines.local import code_all
from dateline.model import Coding, RejectedReport, Report
from dateline.model.errors import BadKnowledge
from dateline.readers import report_of


def test_a_mistake_of_ours_costs_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: Report, everything: bool = False, learned: bool = False) -> Reading:
        if "Kobo" in report.text:
            raise ZeroDivisionError("no such figure")
        return read(report, everything=everything, learned=learned)

    read = coder.read_report
    monkeypatch.setattr(coder, "read_report", failing)
    texts = ["Police arrested two men in Izmir.", "A bomb killed three in Kobo.", "Rebels killed a judge in Gao."]
    rows = [report_of(text, f"{n}.txt", "2024-05-15") for n, text in enumerate(texts)]
    first, second, third = code_all(rows)
    assert isinstance(first, Coding) and isinstance(third, Coding) and first.accounts and third.accounts
    assert isinstance(second, RejectedReport)
    assert (second.code, second.where) == ("DL-R010", "1.txt")
    assert "ZeroDivisionError" in second.what and "no such figure" in second.what


def test_what_is_wrong_for_all_reports_stops_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: Report, everything: bool = False, learned: bool = False) -> Reading:
        raise BadKnowledge("'kind' is missing.", where="actors.yaml")

    monkeypatch.setattr(coder, "read_report", failing)
    with pytest.raises(BadKnowledge):
        list(code_all([report_of("Police arrested two men in Izmir.", "1.txt", "2024-05-15")]))
