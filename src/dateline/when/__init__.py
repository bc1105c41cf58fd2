"""When: what a report says about time, and the days that it means.

`times_of` gives the times of a document (`read`, of one of a known day), `publication` infers when an undated report
appeared.
"""

from dateline.when.between import times_of
from dateline.when.calendar import Stretch, unit_around
from dateline.when.grammar import grammar, languages
from dateline.when.publication import publication
from dateline.when.reading import read
from dateline.when.times import Time

__all__ = ["Stretch", "Time", "languages", "may_tell_time", "publication", "read", "times_of", "unit_around"]


def may_tell_time(words: str, language: str) -> bool:
    """Has an expression a figure, or a word that expressions of time have in a language? Where we have no grammar of
    it, nobody can say, and it may."""
    return language not in languages() or grammar(language).may_tell(words)
