"""The page of the docs on the API's routes, as made from its description (web/openapi.json): `python -m
tests.routepages` writes it, a test of tests/test_docs.py compares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import openapi

FILE = Path(__file__).parent.parent / "docs" / "http.md"
_HEAD = """# HTTP

The routes of `dateline serve`, below `/api/v1`. `python -m tests.routepages` makes this page from the API's
description, which a running service gives at `/api/v1/openapi.json` with the forms of all bodies and answers.
{doc}`page` says who may do what, and how a script logs in. Errors have the codes of {doc}`errors`. Filters that say
nothing here mean what they mean for `dateline events` ({doc}`cli`).
"""


def described() -> str:
    """The page, as it is kept."""
    told = json.loads(openapi.FILE.read_text(encoding="utf-8"))
    return "\n".join([_HEAD, *(line for path, ways in told["paths"].items() for line in _section(path, ways))])


def _section(path: str, ways: dict[str, Any]) -> Iterator[str]:
    yield from (f"## {path}", "")
    for method, way in ways.items():
        yield from (f"`{method.upper()} {path}`", "", _about(way), "")
        rows = list(way.get("parameters", ()))
        if rows:
            yield from ("| parameter | in | takes | what it does |", "| --- | --- | --- | --- |")
            yield from map(_row, rows)
            yield ""


def _row(row: dict[str, Any]) -> str:
    return f"| `{row['name']}` | {row['in']} | {_takes(row['schema'])} | {_plain(row.get('description', ''))} |"


def _takes(schema: dict[str, Any]) -> str:
    """What a parameter takes, in a word or two; several of them where it is a list."""
    kinds = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    if "enum" in kinds[0]:
        return ", ".join(f"`{value}`" for value in kinds[0]["enum"])
    if kinds[0].get("type") == "array":
        return f"{_takes(kinds[0]['items'])}; several"
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return words.get(kinds[0].get("type", ""), "text")


def _about(way: dict[str, Any]) -> str:
    return _plain(way.get("description") or f"{way['summary']}.")


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    FILE.write_text(described(), encoding="utf-8")
