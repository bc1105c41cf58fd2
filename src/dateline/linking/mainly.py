"""What a report is mainly of: its news, and what most of its words are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dateline.model import types

#: A report is mainly of the account with the highest score. The score is the account's share of the words that tell of
#: accounts, minus the place where it is first told (in characters) divided by this: _LATER to find the news of the
#: report, _SOONER to find its theme (what most of its words are of).
_LATER, _SOONER = 400, 200
#: An account scores higher as the news of a report if it happened at most _FRESH_DAYS days before the report (by
#: _FRESH), and if it is the consequence of a deed that the same sentence tells (by _CAME_OF): "sentenced him for the
#: murder of two" is news of the sentence. (Fitted as a conditional logit over 398 dispatches of training/stories, and
#: rounded: right for 358 of them, each file left out in turn; without these two for 330.)
_FRESH_DAYS, _FRESH, _CAME_OF = 3, 0.65, 0.4


def news_of(rows: Sequence[Mapping[str, Any]], published: int | None) -> str | None:
    """The name of the account that is the news of a report: told early and at length, recent, and rather the
    consequence of a deed than the deed."""
    deeds = {row["first"] for row in rows if row["type"] not in types.CONSEQUENCES}

    def more(row: Mapping[str, Any]) -> float:
        is_fresh = bool(published and row["days"] and published - row["days"][1] <= _FRESH_DAYS)
        came_of = row["type"] in types.CONSEQUENCES and row["first"] in deeds
        return _FRESH * is_fresh + _CAME_OF * came_of - float(row["first"]) / _LATER

    return _most(rows, more)


def theme_of(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The name of the account that most of a report's words are of; an account that is told earlier scores higher."""
    return _most(rows, lambda row: -float(row["first"]) / _SOONER)


def _most(rows: Sequence[Mapping[str, Any]], more: Callable[[Mapping[str, Any]], float]) -> str | None:
    """The name of the account with the highest score: its share of the words that tell of accounts, plus `more`."""
    whole = sum(sum(row["words"].values()) for row in rows) or 1
    values = [sum(row["words"].values()) / whole + more(row) for row in rows]
    return rows[values.index(max(values))]["name"] if rows else None
