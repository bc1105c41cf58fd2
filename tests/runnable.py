"""Commands of the docs, run as they are written.

In a page, `<!-- run -->` above a block of commands says that they are run, one block after the other in one folder, and
`<!-- shows -->` above a block of text that its lines are among what the block before it printed. Blanks do not count.
`<!-- run: NAME -->` makes a recipe of its own of the blocks with that name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dateline

DOCS = Path(__file__).parent.parent / "docs"
#: Where the package is that is tested.
SOURCE = Path(dateline.__file__).parent.parent
_BLOCK = re.compile(r"^<!-- (run|shows)(?:: (\w+))? -->\n```(\w*)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """Commands, and the lines that they are said to print."""

    commands: str
    shows: tuple[str, ...]


def blocks(page: Path, recipe: str = "") -> list[Block]:
    """The commands of a page, or of one of its recipes, that are run, in order."""
    found: list[Block] = []
    for kind, name, language, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if name != recipe:
            continue
        if kind == "run":
            assert language in ("sh", "python"), f"{page.name}: {language} is not run"
            found.append(Block(text if language == "sh" else f"python - <<'PYTHON'\n{text}PYTHON\n", ()))
        else:
            found[-1] = Block(found[-1].commands, (*found[-1].shows, *_lines(text)))
    return found


def recipes(page: Path) -> list[str]:
    """The names of a page's recipes."""
    return list(dict.fromkeys(name for _, name, *_ in _BLOCK.findall(page.read_text(encoding="utf-8")) if name))


def run(page: Path, folder: Path, recipe: str = "", source: Path = SOURCE) -> None:
    """Run a page's blocks in a folder, as somebody does who has never used dateline; `source` holds the package.
    Raises AssertionError where a command fails, or prints less than the page says."""
    for number, block in enumerate(blocks(page, recipe), 1):
        called = ["bash", "-eu", "-o", "pipefail", "-c", block.commands]
        done = subprocess.run(
            called, cwd=folder, env=_env(folder, source), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        where = f"{page.name}, block {number}:\n{block.commands}\n{done.stdout}"
        assert done.returncode == 0, where
        printed = set(_lines(done.stdout))
        missing = [line for line in block.shows if line not in printed]
        assert not missing, f"{where}\nThe page also shows:\n" + "\n".join(missing)


def _lines(text: str) -> Iterator[str]:
    return (" ".join(line.split()) for line in text.splitlines() if line.strip())


def _env(folder: Path, source: Path) -> dict[str, str]:
    """An environment without settings of dateline, in which `dateline` and `python` are those of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    here = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / ".data"), "COLUMNS": "100"}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return {**kept, **here, "PATH": path, "PYTHONPATH": str(source)}
