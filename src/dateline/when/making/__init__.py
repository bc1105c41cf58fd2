"""How a value comes of what a rule matched: every maker is the `make` of some rule of a grammar.

Each takes the match and the context and gives a Made, or None where the expression cannot be placed in any way. None
knows a language: what words mean is in the grammars.
Sources: TIMEX3 (TimeML 1.2.1) and TIMEX2 (Ferro et al. 2005) for the values.
"""

from dateline.when.making import clocks, dates, days, feasts, months, spells, units
from dateline.when.making.base import MAKERS

__all__ = ["MAKERS", "clocks", "dates", "days", "feasts", "months", "spells", "units"]
