"""How many: the figure that a noun phrase gives, as low, best and high."""

from dateline.howmany.figures import figure
from dateline.howmany.phrases import Reading, is_read, readings, sums
from dateline.howmany.quantities import Bounds, Figure

__all__ = ["Bounds", "Figure", "Reading", "figure", "is_read", "readings", "sums"]
