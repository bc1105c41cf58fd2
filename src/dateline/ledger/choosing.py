"""What people chose where coders of one report differ: which field of which account is whose.

A choice is a judgement (kind `choose`) on an account of the report. It names the field and keeps the value as the
chosen coder's record has it, so it stays when the report is coded again, by whatever coder. In a later version of a
report it holds as far as the words of the value still stand there.
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

#: Fields that coders are compared in, besides figures (`counts.WHAT`); `agents` are the actors of that role, and `told`
#: is whether the happening is told at all.
FIELDS = ("type", "status", "scope", "when", "where", "agents")
TOLD = "told"
#: Stands for a value whose words do not stand in a report.
GONE = object()
#: A coding that is to be written again: number of its report, of the coding in force, the report's key, the coding.
_Again = tuple[int, int | None, str, Coding]


@dataclass(frozen=True, slots=True)
class Choice:
    """One that holds: on which account, which field, the value, whose it is, and who chose it."""

    num: int
    key: str
    field: str
    value: Any
    coder: str
    by: str


def choices_on(connection: Connection, keys: Iterable[str], but: int | None = None) -> list[Choice]:
    """The choices that hold on accounts (by key), in the order in which they were made; without one of them."""
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
    """A field of an account's record."""
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
    """The coding with what was chosen; `keys` are those of its accounts by name. The very coding where nothing was."""
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
    """A value with its words where they stand in a text: at their place, else nearest to `near`; GONE where they do not
    stand in it."""
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
    """New codings of reports, with what people chose of their older ones."""
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
