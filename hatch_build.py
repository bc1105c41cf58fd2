"""Build hook: makes the gazetteer file that the wheel carries (see dateline.where.build)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds src/dateline/where/gazetteer.sqlite unless it is up to date."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from dateline.where import build

        if not build.is_current():
            self.app.display_info("building the gazetteer (about half a minute)")
            build.build()
