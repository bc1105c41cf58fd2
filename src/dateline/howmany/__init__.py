"""How many: the figure that a noun phrase gives, as low, best and high."""

from dateline.howmany.figures import Figure, figure

__all__ = ["Figure", "figure"]
