"""The manual of frames, made of the forms that check them. `python -m tests.frame_manual` writes docs/frames.md."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from dateline.what.conditions import Condition, table
from dateline.what.frames import FAMILIES, Frame, frames

PAGE = Path(__file__).parent.parent / "docs" / "frames.md"
_HEAD = f"""# Frames

<!-- Made of the forms in what/frames.py and what/conditions.py by `python -m tests.frame_manual`; do not edit. -->

A frame says of some words which happening they tell of, and who stands where around them. There are {{}} of them in
`what/knowledge/en/frames/`, a file a family:
{", ".join(f"`{name}`" for name in FAMILIES)}.
Where one word has several frames ("seized two men", "seized two rifles"), they are tried in this order of families, and
the first is taken that its surroundings bear out. Fields that are left out have the value in brackets.

| field | means |
| --- | --- |
"""


_CONDITIONS = """
## Conditions

A word with everyday senses needs a condition (`needs`). There are {} in `what/knowledge/conditions.yaml`; a new one is
an entry there and needs no Python. Each has the name of a rule (`what.needs.NAME`, {{doc}}`rules`), with a sentence
that it bears out and one that it refuses. What one entry says must all hold; `any`, `all`, `not` and `is` combine
entries. Lists of words stand in `words.yaml`.

| field | holds where |
| --- | --- |
"""


def page() -> str:
    """docs/frames.md, as it must be."""
    whole = [_HEAD.format(len(frames())), _rows(Frame), _CONDITIONS.format(len(table())), _rows(Condition)]
    return "".join(whole)


def _rows(form: type[BaseModel]) -> str:
    """The fields of a form as rows of a table."""
    fields = form.model_fields.items()
    rows = (f"| `{field.alias or name}`{_default(form, name)} | {field.description} |" for name, field in fields)
    return "\n".join(rows) + "\n"


def _default(form: type[BaseModel], name: str) -> str:
    value = form.model_fields[name].default
    if form is Condition:
        return ""
    shown = str(value).lower() if isinstance(value, bool) else value
    return f" ({shown})" if isinstance(shown, str) else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
