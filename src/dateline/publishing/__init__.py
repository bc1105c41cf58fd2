"""Publishing: events as files that other people can read, check and cite."""

from dateline.publishing.bundle import FORMATS, note_export, written, written_bare
from dateline.publishing.columns import Column, codebook
from dateline.publishing.edition import LEVELS, Edition

__all__ = ["FORMATS", "LEVELS", "Column", "Edition", "codebook", "note_export", "written", "written_bare"]
