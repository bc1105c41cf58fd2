"""The form of an answer as a JSON schema, for servers that can force a model to keep one."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.coders.prompt import FIELDS

_TEXT = {"type": ["string", "null"]}
_WHOLE = {"type": ["integer", "null"]}


@cache
def answer_schema() -> dict[str, Any]:
    """The schema of an answer."""
    account = _object(
        {
            "id": {"type": "string"}, "type": _one("type"), "status": _one("status"),
            "scope": {"enum": ["event", "rollup"]}, "method": _list(_one("method")),
            "sentences": _list({"type": "integer"}), "trigger": {"type": "string"},
            "when": {"anyOf": [{"type": "null"}, _when()]}, "where": _list(_where()), "actors": _list(_actor()),
            "counts": _list(_count()), "items": _list(_item()), "said_by": _list(_quoting({"name": _TEXT})),
        },
        ["id", "type", "sentences", "trigger"],
    )  # fmt: skip
    link = {"kind": _one("link"), "from": {"type": "string"}, "to": {"type": "string"}}
    return _object({"accounts": _list(account), "links": _list(_object(link, list(link)))}, ["accounts"])


def _when() -> dict[str, Any]:
    return _quoting({"start": _TEXT, "end": _TEXT, "basis": _one("basis")})


def _where() -> dict[str, Any]:
    return _quoting({"name": _TEXT, "country": _TEXT, "admin1": _TEXT, "precision": _one("place")})


def _actor() -> dict[str, Any]:
    more = {"role": _one("role"), "kind": _one("kind"), "name": _TEXT, "id": _TEXT, "said_by": _TEXT}
    return _quoting(more, "role")


def _count() -> dict[str, Any]:
    figures = dict.fromkeys(("n", "low", "best", "high"), _WHOLE)
    more = {"what": _one("what"), "party": _one("party"), "said_by": _TEXT, "part": {"type": "boolean"}}
    return _quoting(more | figures, "what")


def _item() -> dict[str, Any]:
    return _quoting({"what": {"enum": ["seized", "used"]}, "name": _TEXT, "count": _WHOLE}, "what")


def _quoting(fields: dict[str, Any], *required: str) -> dict[str, Any]:
    return _object({"words": {"type": "string"}, "around": _TEXT, **fields}, ["words", *required])


def _one(field: str) -> dict[str, Any]:
    return {"enum": list(FIELDS[field])}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _object(fields: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
