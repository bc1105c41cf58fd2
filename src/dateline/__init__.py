"""News about political violence, turned into a ledger of events in which every value points at its words.

    import dateline
    coding = dateline.code("KABUL, 3 May 2024 - Police arrested two men on Tuesday.")
    coding.accounts[0].type          # "arrest"

Importing is cheap; the language model is loaded at the first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline import version

if TYPE_CHECKING:
    from dateline.engines import code
    from dateline.ledger import Ledger
    from dateline.model import Account, Coding, DatelineError, Report

__version__ = version.VERSION

__all__ = ["Account", "Coding", "DatelineError", "Ledger", "Report", "__version__", "code"]


def __getattr__(name: str) -> Any:
    if name == "code":
        from dateline.engines import code

        return code
    if name == "Ledger":
        from dateline.ledger import Ledger

        return Ledger
    if name in __all__:
        from dateline import model

        return getattr(model, name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
