"""Publishing: events as files that other people can read, check and cite."""

from dateline.publishing.bundle import FORMATS, Edition, written, written_bare
from dateline.publishing.columns import Column, codebook

__all__ = ["FORMATS", "Column", "Edition", "codebook", "written", "written_bare"]
