"""Choose who reads a report: the rules alone, or the learned reader as well."""

from __future__ import annotations

import os
from typing import Literal, get_args

from dateline.model.errors import BadReader

Reader = Literal["learned", "rules"]
READERS: tuple[Reader, ...] = get_args(Reader)
DEFAULT: Reader = "learned"
_VARIABLE = "DATELINE_READER"


def is_learned(reader: str | None = None) -> bool:
    """Does the learned reader read? Decided by `reader`, else by $DATELINE_READER, else by the default.

    Raises BadReader (DL-E012) for a word that names no reader.
    """
    chosen = reader or os.environ.get(_VARIABLE) or DEFAULT
    if chosen not in READERS:
        raise BadReader(f"There is no reader '{chosen}'.", where=None if reader else f"${_VARIABLE}")
    return chosen == "learned"
