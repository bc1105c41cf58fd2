"""Files that are written whole or not at all, in the place of whatever is there.

A file that is there keeps its permissions, its owner, and the links that lead to it. What is no regular file (a named
pipe, a device) is written through: nothing can be put in its place. A draft has a name that nobody else uses.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

#: Names of what a program has open already, a file included (`--out /dev/stdout > FILE`): never replaced.
_OPEN = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")


def is_through(target: str | Path) -> bool:
    """Is this something that is written through, not a file with a draft beside it?"""
    if os.path.abspath(target).startswith(_OPEN):  # noqa: PTH100 - links in it are not to be followed
        return True
    with suppress(OSError):
        return not stat.S_ISREG(Path(target).stat().st_mode)
    return False


@contextmanager
def whole_file(target: str | Path, mode: str, **form: Any) -> Iterator[Any]:
    """A stream ("w" or "wb") into a file that appears whole or not at all. Raises OSError, and leaves no draft then."""
    if is_through(target):
        with Path(target).open(mode, **form) as stream:
            yield stream
        return
    with drafted(target) as draft, draft.open(mode, **form) as stream:
        yield stream


@contextmanager
def drafted(target: str | Path) -> Iterator[Path]:
    """An empty draft, to be filled; it is put in the place of `target` at the end, if nothing went wrong.

    For programs that write by a path of their own. Where `target` is written through, its bytes are copied there.
    """
    if is_through(target):
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            draft = Path(folder) / "draft"
            draft.touch()
            yield draft
            with draft.open("rb") as source, Path(target).open("wb") as sink:
                shutil.copyfileobj(source, sink)
        return
    real = Path(os.path.realpath(target))
    draft = _draft_beside(real)
    try:
        yield draft
        _put(draft, real)
    finally:
        draft.unlink(missing_ok=True)


def _draft_beside(real: Path) -> Path:
    """A new empty file in the same folder, as readable as the file that it will stand for."""
    there = real.stat() if real.exists() else None
    if there is not None and not os.access(real, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    if real.is_symlink():  # Links that lead to one another.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(real))
    draft = real.with_name(f".dateline-{secrets.token_hex(8)}.part")
    # A new file gets the permissions that the user's umask leaves; a draft of a secret one is secret from the start.
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if there else 0o666)) as made:
        if there is not None:
            with suppress(PermissionError):
                os.chown(made.fileno(), there.st_uid, there.st_gid)
            draft.chmod(stat.S_IMODE(there.st_mode))
    return draft


def _put(draft: Path, real: Path) -> None:
    """Put a draft in the place of a file. A file of several names (hard links) keeps them: its bytes are replaced."""
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
    if real.exists() and real.stat().st_nlink > 1:
        shutil.copyfile(draft, real)
    else:
        draft.replace(real)
