"""Writes files whole or not at all: first a draft in the same folder, which then replaces the file.

An existing file keeps its permissions, its owner and the links to it. If the target is not a regular file (a named
pipe, a device), it is written through, that is directly, as it cannot be replaced. A draft has a unique name.
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

#: Names that stand for what the program already has open, even if that is a file (`--out /dev/stdout > FILE`): these
#: are never replaced.
_OPEN = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")


def is_through(target: str | Path) -> bool:
    """Is the target written through, that is directly and without a draft?"""
    if os.path.abspath(target).startswith(_OPEN):  # noqa: PTH100 - links in it are not to be followed
        return True
    with suppress(OSError):
        return not stat.S_ISREG(Path(target).stat().st_mode)
    return False


@contextmanager
def whole_file(target: str | Path, mode: str, **form: Any) -> Iterator[Any]:
    """A stream (mode "w" or "wb") into a file that appears whole or not at all. Raises OSError; no draft is left
    then."""
    if is_through(target):
        with Path(target).open(mode, **form) as stream:
            yield stream
        return
    with drafted(target) as draft, draft.open(mode, **form) as stream:
        yield stream


@contextmanager
def drafted(target: str | Path) -> Iterator[Path]:
    """The path of an empty draft to fill. It replaces `target` at the end, if nothing went wrong.

    For libraries that need a path to write to. Where `target` is written through, the bytes of the draft are copied to
    it.
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
    """A new empty file in the same folder, with the permissions and owner of the file that it will replace."""
    there = real.stat() if real.exists() else None
    if there is not None and not os.access(real, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    if real.is_symlink():  # Links that form a loop.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(real))
    draft = real.with_name(f".dateline-{secrets.token_hex(8)}.part")
    # A new file gets the usual permissions (umask). The draft of an existing file is private until it gets the same
    # ones.
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if there else 0o666)) as made:
        if there is not None:
            with suppress(PermissionError):
                os.chown(made.fileno(), there.st_uid, there.st_gid)
            draft.chmod(stat.S_IMODE(there.st_mode))
    return draft


def _put(draft: Path, real: Path) -> None:
    """Replace a file by a draft. If the file has several names (hard links), its bytes are overwritten instead, so that
    all names keep leading to it."""
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
    if real.exists() and real.stat().st_nlink > 1:
        shutil.copyfile(draft, real)
    else:
        draft.replace(real)
