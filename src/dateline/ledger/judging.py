"""Judgements: signed, with a reason, never changed; each can be withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from dateline.ledger.choosing import FIELDS, TOLD, value_of
from dateline.ledger.errors import BadJudgement
from dateline.ledger.reviewing import checked
from dateline.ledger.rows import as_json, insert, next_number
from dateline.ledger.tables import accounts, judged, judgements
from dateline.model.event import Pointed
from dateline.model.vocabulary import WHATS

Kind = Literal[
    "accept",
    "reject",
    "unsure",
    "correct",
    "same",
    "different",
    "split",
    "choose",
    "comment",
    "opinion",
    "account",
    "withdraw",
]
#: Kinds of judgements that can be given as an opinion.
_OPINIONS = ("accept", "reject", "unsure", "correct")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of somebody that is ready to be written: its kind, the accounts (keys, in parts), and the event that
    it was said of."""

    kind: Kind
    parts: tuple[tuple[str, ...], ...]
    event: str | None = None
    value: Any = None
    withdraws: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement as somebody gives it: its kind, and the arguments of this kind (see Ledger.judge)."""

    kind: Kind
    field: str | None = None
    value: Any = None
    words: Pointed | None = None
    other: str | None = None
    groups: Sequence[Sequence[str]] = ()


def verdict(kind: Literal["accept", "reject", "unsure"], event: str, keys: Sequence[str]) -> Ruling:
    """The ruling that an event is right, or wrong, or that neither is clear."""
    return Ruling(kind, (tuple(keys),), event)


def correction(event: str, keys: Sequence[str], field: str, value: Any, words: dict[str, Any] | None = None) -> Ruling:
    """The ruling that a field of an event has another value, as `words` (a place in a report) say. It stays with the
    event that holds the first of these accounts."""
    told = {"field": field, "value": checked(field, value)} | ({"words": words} if words else {})
    return Ruling("correct", _at_first(keys), event, told)


def choice(key: str, event: str, field: str, coder: str, record: dict[str, Any] | None) -> Ruling:
    """The ruling that a coder's value counts for a field of an account (by key). `record` is the coder's account; None
    where the coder does not have the event. Raises BadJudgement (DL-L009)."""
    if field not in (*FIELDS, TOLD) and field.removeprefix("counts.") not in WHATS:
        raise BadJudgement(f"{field!r} is no field that coders are compared in.", where=event)
    if record is None:
        if field != TOLD:
            raise BadJudgement(f"{coder} does not tell of it, and so has no {field}.", where=event)
        return Ruling("reject", ((key,),), event)
    value = True if field == TOLD else value_of(record, field)
    return Ruling("choose", ((key,),), event, {"field": field, "coder": coder, "value": value})


def comment(event: str, keys: Sequence[str], reason: str) -> Ruling:
    """A comment on an event, which changes nothing. Raises BadJudgement where it is empty."""
    if not reason.strip():
        raise BadJudgement("A comment has words.", where=event)
    return Ruling("comment", _at_first(keys), event)


def opinion(ruling: Ruling) -> Ruling:
    """A verdict or correction that changes nothing: it is somebody's own view, to be compared with the views of others.
    Raises BadJudgement where the ruling is of another kind."""
    if ruling.kind not in _OPINIONS:
        raise BadJudgement(f"There is no opinion of kind {ruling.kind!r}.", where=ruling.event)
    keys = [key for part in ruling.parts for key in part]
    return Ruling("opinion", _at_first(keys), ruling.event, {"kind": ruling.kind, **(ruling.value or {})})


def _at_first(keys: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return (tuple(keys[:1]), tuple(keys[1:])) if keys[1:] else (tuple(keys),)


def sameness(event: str, keys: Sequence[str], other: Sequence[str]) -> Ruling:
    """The ruling that two events are one."""
    return Ruling("same", ((*keys, *other),), event)


def difference(event: str, keys: Sequence[str], other: Sequence[str]) -> Ruling:
    """The ruling that two events are not one, whatever the weights say."""
    return Ruling("different", (tuple(keys), tuple(other)), event)


def splitting(event: str, keys: Sequence[str], groups: Sequence[Sequence[str]]) -> Ruling:
    """The ruling that an event is several. Raises BadJudgement where the groups do not hold each of its accounts
    once."""
    named = [key for group in groups for key in group]
    if len([g for g in groups if g]) < 2 or sorted(named) != sorted(keys):
        raise BadJudgement("A split names each account of the event once, in two groups or more.", where=event)
    return Ruling("split", tuple(tuple(g) for g in groups if g), event)


def withdrawal(connection: Connection, number: int) -> Ruling:
    """The ruling that withdraws a judgement. Raises BadJudgement where there is none to withdraw."""
    row = connection.execute(select(judgements).where(judgements.c.num == number)).mappings().first()
    if row is None or row["kind"] == "withdraw":
        raise BadJudgement("There is no such judgement to withdraw.", where=str(number))
    if row["withdrawn"] is not None:
        raise BadJudgement(f"It was withdrawn in revision {row['withdrawn']}.", where=str(number))
    keys = connection.execute(select(judged.c.account).where(judged.c.judgement == number)).scalars()
    return Ruling("withdraw", (tuple(sorted(keys)),), row["event"], None, number)


def write(connection: Connection, revision: int, ruling: Ruling, by: str, at: str, reason: str) -> int:
    """Write a ruling; returns its number. Raises BadJudgement (DL-L009) for a reason that a database cannot store."""
    if "\0" in reason:
        raise BadJudgement("A reason may not hold the character NUL.")
    num = next_number(connection, judgements)
    value = None if ruling.value is None else as_json(ruling.value)
    row = {"num": num, "kind": ruling.kind, "by": by, "at": at, "reason": reason, "event": ruling.event,
           "value": value, "withdraws": ruling.withdraws, "revision": revision}  # fmt: skip
    insert(connection, judgements, [row])
    parts = [{"judgement": num, "account": key, "part": n} for n, part in enumerate(ruling.parts) for key in part]
    insert(connection, judged, parts)
    if ruling.withdraws is not None:
        connection.execute(update(judgements).where(judgements.c.num == ruling.withdraws).values(withdrawn=revision))
    return num


def accounts_named(connection: Connection, ruling: Ruling) -> list[int]:
    """The accounts in force (by number) that a ruling names."""
    keys = [key for part in ruling.parts for key in part]
    query = select(accounts.c.num).where(accounts.c.key.in_(keys), accounts.c.retired.is_(None))
    return sorted(connection.execute(query).scalars())
