"""From a mention to a draft: what it is called, its parties, figures, time, places, things and sources, a file each."""

from dateline.coding.drafting.mentions import draft_of

__all__ = ["draft_of"]
