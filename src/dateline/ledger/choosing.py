"""Choices of people where coders of one report differ: which coder's value counts for a field of an account.

A choice is a judgement (kind `choose`) on an account of the report. It names the field, and keeps the value from the
chosen coder's record. So it stays when the report is coded again, by any coder. In a later version of a report the
choice holds if the words of the value still stand there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.adding import known_of
from dateline.ledger.keys import keys_of
from dateline.ledger.rows import chunks
from dateline.ledger.tables import judged, judgements
from dateline.model import Coding
from dateline.model.record import as_record

#: The fields in which coders are compared, besides figures (`counts.WHAT`). `agents` are the actors with the role
#: agent. TOLD is whether a coder has the event at all.
FIELDS = ("type", "status", "scope", "when", "where", "agents")
TOLD = "told"
#: The result of `placed` for a value with words that do not stand in the report.
GONE = object()
#: A new coding of a known report: number of the report, number of its coding in force, key of the report, new coding.
_Again = tuple[int, int | None, str, Coding]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice in force: account (by key), field, value, the coder of the value, and who chose it."""

    num: int
    key: str
    field: str
    value: Any
    coder: str
    by: str


def choices_on(connection: Connection, keys: Iterable[str], but: int | None = None) -> list[Choice]:
    """The choices in force on accounts (by key), in the order in which they were made, without number `but`."""
    found = []
    for some in chunks(sorted(set(keys))):
        query = (
            select(judgements.c.num, judged.c.account, judgements.c.value, judgements.c.by)
            .join_from(judged, judgements, judgements.c.num == judged.c.judgement)
            .where(judged.c.account.in_(some), judgements.c.kind == "choose", judgements.c.withdrawn.is_(None))
        )
        for num, key, value, by in connection.execute(query.order_by(judgements.c.num)):
            told = read_value(value)
            if num != but:
                found.append(Choice(num, key, told["field"], told["value"], told["coder"], by))
    return sorted(found, key=lambda one: one.num)


def read_value(value: str) -> dict[str, Any]:
    """The value of a judgement, as data."""
    told: dict[str, Any] = json.loads(value)
    return told


def value_of(account: Mapping[str, Any], field: str) -> Any:
    """The value of a field (FIELDS, `counts.WHAT`) in an account's record."""
    if field == "type":
        return {"type": account["type"], "method": account["method"]}
    if field == "agents":
        return [a for a in account["actors"] if a["role"] == "agent"]
    if field.startswith("counts."):
        return [c for c in account["counts"] if c["what"] == field.partition(".")[2]]
    return account[field]


def with_value(account: dict[str, Any], field: str, value: Any) -> dict[str, Any]:
    """The account's record with another value of a field."""
    if field == TOLD:
        return account
    if field == "type":
        return {**account, **value}
    if field == "agents":
        return {**account, "actors": [*value, *(a for a in account["actors"] if a["role"] != "agent")]}
    if field.startswith("counts."):
        what = field.partition(".")[2]
        return {**account, "counts": [*(c for c in account["counts"] if c["what"] != what), *value]}
    return {**account, field: value}


def with_choices(coding: Coding, keys: Mapping[str, str], choices: Sequence[Choice]) -> Coding:
    """The coding with the chosen values; `keys` are the keys of its accounts by name. Returns the same object where
    nothing was chosen."""
    by_key: dict[str, list[Choice]] = {}
    for one in choices:
        by_key.setdefault(one.key, []).append(one)
    if not by_key.keys() & set(keys.values()):
        return coding
    record, text = as_record(coding), coding.report.text
    record["accounts"] = [_chosen(row, by_key.get(keys.get(row["id"], ""), []), text) for row in record["accounts"]]
    return replace(coding, accounts=Coding.from_record(record).accounts)


def _chosen(account: dict[str, Any], choices: Sequence[Choice], text: str) -> dict[str, Any]:
    told = []
    for one in choices:
        value = placed(one.value, text, account["trigger"]["start"])
        if value is not GONE:
            account = with_value(account, one.field, value)
            told.append(f"{one.field} as {one.coder} has it, chosen by {one.by}")
    return {**account, "derivation": [*account["derivation"], *told]}


def placed(value: Any, text: str, near: int) -> Any:
    """A value with its spans moved to where its words stand in a text: at the same place, else nearest to `near`. GONE
    where the words do not stand in the text."""
    if isinstance(value, list):
        parts = [placed(one, text, near) for one in value]
        return GONE if GONE in parts else parts
    if not isinstance(value, dict) or value.get("span") is None:
        return value
    span, words = value["span"], value["text"]
    if text[span["start"] : span["end"]] == words:
        return value
    found = [n for n in (text.rfind(words, 0, near + len(words)), text.find(words, near)) if n >= 0]
    if not found:
        return GONE
    start = min(found, key=lambda n: abs(n - near))
    moved = {**value, "span": {"start": start, "end": start + len(words)}}
    if moved.get("derivation"):
        moved["derivation"] = {**moved["derivation"], "anchor_span": None}
    return moved


def carried(connection: Connection, again: Sequence[_Again]) -> list[_Again]:
    """New codings of reports, with the choices that people made on older codings of the same reports."""
    known, ever = known_of(connection, [num for num, _, _, _ in again])
    choices = choices_on(connection, {key for keys in ever.values() for key in keys})
    if not choices:
        return list(again)
    found = []
    for num, coding_num, key, coding in again:
        keys = keys_of(key, coding.accounts, known.get(num, ()), ever.get(num, ()))
        named = {account.id: own for account, own in zip(coding.accounts, keys, strict=True)}
        found.append((num, coding_num, key, with_choices(coding, named, choices)))
    return found
