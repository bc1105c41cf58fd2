"""Tests know nothing of the actors and places that whoever runs them has added, and read by rules alone."""

from __future__ import annotations

import os
import tempfile

#: Most tests are of the rules: they read alone, unless a test asks for the learned reader.
os.environ["DATELINE_READER"] = "rules"
os.environ["DATELINE_HOME"] = tempfile.mkdtemp(prefix="dateline-tests-")
