"""How many: the figure that a noun phrase gives, as low, best and high."""

from dateline.howmany.figures import Bounds, Figure, figure
from dateline.howmany.phrases import Reading, is_read, readings, sums

__all__ = ["Bounds", "Figure", "Reading", "figure", "is_read", "readings", "sums"]
