"""Watch feeds and pages: fetch what they publish, code it, add it to the ledger, and send notices to subscribers."""

from dateline.watch.settings import Settings, read_settings
from dateline.watch.watcher import Watcher

__all__ = ["Settings", "Watcher", "read_settings"]
