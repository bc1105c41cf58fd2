"""Makers: functions that turn what a rule matched into a TIMEX value and days. A rule of a grammar names its maker
(`make`).

A maker takes the match and the context and gives a Made, or None where the match is not a time. No maker depends on a
language: the meanings of words are in the grammars.
Sources: TIMEX3 (TimeML 1.2.1) and TIMEX2 (Ferro et al. 2005) for the values.
"""

from dateline.when.making import clocks, dates, days, feasts, months, spells, units
from dateline.when.making.base import MAKERS

__all__ = ["MAKERS", "clocks", "dates", "days", "feasts", "months", "spells", "units"]
