"""The cascade: the rules, and a model about what they are not sure of."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from dateline.coders import cascade, coder
from dateline.coders.asking import Question
from dateline.coders.cascade import CascadeCoder
from dateline.coders.errors import NotAnswered
from dateline.coders.gain import Counted, cost, gain, gain_from, signs
from dateline.coders.kept import Answers, Kept
from dateline.coders.model import ModelCoder
from dateline.coding import code_report
from dateline.engines import code_with
from dateline.model import Coding, Span
from dateline.model.trace import Step
from dateline.readers import report_of
from tests.coders.answering import TEXT, of_one
from tests.contract import breaches

REPORT = report_of(TEXT, "t", "2024-03-12")
RULES = code_report(REPORT)


def _asking(answer: Any, seen: list[Question]) -> ModelCoder:
    def ask(question: Question) -> Kept:
        seen.append(question)
        return Kept(question.key, answer)

    return ModelCoder(ask=ask)


@pytest.mark.parametrize("of", ["accounts", "questions"])
def test_the_larger_the_share_the_less_gain_is_asked_for(of: Counted) -> None:
    gains = [gain_from(n / 20, of) for n in range(21)]
    assert all(a > b for a, b in pairwise(gains)) and gains[-1] == 0


def test_nothing_is_asked_where_no_share_is() -> None:
    seen: list[Question] = []
    coding = CascadeCoder(_asking({"accounts": []}, seen), share=0.0)(REPORT)
    assert coding.accounts == RULES.accounts and seen == []
    assert json.loads(coding.to_json())["coder"]["coder"] == "cascade"


def test_where_all_is_asked_the_model_codes() -> None:
    seen: list[Question] = []
    coding = CascadeCoder(_asking(of_one(type="killing"), seen), share=1.0)(REPORT)
    assert [a.type for a in coding.accounts] == ["killing"] and len(seen) == 1
    assert breaches(coding.to_json()) == []


def test_the_less_sure_the_rules_are_the_more_a_question_gains() -> None:
    traced = code_report(REPORT, trace=True)
    sure = replace(traced, accounts=tuple(replace(a, confidence=1.0) for a in traced.accounts))
    unsure = replace(traced, accounts=tuple(replace(a, confidence=0.5) for a in traced.accounts))
    assert signs(sure)["doubtful_claims"] == 0 < gain(unsure) and gain(sure) < gain(traced) < gain(unsure)
    seen: list[Question] = []
    assert CascadeCoder(_asking({"accounts": []}, seen), share=0.02)(REPORT).accounts == RULES.accounts and seen == []


def test_a_report_costs_all_its_accounts_and_at_least_one_or_its_questions() -> None:
    many = replace(RULES, accounts=RULES.accounts * 7)
    none = replace(RULES, accounts=())
    long = replace(RULES, report=replace(REPORT, text="x" * 15_000))
    own = len(RULES.accounts)
    assert own > 1 and [cost(one, "accounts", 6_000) for one in (many, none, long)] == [7 * own, 1, own]
    assert [cost(one, "questions", 6_000) for one in (many, none, long)] == [1, 1, 2.5]


def test_a_report_of_many_accounts_is_asked_about_by_questions_rather_than_by_accounts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cascade, "gain", lambda rules: 10.0)
    text = "\n".join(TEXT.replace("Kano", town) for town in ("Kano", "Jos", "Kaduna", "Yola", "Bauchi", "Minna"))
    report, asked = report_of(text, "t", "2024-03-12"), {}
    for of in ("accounts", "questions"):
        seen: list[Question] = []
        coder("cascade", share=0.2, share_of=of, ask=_asking({"accounts": []}, seen).ask)(report)
        asked[of] = len(seen)
    assert asked == {"accounts": 0, "questions": 1}


def test_what_was_left_out_and_what_was_heard_in_vain_is_worth_a_question() -> None:
    bare = code_report(REPORT)
    told = replace(bare, accounts=())
    left_out = Step("coding.accepting.unsure", Span(0, 5), "left out: 0.40")
    heard = Step("coding.hearing.opened", Span(0, 5), "opened")
    assert gain(replace(told, trace=(left_out,))) > gain(replace(told, trace=(heard,))) > gain(told)


def test_a_whole_answer_that_is_kept_serves_the_cascade_too() -> None:
    whole: list[Question] = []
    _asking(of_one(), whole)(REPORT)
    answers = Answers()
    answers.add(Kept(whole[0].key, of_one(type="killing")))
    assert [a.type for a in CascadeCoder(ModelCoder(answers), share=1.0)(REPORT).accounts] == ["killing"]
    with pytest.raises(NotAnswered):
        CascadeCoder(ModelCoder(), share=1.0)(REPORT)


def test_a_report_that_the_rules_do_not_read_is_asked_about_as_a_whole() -> None:
    text = "ANKARA, 12 Mart 2024 - Polis, Ankara'da düzenlenen operasyonda salı günü üç kişiyi gözaltına aldı. " * 2
    seen: list[Question] = []
    row = {
        "id": "a1",
        "type": "arrest",
        "trigger": "gözaltına aldı",
        "counts": [{"what": "arrested", "words": "üç kişiyi"}],
    }
    coding = CascadeCoder(_asking({"accounts": [row]}, seen))(report_of(text, "tr", "2024-03-13"))
    assert coding.report.lang == "tr" and coding.accounts[0].counts[0].best == 3


def test_it_is_had_by_its_name() -> None:
    made = coder("cascade", share=0.3)
    assert isinstance(made, CascadeCoder) and made.share == 0.3


def test_reports_that_are_coded_in_several_threads_are_coded_as_alone() -> None:
    towns = ("Kano", "Jos", "Kaduna", "Yola", "Bauchi", "Minna", "Lagos", "Ibadan")
    texts = [TEXT.replace("Kano", f"{town} and Zor{town.lower()}{n}") for n in range(5) for town in towns]
    reports = [report_of(text, f"t{n}", "2024-03-12") for n, text in enumerate(texts)]
    rules = CascadeCoder(ModelCoder(), share=0.0)
    alone = [rules(report).to_json() for report in reports]
    # Reports that the parser's threads spoil are rejected (DL-R010), and have no record.
    together = [one.to_json() if isinstance(one, Coding) else str(one) for one in code_with(rules, reports, 8)]
    assert together == alone
