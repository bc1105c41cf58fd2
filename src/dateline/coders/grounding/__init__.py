"""Check a model's answer against the report: values that the words support become a coding, others are dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dateline.coders import answer
from dateline.coders.grounding.accounts import accounts_of, id_of, links_of
from dateline.coders.grounding.case import Case
from dateline.coders.grounding.naming import entities_of
from dateline.coders.parts import Numbered
from dateline.language import Document
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy

__all__ = ["ground", "merged"]


def ground(
    report: Report,
    document: Document,
    answers: Sequence[dict[str, Any]],
    by: CodedBy,
    sentences: tuple[Numbered, ...] | None = None,
) -> Coding:
    """The coding of a report from the answers to its parts. `report` must have its publication date and language.
    `sentences` are the numbered sentences of the questions; without them they are made anew.

    Whatever the answers hold, the coding keeps the contract of docs/record.md.
    """
    case = Case.of(report, document, sentences)
    found = merged(answers)
    ids, accounts = accounts_of(case, found["accounts"], f"coded by {by}")
    links = links_of(case, found["links"], ids)
    times = [e for t in case.times for e in t.as_entities()]
    return Coding(report, accounts, links, entities_of(accounts, times), warnings=case.warnings(), by=by)


def merged(answers: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The answers to the parts of a report as one answer. An account of a later part adds to the account with the same
    id of an earlier part."""
    accounts: dict[str | tuple[int, int], dict[str, Any]] = {}
    links: list[dict[str, Any]] = []
    for part, one in enumerate(answers):
        seen: Counter[str] = Counter()
        for row in answer.rows(one, "accounts", answer.ACCOUNTS):
            name = id_of(row)
            seen[name] += 1
            # An id that is missing, or used twice in one answer, cannot refer to an account of another part.
            key = name if name and seen[name] == 1 else (part, len(accounts))
            accounts[key] = _joined(accounts[key], row) if key in accounts else row
        links += answer.rows(one, "links")
    return {"accounts": list(accounts.values()), "links": links}


_LISTS = ("sentences", "method", "where", "actors", "counts", "items", "said_by")


def _joined(one: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """An account, completed with what a later part of the report says about it."""
    lists = {key: [*_listed(one.get(key)), *_listed(more.get(key))] for key in _LISTS}
    return {**more, **{k: v for k, v in one.items() if v is not None}, **lists}


def _listed(value: Any) -> list[Any]:
    return value[: answer.VALUES] if isinstance(value, list) else [] if value is None else [value]
