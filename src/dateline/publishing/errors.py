"""What goes wrong with publishing."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class BadEdition(DatelineError):
    """An export that asks for a column or format that there is none of."""

    code = "DL-P001"
    remedy = "`dateline export --help` tells what can be asked for."
