"""Whatever a model answers, the record keeps its contract, and holds nothing that the report does not say."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coders import answer
from dateline.coders.answer import NoAnswer
from dateline.coders.errors import NotUnderstood
from dateline.coders.prompt import FIELDS
from dateline.model import Coding
from tests.coders.answering import TEXT, as_text, coded, of_one
from tests.contract import breaches

_KEYS = (
    "id type status scope method sentences trigger when where actors counts items said_by words name kind role what "
    "party low best high n start end basis country admin1 precision count part around from to"
).split()
_WORDS = (
    [w for words in FIELDS.values() for w in words] + TEXT.split() + ["Kano", "2024-03-11", "9999-12-31", "0000-00-00"]
)
_leaf = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.sampled_from(_WORDS),
    st.sampled_from([TEXT, "x" * 3000, "\u202e\u200b", "\ud800", "-0", "1e400", "１２", "²"]),
)  # fmt: skip
_json: Any = st.deferred(
    lambda: _leaf | st.lists(_json, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), _json, max_size=4)
)


def _row(first: dict[str, Any], more: dict[str, Any]) -> Any:
    """A row that has the fields `first`, and of the others some."""
    keys = [key for key in _KEYS if key not in first and key not in more]
    return st.fixed_dictionaries(first, optional={**dict.fromkeys(keys, _json), **more})


_value: Any = st.deferred(lambda: _row({"words": st.sampled_from(_WORDS) | _json}, {}))
_values: Any = st.deferred(lambda: st.lists(_value, max_size=4) | _json)
_account: Any = st.deferred(
    lambda: _row(
        {"type": st.sampled_from(FIELDS["type"]) | _json},
        {
            **dict.fromkeys(("where", "actors", "counts", "items", "said_by"), _values),
            "when": _value | _json,
            "sentences": st.lists(st.integers(-3, 9), max_size=4) | _json,
            "trigger": st.sampled_from(TEXT.split()) | _json,
        },
    )
)
_answer: Any = st.deferred(
    lambda: st.fixed_dictionaries(
        {"accounts": st.lists(_account | _json, max_size=5)}, optional={"links": st.lists(_json, max_size=4) | _json}
    )
)


def _check(coding: Coding) -> None:
    assert breaches(coding.to_json()) == []
    assert Coding.from_json(coding.to_json()).accounts == coding.accounts
    for account in coding.accounts:
        for claim in (*account.where, *account.actors, *account.counts):
            assert claim.text == claim.span.of(coding.report.text) and claim.text.strip()


@given(_answer)
@settings(max_examples=300, deadline=None)
def test_any_answer_in_the_form(given_answer: Any) -> None:
    _check(coded(given_answer))


@given(_json)
@settings(max_examples=150, deadline=None)
def test_any_data(given_answer: Any) -> None:
    try:
        _check(coded(given_answer))
    except NotUnderstood as rejected:
        assert rejected.code == "DL-M004"


@given(st.text(max_size=200) | st.builds(lambda a, n: as_text(a)[:n], _answer, st.integers(0, 400)))
@settings(max_examples=200, deadline=None)
def test_any_text_and_any_answer_cut_off(given_answer: str) -> None:
    try:
        _check(coded(given_answer))
    except NotUnderstood as rejected:
        assert "cannot be read" in rejected.what


@given(st.text(max_size=300), _answer)
@settings(max_examples=100, deadline=None)
def test_any_report(text: str, given_answer: Any) -> None:
    if text.strip():
        _check(coded(given_answer, text))


_ROW = of_one(counts=[{"what": "killed", "words": "two policemen", "n": 2}])


@pytest.mark.parametrize(
    "written",
    [
        as_text(_ROW),
        f"Here is the JSON you asked for:\n```json\n{as_text(_ROW)}\n```\nI hope that this helps.",
        as_text(_ROW).replace("}]", "},]"),
        as_text(_ROW)[:-2],
        as_text(_ROW)[:-1] + ', "links": [{"kind": "fol',
        as_text(_ROW["accounts"]),
        as_text(_ROW) + as_text({"accounts": []}),
    ],
)
def test_answers_that_are_nearly_json_are_mended(written: str) -> None:
    account = coded(written).accounts[0]
    assert [(c.what, c.best) for c in account.counts] == [("killed", 2)]


def test_of_an_answer_that_was_cut_off_the_whole_accounts_are_kept() -> None:
    rows = [{"type": "attack", "sentences": [2], "trigger": "killed"}] * 5
    written = as_text({"accounts": rows})
    assert len(coded(written[:-30]).accounts) in (4, 5)
    assert coded(written[:-30]).warnings == ("The model's answer to part 1 of 1 was no JSON and was mended.",)


@pytest.mark.parametrize(
    "written",
    ["", "I cannot help with that.", "[", "{" * 100_000, "[" * 100_000 + "]" * 100_000, '{"accounts": 3}', "null",
     "NaN", '{"accounts": {"a": 1}}', "x" * 3_000_000, '{"a":' * 5_000 + "1" + "}" * 5_000, 7,
     None, True],
)  # fmt: skip
def test_what_is_no_answer_rejects_the_report_and_costs_no_time(written: Any) -> None:
    begun = time.perf_counter()
    with pytest.raises(NotUnderstood):
        coded(written)
    assert time.perf_counter() - begun < 2


def test_a_huge_answer_is_read_within_bounds() -> None:
    rows = [{"type": "attack", "sentences": list(range(50)), "trigger": "killed", "where": ["Kano"] * 50}] * 2_000
    begun = time.perf_counter()
    coding = coded({"accounts": rows})
    assert len(coding.accounts) == answer.ACCOUNTS
    assert time.perf_counter() - begun < 10
    _check(coding)


def test_numbers_that_are_none() -> None:
    told = [True, -1, 10**30, 1.5, float("nan"), float("inf"), "many", "12,000", "١٢", [], {}]
    assert [answer.number({"n": n}, "n") for n in told] == [None] * 7 + [12000, 12, None, None]


def test_an_answer_within_an_answer_is_read_once() -> None:
    inner = as_text(of_one())
    assert coded(of_one(trigger=inner, name=inner)).accounts[0].trigger.of(TEXT).startswith("Gunmen")


def test_reading_keeps_what_it_was_given() -> None:
    with pytest.raises(NoAnswer, match="no list"):
        answer.read({"links": []})
    given_answer = of_one()
    before = json.dumps(given_answer)
    coded(given_answer)
    assert json.dumps(given_answer) == before
