"""The codebook of the docs (publishing/meanings.py): `python -m tests.codebook` writes it, a test compares."""

from __future__ import annotations

from pathlib import Path

from dateline.publishing.meanings import page

FILE = Path(__file__).parent.parent / "docs" / "codebook.md"

if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
