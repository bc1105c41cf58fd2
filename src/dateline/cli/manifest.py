"""The manifest of a run that asked a language model: what was asked, and what it cost."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from dateline.model.errors import CannotWrite
from dateline.version import CODER, VERSION

SCHEMA = "dateline.run/1"


def write_manifest(path: Path, run: dict[str, Any]) -> None:
    """Write down a run. Raises CannotWrite (DL-E007)."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    record = {"schema": SCHEMA, "made_by": {"name": CODER, "version": VERSION}, "ended": at, **run}
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(path)) from None
