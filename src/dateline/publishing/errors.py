"""What goes wrong with publishing."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class BadEdition(DatelineError):
    """An export that asks for a column or a format that does not exist."""

    code = "DL-P001"
    remedy = "`dateline export --help` tells what can be asked for."


class BadExport(DatelineError):
    """A file that is not an export of dateline, or is damaged."""

    code = "DL-P002"
    remedy = "Give a .zip that `dateline export` wrote, unchanged."


class NotReproduced(DatelineError):
    """An export that cannot be made again from the ledger byte for byte."""

    code = "DL-P003"
    remedy = "The files that differ are named above; the ledger, the export or the version of dateline is another."


class BadTheirs(DatelineError):
    """A file of another project that cannot be compared, because a column or a mapping is missing."""

    code = "DL-P004"
    remedy = "Say with --theirs-are whose layout it is, or give a --mapping; docs/compare.md shows one."


class BadExporter(DatelineError):
    """A format of another package that cannot be loaded, or is not a format."""

    code = "DL-P005"
    remedy = "Mend or take out the package that is named; `dateline doctor` tells of all of them."


class ExporterFailed(DatelineError):
    """A format of another package that failed while it wrote; nothing of the file is kept."""

    code = "DL-P006"
    remedy = (
        "This is a defect of the package that brings the format: tell its authors. Choose another format until then."
    )
