"""Make accounts of a model's answer. A value that does not stand in words of the report is dropped and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.coders.grounding.counting import counts_of, items_of
from dateline.coders.grounding.days import when_of
from dateline.coders.grounding.parties import actors_of, speakers_of
from dateline.coders.grounding.places import places_of
from dateline.coders.parts import Numbered
from dateline.model import Account, Link, Span
from dateline.model.vocabulary import METHODS, STATUSES, TYPES, LinkKind, Scope

_SCOPES = frozenset(get_args(Scope))
_LINKS = frozenset(get_args(LinkKind))
#: The confidence of an account with all values grounded and read alike; what each value that was dropped or read
#: differently takes away; the least confidence.
SURE, LESS, LEAST = 0.9, 0.1, 0.3


def accounts_of(case: Case, rows: list[dict[str, Any]], made_by: str) -> tuple[dict[str, str], tuple[Account, ...]]:
    """The ids in the answer -> the ids of the record, and the accounts of the answer."""
    found: list[Account] = []
    ids: dict[str, str] = {}
    for row in rows:
        name = f"a{len(found) + 1}"
        account = _account(case, row, name, made_by)
        if account is None:
            case.drop("accounts")
            continue
        found.append(account)
        if own := id_of(row):
            ids.setdefault(own, name)
    return ids, tuple(found)


def id_of(row: dict[str, Any]) -> str:
    """The id of an account in the answer."""
    found = row.get("id")
    return str(found)[:40] if isinstance(found, str | int) else ""


def _account(case: Case, row: dict[str, Any], name: str, made_by: str) -> Account | None:
    type_ = answer.word(row, "type", TYPES)
    if type_ is None:
        return None
    told, before = list(_sentences(case, row)), case.dropped.total()
    trigger = case.quote(row, [s.span for s in told], key="trigger")
    if trigger is None and answer.text(row, "trigger") is not None:
        case.drop("trigger")
    if trigger is not None and not any(s.span.overlaps(trigger) for s in told):
        told = sorted({*told, *(s for s in case.sentences if s.span.overlaps(trigger))})
    if not told:
        return None
    trigger = trigger or told[0].span
    return _filled(case, row, name, type_, [s.span for s in told], trigger, made_by, before)


def _filled(
    case: Case, row: dict[str, Any], name: str, type_: str, near: list[Span], trigger: Span, made_by: str, before: int
) -> Account:
    """The account with all its values. `before`: how many values had been dropped before this account."""
    case.notes.clear()
    at = trigger.start
    parts: dict[str, Any] = {
        "when": when_of(case, row, near, at), "where": places_of(case, row, near, at),
        "actors": actors_of(case, row, near, at), "counts": counts_of(case, row, near, at),
        "items": items_of(case, row, near, at), "said_by": speakers_of(case, row, near, at),
    }  # fmt: skip
    lost = case.dropped.total() - before
    sure = round(max(LEAST, SURE - LESS * (lost + len(case.notes))), 2)
    return Account(
        id=name,
        type=type_,  # type: ignore[arg-type]
        status=answer.word(row, "status", STATUSES) or "occurred",  # type: ignore[arg-type]
        scope=answer.word(row, "scope", _SCOPES) or "event",  # type: ignore[arg-type]
        trigger=trigger,
        sentences=tuple(near),
        method=tuple(sorted(answer.words(row, "method", METHODS))),  # type: ignore[arg-type]
        confidence=sure,
        derivation=(made_by, *case.notes, f"confidence {sure:.2f}: {lost} values dropped, {len(case.notes)} differ"),
        **parts,
    )


def _sentences(case: Case, row: dict[str, Any]) -> Iterator[Numbered]:
    """The sentences in which, by the answer, an account is told; in order, each once."""
    told = set(answer.numbers(row, "sentences"))
    return (s for s in case.sentences if s.number in told)


def links_of(case: Case, rows: list[dict[str, Any]], ids: dict[str, str]) -> tuple[Link, ...]:
    """The links between the accounts that were kept: each once, and none from an account to itself."""
    found: dict[tuple[str, str, str], Link] = {}
    for row in rows:
        kind = answer.word(row, "kind", _LINKS)
        one, two = (ids.get(id_of({"id": row.get(end)})) for end in ("from", "to"))
        if kind is None or one is None or two is None or one == two:
            case.drop("links")
            continue
        found.setdefault((kind, one, two), Link(kind, one, two))  # type: ignore[arg-type]
    return tuple(found.values())
