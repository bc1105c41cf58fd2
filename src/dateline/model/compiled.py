"""Keeps parsed knowledge files, as Python keeps compiled modules, because YAML is slow to read.

The copy of a file lies in `knowledge/__pycache__`. It is used if it was made from the same bytes (told by their digest)
by the same parser. As with modules, no copy is written where Python is told not to, or where the folder is read-only.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Length of a digest, in bytes.
_LONG = 32


def parsed(source: Path, parse: Callable[[str], Any], by: bytes = b"") -> Any:
    """What `parse` makes of a file. Taken from the copy if that was made from the same bytes by the same parser
    (`by`)."""
    raw = source.read_bytes()
    made_of = by + b"\0" + raw
    copy = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.knowledge"
    with suppress(OSError, ValueError, EOFError, TypeError):
        return _unpacked(copy.read_bytes(), made_of)
    value = parse(raw.decode("utf-8"))
    if not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):  # ValueError: the value holds types that cannot be kept
            _write(copy, _digest(made_of) + _packed(value))
    return value


def _digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def _packed(value: Any) -> bytes:
    body = marshal.dumps(value)
    return _digest(body) + body


def _unpacked(copy: bytes, made_of: bytes) -> Any:
    """The value in a copy. Raises ValueError where the copy was made from other bytes or is damaged."""
    body = copy[2 * _LONG :]
    if copy[:_LONG] != _digest(made_of) or copy[_LONG : 2 * _LONG] != _digest(body):
        raise ValueError("The copy is of another file.")
    return marshal.loads(body)


def _write(copy: Path, content: bytes) -> None:
    """Write the copy whole or not at all, as another process may be reading it."""
    copy.parent.mkdir(exist_ok=True)
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(copy)
