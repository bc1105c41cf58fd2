"""Which reports of a ledger disagree with others, and about which a model is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.coding import code_report
from dateline.ledger import Ledger, Query
from dateline.ledger.checking import problems
from dateline.ledger.disagreeing import disagreeing, to_ask
from dateline.model import Coding
from dateline.readers import report_of

#: Told in three ways, so that none counts as a copy of another.
TEXTS = {
    "one": "A suicide bomber killed 12 people at a market in Kano, Nigeria, on Monday, police said.",
    "two": "In the Nigerian city of Kano a suicide bombing killed 19 people on Monday, according to hospital workers.",
    "three": "Residents of Kano mourned after a suicide bomber killed 19 people in northern Nigeria on Monday.",
}
REPORTS = [report_of(text, uri, "2024-03-14") for uri, text in TEXTS.items()]


def _read(number: int, name: str = "cascade", **fields: Any) -> Coding:
    """What a model reads in a report."""
    killed = ("12 people", "19 people", "19 people")[number]
    account = {
        "id": "a1", "type": "bombing", "method": ["suicide"], "sentences": [1], "trigger": "killed",
        "when": {"words": "on Monday", "start": "2024-03-11"},
        "where": [{"words": "Kano", "country": "NG", "precision": "city"}],
        "counts": [{"what": "killed", "party": "civilian", "words": killed}], **fields,
    }  # fmt: skip
    answer = json.dumps({"accounts": [account]})
    return ModelCoder(ask=lambda question: Kept(question.key, answer, "m"), name=name)(REPORTS[number])


def _uris(ledger: Ledger, share: float = 1.0, since: int | None = None) -> list[str]:
    return sorted(report.uri for report in to_ask(ledger.store, share, "accounts", 6_000, since).reports)


def test_reports_with_other_figures_disagree_and_those_with_equal_ones_do_not(opened: Callable[..., Ledger]) -> None:
    ledger = opened()
    ledger.add([code_report(one) for one in REPORTS[1:]])
    assert _uris(ledger) == []
    before = ledger.revision()
    ledger.add([code_report(REPORTS[0])])
    with ledger.store.reading() as connection:
        [found] = disagreeing(connection)
    assert found.values == ("counts.killed.civilian",) and len(found.reports) == 3
    assert _uris(ledger) == _uris(ledger, since=before) == ["one", "three", "two"]
    assert _uris(ledger, since=ledger.revision()) == [] and len(_uris(ledger, share=0.7)) == 2


def test_one_report_that_says_it_was_foiled_disagrees_with_one_that_says_it_took_place(
    opened: Callable[..., Ledger],
) -> None:
    ledger = opened()
    ledger.add([_read(1, "other"), _read(2, "other", status="attempted")])
    assert len(ledger.events(Query()).events) == 1
    with ledger.store.reading() as connection:
        assert [found.values for found in disagreeing(connection)] == [("status",)]


def test_a_report_that_a_model_has_read_is_not_asked_about_again_whoever_is_in_force(
    opened: Callable[..., Ledger],
) -> None:
    ledger = opened()
    ledger.add([code_report(one) for one in REPORTS])
    ledger.set_coder("rules")
    ledger.add([_read(0)])
    assert [one["coder"] for one in ledger.readings("one")] == ["rules", "cascade: m"]
    assert _uris(ledger) == ["three", "two"]
    # A third of the accounts is read: of a share of a half nothing is left for a report.
    assert _uris(ledger, share=0.5) == []
    ledger.remove("two", "not ours")
    assert _uris(ledger) == ["three"]
    with ledger.store.reading() as connection:
        assert list(problems(connection, deep=True)) == []
