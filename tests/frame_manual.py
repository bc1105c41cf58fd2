"""The manual of frames, made of the form that checks them. `python -m tests.frame_manual` writes docs/frames.md."""

from __future__ import annotations

from pathlib import Path

from dateline.what.frames import FAMILIES, Frame, frames

PAGE = Path(__file__).parent.parent / "docs" / "frames.md"
_HEAD = f"""# Frames

<!-- Made of the form in src/dateline/what/frames.py by `python -m tests.frame_manual`; do not edit. -->

A frame says of some words which happening they tell of, and who stands where around them. There are {{}} of them in
`what/knowledge/en/frames/`, a file a family:
{", ".join(f"`{name}`" for name in FAMILIES)}.
Where one word has several frames ("seized two men", "seized two rifles"), they are tried in this order of families, and
the first is taken that its surroundings bear out. Fields that are left out have the value in brackets.

| field | means |
| --- | --- |
"""


def page() -> str:
    """docs/frames.md, as it must be."""
    rows = [f"| `{name}`{_default(name)} | {field.description} |" for name, field in Frame.model_fields.items()]
    return _HEAD.format(len(frames())) + "\n".join(rows) + "\n"


def _default(name: str) -> str:
    value = Frame.model_fields[name].default
    shown = str(value).lower() if isinstance(value, bool) else value
    return f" ({shown})" if isinstance(shown, str) else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
