"""The folder of a user's own data (actors and places that they added). It is created when something is added."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder: `$DATELINE_HOME`, else `$XDG_DATA_HOME/dateline`, else `~/.local/share/dateline`."""
    given = os.environ.get("DATELINE_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "dateline"
