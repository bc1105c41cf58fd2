"""Rewrites the golden records: `python -m tests.golden`."""

from __future__ import annotations

from pathlib import Path

from dateline.engines import code

HERE = Path(__file__).resolve().parent
SAMPLES = sorted((HERE.parent / "src" / "dateline" / "samples").glob("*.txt"))
GOLDEN = HERE / "golden"


def record_of(sample: Path) -> str:
    """The record of a sample, one JSON value a line so that a diff says what changed."""
    import json

    row = json.loads(code(sample.read_text(encoding="utf-8"), uri=sample.name).to_json())
    row["report"].pop("text")
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for path in SAMPLES:
        (GOLDEN / f"{path.stem}.json").write_text(record_of(path), encoding="utf-8")
        print(path.stem)
