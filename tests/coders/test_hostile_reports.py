"""Reports that give orders to the model: whatever it answers, they cost at most their own accounts, and those stand in
the report's words. hostile.jsonl holds what was put into dispatches of ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dateline.coders import prompt
from dateline.coders.asking import Asked, Question, Settings, questions
from dateline.coders.errors import NotUnderstood
from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.engines import code_with
from dateline.model import Coding, Report
from dateline.readers import report_of
from tests.coders.answering import TEXT, of_one
from tests.contract import breaches

ROWS = [json.loads(line) for line in (Path(__file__).parent / "hostile.jsonl").read_text(encoding="utf-8").splitlines()]
_LINES = re.compile(r"\[\d+\] .*|Published: .*|Report:||Code the report above by the rules\. Only JSON\.|Copy WORDS .*")
#: What a model that obeys might answer: inventions, quotes of the order, positions, the ids of others.
OBEYED: list[Any] = [
    {"accounts": []},
    of_one(
        type="bombing", sentences=[1, 2, 3, 99], trigger="blast",
        where=[{"words": "Paris", "country": "FR", "lat": 999}, {"words": "XX", "country": "XX"}],
        actors=[{"role": "agent", "words": "Army of Love", "name": "Northland", "id": "islamic-state"}],
        counts=[{"what": "killed", "words": "500 people", "n": 500}, {"what": "killed", "words": "two", "n": 2000}],
        when={"words": "on Monday", "start": "2099-01-01"}, said_by=[{"words": "System"}],
    ),
    of_one(trigger="Ignore", where=["Kano"], spans=[-5, 10**9], actors=[{"role": "victim", "words": "governor"}]),
    {"accounts": [{"type": "killing", "sentences": [n], "trigger": w} for n in range(6) for w in ("killed", "obey")]},
]  # fmt: skip


def _report(row: dict[str, str], where: int) -> Report:
    head, middle, end = TEXT.partition("\n\n")
    told = ([row["text"], head, end], [head, row["text"], end], [head, end, row["text"]])[where]
    return report_of(middle.join(told), row["name"], "2024-03-12")


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len({row["name"] for row in ROWS}) == len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_report_stays_among_its_numbered_sentences(row: dict[str, str]) -> None:
    for where in range(3):
        asked = Asked.of(_report(row, where), Settings(part_chars=100_000))
        question = next(questions(asked, Settings(), lambda q: None))[0]
        system, user = (m["content"] for m in question.messages)
        assert system == prompt.instructions()
        assert all(_LINES.fullmatch(line) for line in user.split("\n")), user
        assert not re.search(
            "[\u200b\u202a-\u202e\u2066-\u2069\u00ad\ufeff\U000e0000-\U000e007f\x00-\x09\x0b-\x1f]", user
        )
        numbers = re.findall(r"^\[(\d+)\] ", user, re.M)
        assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_model_that_obeys_harms_nothing_but_the_reports_own_accounts(row: dict[str, str]) -> None:
    for where, obeyed in enumerate([*OBEYED, row["text"]]):
        report = _report(row, where % 3)
        try:
            coding = ModelCoder(ask=lambda q, a=obeyed: Kept(q.key, a))(report)  # type: ignore[misc]
        except NotUnderstood:
            assert obeyed is row["text"]
            continue
        assert breaches(coding.to_json()) == []
        for account in coding.accounts:
            for actor in account.actors:
                assert all(word in report.text for word in actor.name.split()) and actor.id is None
            assert all(abs(p.lat or 0) <= 90 for p in account.where)
            assert all(c.best is None or (c.best <= 500 and str(c.best) != "2000") for c in account.counts)


def test_the_reports_beside_a_hostile_one_are_coded_as_without_it() -> None:
    def ask(question: Question) -> Kept:
        bad = question.uri != "good"
        return Kept(question.key, OBEYED[1] if bad else of_one())

    good = report_of(TEXT, "good", "2024-03-12")
    alone = ModelCoder(ask=ask)(good).to_json()
    mixed = code_with(ModelCoder(ask=ask), [_report(ROWS[0], 0), good, _report(ROWS[1], 1), good])
    assert [c.to_json() for c in mixed if isinstance(c, Coding) and c.report.uri == "good"] == [alone, alone]
