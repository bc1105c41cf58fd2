"""A report in any language yields accounts, in words of its own script."""

from __future__ import annotations

import pytest

from dateline.model import Coding
from tests.coders.golden_languages import HERE, ROWS, Row, coding_of, record_of
from tests.contract import breaches

BY_NAME = {row.name: row for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_record_is_the_golden_one(row: Row) -> None:
    assert record_of(row) == (HERE / f"{row.name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_nothing_of_a_careful_readers_answer_is_lost(row: Row) -> None:
    coding = coding_of(row)
    assert coding.report.lang == row.name and coding.warnings == ()
    assert len(coding.accounts) == len(row.answer["accounts"]) and breaches(coding.to_json()) == []
    for account, told in zip(coding.accounts, row.answer["accounts"], strict=True):
        for field in ("where", "actors", "counts", "items", "said_by"):
            assert len(getattr(account, field)) == len(told.get(field, [])), (account.type, field)


def _coded(name: str) -> Coding:
    return coding_of(BY_NAME[name])


def test_places_have_the_gazetteers_name_and_groups_the_lists() -> None:
    place = _coded("ar").accounts[0].where[0]
    assert (place.text, place.name, place.country) == ("الموصل", "Mosul", "IQ")
    assert _coded("ar").accounts[0].actors[0].id == "islamic-state"
    assert _coded("es").accounts[0].actors[1].id == "eln"


def test_days_come_of_our_grammar_where_there_is_one_and_else_of_the_model() -> None:
    rules = {name: _coded(name).accounts[0].when.derivation.rule for name in BY_NAME}  # type: ignore[union-attr]
    assert rules == {
        "tr": "coders.when.agree",
        # "On Tuesday" is read as the coming one by our Arabic grammar: the two readings differ, and the model's holds.
        "ar": "coders.when.differ.apart",
        "es": "coders.when.agree",
        "fr": "coders.when.model",
        "ru": "coders.when.model",
    }
