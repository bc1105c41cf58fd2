"""Watching feeds and pages: what they publish is fetched, coded, linked and added, and whoever asked is told."""

from dateline.watch.settings import Settings, read_settings
from dateline.watch.watcher import Watcher

__all__ = ["Settings", "Watcher", "read_settings"]
