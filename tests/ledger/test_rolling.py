"""Ranges that move with the calendar: which days they are on which day, and that all ways of asking know them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click
import pytest
from click.testing import CliRunner

from dateline.cli.ledger_options import query_of, query_options
from dateline.ledger.errors import BadQuery
from dateline.ledger.rolling import days_of, today
from dateline.service.params import Asked, asked_of

DAY = dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    ("last", "since"),
    [
        ("1d", "2024-03-31"),
        ("7d", "2024-03-25"),
        ("2w", "2024-03-18"),
        ("1m", "2024-03-01"),
        ("13m", "2023-03-01"),
        ("1y", "2023-04-01"),
        ("9999y", "0001-02-01"),
    ],
)
def test_a_range_ends_today(last: str, since: str) -> None:
    found, until = days_of(None, None, last, DAY)
    assert until == "2024-03-31"
    assert found == since


def test_days_that_are_given_narrow_a_range() -> None:
    assert days_of("2024-03-28", "2024-03-30", "7d", DAY) == ("2024-03-28", "2024-03-30")
    assert days_of("2020-01-01", "2030-01-01", "7d", DAY) == ("2024-03-25", "2024-03-31")
    assert days_of("2020-01-01", None, None, DAY) == ("2020-01-01", None)


@pytest.mark.parametrize("last", ["", "7", "d", "0d", "-7d", "7 days", "7h", "１d", "100000d"])
def test_no_range(last: str) -> None:
    with pytest.raises(BadQuery) as error:
        days_of(None, None, last, DAY)
    assert error.value.code == "DL-L014"


def test_the_page_its_saved_views_and_the_command_line_know_it() -> None:
    since = (today() - dt.timedelta(days=6)).isoformat()
    assert Asked(last="7d").query().since == since
    assert asked_of("type=bombing&last=7d&zoom=3").query().since == since

    @click.command()
    @query_options
    def asked(**filters: Any) -> None:
        click.echo(query_of(filters).since)

    assert CliRunner().invoke(asked, ["--last", "7d"]).output.strip() == since
