"""A day that somebody gives by itself is read in any form that means one day, wherever it is asked for."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dateline import code
from dateline.cli import cli
from dateline.ledger.errors import BadQuery
from dateline.ledger.rolling import days_of
from dateline.model.errors import BadDate
from dateline.when.asked import day_asked

_SAME = (
    "2026-11-26", "2026-11-26T10:00:00Z", "20261126", "2026/11/26", "Nov 26, 2026", "26 November 2026",
    "November 26th, 2026", "Thursday, November 26, 2026", "Thu, 26 Nov 2026", "26/11/2026", "11/26/2026", "26.11.2026",
)  # fmt: skip
_NONE = (
    "yesterday", "Nov 2026", "Nov 26", "31 Feb 2026", "2026-02-31", "Fri, 26 Nov 2026", "26 Nov 2026 or 27 Nov 2026",
    "November 26, 2026 was a good day", "x", "1" * 300,
)  # fmt: skip


@pytest.mark.parametrize("text", _SAME)
def test_one_day_in_any_form(text: str) -> None:
    assert day_asked(text) == "2026-11-26"


@pytest.mark.parametrize("text", _NONE)
def test_what_is_no_single_day_is_refused(text: str) -> None:
    with pytest.raises(BadDate, match="is no date"):
        day_asked(text)


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "3-4-26"])
def test_what_could_be_two_days_is_refused_and_said(text: str) -> None:
    with pytest.raises(BadDate, match="day and month can be exchanged"):
        day_asked(text)
    assert day_asked("04/04/2026") == "2026-04-04"


def test_publication_and_filters_take_it() -> None:
    text = "Police arrested two men in Kabul on Tuesday."
    assert code(text, published="Nov 26, 2026").accounts[0].when.start == "2026-11-24"  # type: ignore[union-attr]
    told = CliRunner().invoke(cli, ["code", "-", "--format", "jsonl", "--published", "26 Nov 2026"], input=text)
    assert '"start":"2026-11-24"' in told.stdout
    assert days_of("Nov 1, 2026", "26 November 2026", None) == ("2026-11-01", "2026-11-26")
    with pytest.raises(BadQuery, match="since: '03/04/2026' could be two days"):
        days_of("03/04/2026", None, None)
