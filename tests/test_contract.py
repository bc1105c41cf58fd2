"""Whatever text comes in: no crash, no breach of the contract, the same bytes twice, the round trip is the identity."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.engines import code
from dateline.model import Coding
from dateline.model.rejections import EmptyReport
from tests.contract import breaches
from tests.golden import SAMPLES

_WORDS = st.sampled_from(
    "police arrested killed three 357 militants in Kabul on Tuesday last year the attack of ISIS and a bomb , . "
    "\n \n\n wounded according to said that planned not soldiers dozens Syria 12 March 2024 ( ) \" 's TURKEY İstanbul "
    "31 February 9999 0 -- al - Bab \x00 \U0001f600 كابل".split(" ")
)
_NEWSLIKE = st.lists(_WORDS, min_size=1, max_size=40).map(" ".join)
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _check(text: str) -> None:
    try:
        coding = code(text, published="2024-05-06")
    except EmptyReport:
        assert not text.strip()
        return
    line = coding.to_json()
    assert breaches(line) == []
    assert Coding.from_json(line).to_json() == line
    assert code(text, published="2024-05-06").to_json() == line


@_SETTINGS
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    _check(text)


@_SETTINGS
@given(_NEWSLIKE)
def test_any_words_of_news(text: str) -> None:
    _check(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_samples_keep_the_contract(sample) -> None:  # type: ignore[no-untyped-def]
    text = sample.read_text(encoding="utf-8")
    for entities in ("read", "all"):
        assert breaches(code(text, entities=entities).to_json()) == []
