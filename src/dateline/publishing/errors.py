"""What goes wrong with publishing."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class BadEdition(DatelineError):
    """An export that asks for a column or format that there is none of."""

    code = "DL-P001"
    remedy = "`dateline export --help` tells what can be asked for."


class BadExport(DatelineError):
    """A file that is no export of dateline, or is damaged."""

    code = "DL-P002"
    remedy = "Give a .zip that `dateline export` wrote, unchanged."


class NotReproduced(DatelineError):
    """An export that the ledger does not give again byte for byte."""

    code = "DL-P003"
    remedy = "The files that differ are named above; the ledger, the export or the version of dateline is another."


class BadTheirs(DatelineError):
    """A file of another project that cannot be compared: a column or a mapping that there is none of."""

    code = "DL-P004"
    remedy = "Say with --theirs-are whose layout it is, or give a --mapping; docs/compare.md shows one."
