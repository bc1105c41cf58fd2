"""Every way in which a record could break its contract (docs/record.md), for tests that feed anything to the coder."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from dateline.model import vocabulary


def breaches(line: str) -> list[str]:
    """The breaches of one line of `dateline code --format jsonl`."""
    record = json.loads(line)
    return list(_breaches(record, record["report"]["text"]))


def _breaches(record: dict[str, Any], text: str) -> Iterator[str]:
    if record["report"]["published"]:
        yield from _when("published", record["report"]["published"], text)
    names = [a["id"] for a in record["accounts"]]
    if len(set(names)) != len(names):
        yield "account ids are not unique"
    for account in record["accounts"]:
        yield from _account(account, text)
    for link in record["links"]:
        if link["from"] not in names or link["to"] not in names:
            yield f"link {link}"
    for entity in record["entities"]:
        yield from _span("entity", entity["span"], text)


def _account(account: dict[str, Any], text: str) -> Iterator[str]:
    name = account["id"]
    if account["type"] not in vocabulary.TYPES or not set(account["method"]) <= vocabulary.METHODS:
        yield f"{name}: {account['type']} {account['method']}"
    yield from _span(f"{name} trigger", account["trigger"], text)
    if not account["sentences"]:
        yield f"{name}: no sentences"
    for sentence in account["sentences"]:
        yield from _span(f"{name} sentence", sentence, text)
    if account["when"]:
        yield from _when(name, account["when"], text)
    for field in ("where", "actors", "counts"):
        for claim in account[field]:
            yield from _span(f"{name} {field}", claim["span"], text, claim["text"])
    for field in ("items", "said_by"):
        for claim in account[field]:
            yield from _span(f"{name} {field}", claim["span"], text)
    for count in account["counts"]:
        known = [n for n in (count["low"], count["best"], count["high"]) if n is not None]
        if known != sorted(known) or count["what"] not in vocabulary.WHATS:
            yield f"{name}: {count}"
    if not 0 <= account["confidence"] <= 1:
        yield f"{name}: confidence {account['confidence']}"


def _when(name: str, when: dict[str, Any], text: str) -> Iterator[str]:
    if dt.date.fromisoformat(when["start"]) > dt.date.fromisoformat(when["end"]):
        yield f"{name}: starts after its end"
    if when["basis"] != "given":
        yield from _span(f"{name} when", when["span"], text, when["text"])


def _span(name: str, span: dict[str, int] | None, text: str, quote: str | None = None) -> Iterator[str]:
    if span is None or not 0 <= span["start"] < span["end"] <= len(text):
        yield f"{name}: span {span}"
    elif quote is not None and text[span["start"] : span["end"]] != quote:
        yield f"{name}: {quote!r} does not stand at {span}"
