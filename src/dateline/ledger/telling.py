"""A coder's value of a field, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dateline.ledger.choosing import TOLD


def in_words(field: str, value: Any) -> str:
    """A value in words for people, with the words of the report that say it."""
    if field == TOLD:
        return f"{value['type']}, {value['status']}"
    if field == "type":
        return ", ".join((value["type"], *value["method"]))
    if field == "when":
        return _quoted(_days(value), value) if value else "no day"
    worded = _WORDS.get(field.partition(".")[0])
    if worded is None:
        return str(value)
    return "; ".join(_quoted(worded(one), one) for one in value) or "none"


def _quoted(said: str, value: Mapping[str, Any]) -> str:
    words = " ".join((value.get("text") or "").split())
    return f"{said} (“{words}”)" if words and words.casefold() != said.casefold() else said


def _days(value: Mapping[str, Any]) -> str:
    return str(value["start"]) if value["start"] == value["end"] else f"{value['start']} to {value['end']}"


def _place(value: Mapping[str, Any]) -> str:
    name = value["name"] or value["text"]
    return f"{name}, {value['country']}" if value["country"] and value["country"] != name else str(name)


def _figure(value: Mapping[str, Any]) -> str:
    low, best, high = value["low"], value["best"], value["high"]
    number = str(best) if low == best == high else f"{'?' if low is None else low} to {'?' if high is None else high}"
    return f"{number} {value['what']}" + (f", {value['party']}" if value["party"] else "")


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "where": _place, "agents": lambda value: str(value["name"]), "counts": _figure,
}  # fmt: skip
