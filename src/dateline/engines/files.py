"""The interface to a folder of output that parts.py needs, and its form for a folder on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from dateline.model.files import whole_file


class Files(Protocol):
    """A folder. Paths are relative to it; raises OSError where something cannot be read or written."""

    name: str

    def read(self, path: str) -> str | None:
        """The text of a file; None where there is no such file."""

    def write(self, path: str, text: str) -> None:
        """Write a file. It appears as a whole or not at all."""

    def is_empty(self) -> bool:
        """Is the folder empty or missing?"""

    def clear(self, patterns: Iterable[str]) -> None:
        """Delete files that match the patterns."""


class LocalFiles:
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(folder)

    def read(self, path: str) -> str | None:
        """The text of a file; None where there is no such file."""
        try:
            return (self.folder / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def write(self, path: str, text: str) -> None:
        """Write a file. It appears as a whole or not at all."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)

    def is_empty(self) -> bool:
        """Is the folder empty or missing?"""
        return not self.folder.exists() or not any(self.folder.iterdir())

    def clear(self, patterns: Iterable[str]) -> None:
        """Delete files that match the patterns, and the subfolders that are then empty."""
        for path in [p for pattern in patterns for p in self.folder.glob(pattern) if p.is_file()]:
            path.unlink()
            with suppress(OSError):
                path.parent.rmdir()
