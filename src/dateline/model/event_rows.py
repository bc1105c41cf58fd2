"""The parts of an event as rows of JSON, and back.

A row has the fields of its object in their order, so that equal events give equal bytes. Rows from an older version may
lack fields; these are then empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from dateline.model.event_parts import (
    AccountKey,
    Correction,
    CountStep,
    EventActor,
    EventCount,
    EventPlace,
    EventWhen,
    Figure,
    Part,
    Pointed,
    Tie,
)

T = TypeVar("T")


class Rows(Generic[T]):
    """Reads and writes objects that have the same fields as their JSON object."""

    def __init__(self, form: Callable[..., T], names: Iterable[str]) -> None:
        self._form, self._names = form, tuple(names)
        self._told, self._own = itemgetter(*self._names), attrgetter(*self._names)

    def read(self, row: Mapping[str, Any]) -> T:
        """The object of a row; fields that an older version did not write have their defaults."""
        try:
            return self._form(*self._told(row))
        except KeyError:
            return self._form(**{name: row[name] for name in self._names if name in row})

    def row(self, one: T) -> dict[str, Any]:
        """The row of an object."""
        return dict(zip(self._names, self._own(one), strict=True))


def _rows(form: Callable[..., T], *apart: str) -> Rows[T]:
    """Rows with all fields of a class, except those (`apart`) that are handled separately."""
    return Rows(form, (name for name in form.__slots__ if name not in apart))  # type: ignore[attr-defined]


WHEN, _FIGURE, _STEP, _PART = _rows(EventWhen), _rows(Figure), _rows(CountStep), _rows(Part)
PLACE, ACCOUNT, _POINTED = _rows(EventPlace), _rows(AccountKey), _rows(Pointed)
_NUMBERS = _rows(EventCount, "figures", "history")


def place_row(place: EventPlace) -> dict[str, Any]:
    row = PLACE.row(place)
    if place.text is None:
        del row["text"]
    return row


def actor_of(row: Mapping[str, Any]) -> EventActor:
    return EventActor(row["role"], row["kind"], row["name"], row["id"], tuple(row.get("worded", ())))


def actor_row(one: EventActor) -> dict[str, Any]:
    return {"role": one.role, "kind": one.kind, "name": one.name, "id": one.id, "worded": list(one.worded)}


def count_of(row: Mapping[str, Any]) -> EventCount:
    return EventCount(
        row["what"], row["party"], row["low"], row["best"], row["high"], row["rule"],
        tuple(map(_FIGURE.read, row["figures"])), tuple(map(_STEP.read, row.get("history", ()))),
    )  # fmt: skip


def count_row(count: EventCount) -> dict[str, Any]:
    row = _NUMBERS.row(count)
    row["figures"] = [_FIGURE.row(figure) for figure in count.figures]
    row["history"] = [_STEP.row(step) for step in count.history]
    return row


def account_row(account: AccountKey) -> dict[str, Any]:
    if account.key:
        return ACCOUNT.row(account)
    return {"report_uri": account.report_uri, "account_id": account.account_id}


def tie_of(row: Mapping[str, Any]) -> Tie:
    one, other = row["between"]
    return Tie((_end(one), _end(other)), row["weight"], tuple(map(_PART.read, row["parts"])))


def _end(told: str) -> AccountKey:
    uri, _, name = told.rpartition("#")
    return AccountKey(uri, name)


def tie_row(tie: Tie) -> dict[str, Any]:
    between = [str(end) for end in tie.between]
    return {"between": between, "weight": tie.weight, "parts": [_PART.row(part) for part in tie.parts]}


def correction_of(row: Mapping[str, Any]) -> Correction:
    pointed = row.get("words")
    return Correction(row["field"], row["judgement"], row["by"], pointed and _POINTED.read(pointed))


def correction_row(one: Correction) -> dict[str, Any]:
    row: dict[str, Any] = {"field": one.field, "judgement": one.judgement, "by": one.by}
    return row | ({"words": _POINTED.row(one.words)} if one.words else {})


_ROWS: dict[type, Callable[[Any], dict[str, Any]]] = {
    EventWhen: WHEN.row, EventPlace: place_row, EventActor: actor_row, EventCount: count_row, AccountKey: account_row,
    Correction: correction_row,
}  # fmt: skip


def plain(value: Any) -> Any:
    """A field's value as the event's record has it: rows for parts, lists for tuples."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    row = _ROWS.get(type(value))
    return value if row is None else row(value)
