"""Name and version of the coder, written into every record."""

CODER = "dateline"
VERSION = "0.1.0"
