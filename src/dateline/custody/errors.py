"""What goes wrong with proofs."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class NoStamp(DatelineError):
    """A time stamp that could not be had: the authority does not answer, or not with one."""

    code = "DL-L025"
    remedy = "Try again, or another authority (--own-host lets one in your own network be asked)."


class WrongStamp(DatelineError):
    """A time stamp that is not of these bytes, or is not signed by whom it should be."""

    code = "DL-L026"
    remedy = "Look whether file and stamp belong together, and whether the authority's certificate is the right one."


class NoTool(DatelineError):
    """A program that time stamps need and the system does not have."""

    code = "DL-L027"
    remedy = "Install openssl (3.0 or later)."


class NoOriginals(DatelineError):
    """There are no original bytes of what was asked for."""

    code = "DL-L028"
    remedy = "Add reports with --keep-originals, or set keep_originals in the file of the watch."
