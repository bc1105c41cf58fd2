"""Build hook: makes what the wheel carries beside the code, the gazetteer (dateline.where.build) and the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PartsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds src/dateline/where/gazetteer.sqlite and src/dateline/service/page unless they are up to date.

    Fails where the page is not there and cannot be built. An editable install does without it.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path[:0] = [str(Path(self.root) / "src"), self.root]
        if version == "editable":
            self._gazetteer()
            return
        import build_page

        if not build_page.is_current():
            self.app.display_info("building the page")
            build_page.build()
        if self.target_name == "wheel":
            self._gazetteer()

    def _gazetteer(self) -> None:
        from dateline.where import build

        if not build.is_current():
            self.app.display_info("building the gazetteer (about half a minute)")
            build.build()
