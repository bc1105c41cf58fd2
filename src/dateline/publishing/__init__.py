"""Publishing: events as files that other people can read, check and cite."""

from dateline.publishing.bundle import FORMATS, Edition, note_export, written, written_bare
from dateline.publishing.columns import Column, codebook

__all__ = ["FORMATS", "Column", "Edition", "codebook", "note_export", "written", "written_bare"]
