"""Drafting: from a mention to a draft. One file each for type and status, parties, figures, time, places, things and
sources."""

from dateline.coding.drafting.mentions import draft_of

__all__ = ["draft_of"]
