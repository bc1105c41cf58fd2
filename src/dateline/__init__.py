"""News about political violence, turned into a ledger of events in which every value points at its words.

    import dateline
    coding = dateline.code("KABUL, 3 May 2024 - Police arrested two men on Tuesday.")
    coding.accounts[0].type          # "arrest"
    dateline.link([coding])          # the events that reports tell of together

Importing is cheap; the language model is loaded at the first call.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dateline import version

if TYPE_CHECKING:
    from dateline.engines import code, code_all
    from dateline.ledger import Ledger, Query
    from dateline.linking import link
    from dateline.model import Account, Coding, DatelineError, Report
    from dateline.model.event import Event
    from dateline.publishing.frames import read_export
    from dateline.readers import read_paths

__version__ = version.VERSION

__all__ = [
    "Account", "Coding", "DatelineError", "Event", "Ledger", "Query", "Report", "__version__", "code", "code_all",
    "link", "read_export", "read_paths",
]  # fmt: skip
#: Where each of them is; it is imported when it is first asked for.
_AT = {
    "Account": "dateline.model", "Coding": "dateline.model", "DatelineError": "dateline.model",
    "Event": "dateline.model.event", "Ledger": "dateline.ledger", "Query": "dateline.ledger",
    "Report": "dateline.model", "code": "dateline.engines", "code_all": "dateline.engines",
    "link": "dateline.linking", "read_export": "dateline.publishing.frames",
    "read_paths": "dateline.readers",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _AT:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    return getattr(import_module(_AT[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
