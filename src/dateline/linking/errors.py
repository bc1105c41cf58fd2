"""Errors of linkers of other packages."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class BadLinker(DatelineError):
    """A linker that does not exist, that cannot be loaded, or that gives groups of the wrong form."""

    code = "DL-L029"
    remedy = "Leave out --linker, or tell the authors of its package; `dateline doctor` tells of all linkers."
