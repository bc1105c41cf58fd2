"""Tests know nothing of the actors and places that whoever runs them has added."""

from __future__ import annotations

import os
import tempfile

os.environ["DATELINE_HOME"] = tempfile.mkdtemp(prefix="dateline-tests-")
