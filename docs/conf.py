"""Sphinx configuration: MyST Markdown, the Furo theme, API pages from docstrings."""

from dateline.version import VERSION

project = "dateline"
release = VERSION
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
autodoc_typehints = "description"
