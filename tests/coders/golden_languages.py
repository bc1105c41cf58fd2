"""Rewrites the golden records of other languages: `python -m tests.coders.golden_languages`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.model import Coding
from dateline.model.knowledge import load_file
from dateline.readers import report_of

HERE = Path(__file__).resolve().parent / "languages"


class Row(NamedTuple):
    """A dispatch, and a careful reader's answer."""

    name: str
    published: str
    text: str
    answer: dict[str, Any]


ROWS = load_file(HERE / "reports.yaml", list[Row])


def coding_of(row: Row) -> Coding:
    """What the model coder makes of the answer."""
    return ModelCoder(ask=lambda question: Kept(question.key, row.answer))(report_of(row.text, row.name, row.published))


def record_of(row: Row) -> str:
    """The record, one JSON value a line; without the prompt's version, which changes with every word of it."""
    record = json.loads(coding_of(row).to_json())
    record["report"].pop("text")
    record["coder"].pop("prompt")
    for account in record["accounts"]:
        account["derivation"] = [line.partition(", prompt")[0] for line in account["derivation"]]
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for one in ROWS:
        (HERE / f"{one.name}.json").write_text(record_of(one), encoding="utf-8")
        print(one.name)
