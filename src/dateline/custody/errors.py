"""Errors of proofs: time stamps and original bytes."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class NoStamp(DatelineError):
    """No time stamp was made: the authority does not answer, or its answer is no time stamp."""

    code = "DL-L025"
    remedy = "Try again, or another authority (--own-host lets one in your own network be asked)."


class WrongStamp(DatelineError):
    """A time stamp of other bytes, or one that is not signed by the expected authority."""

    code = "DL-L026"
    remedy = "Look whether file and stamp belong together, and whether the authority's certificate is the right one."


class NoTool(DatelineError):
    """A program that time stamps need is missing on this system."""

    code = "DL-L027"
    remedy = "Install openssl (3.0 or later)."


class NoOriginals(DatelineError):
    """No original bytes are kept of the reports asked for."""

    code = "DL-L028"
    remedy = "Add reports with --keep-originals, or set keep_originals in the file of the watch."
