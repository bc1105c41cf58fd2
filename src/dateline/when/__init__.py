"""When: what a report says about time, and the days that it means.

`times_of` gives the times of a document, and `read` does where the day of publication is known. `publication` infers
when an undated report appeared.
"""

from dateline.when.between import times_of
from dateline.when.calendar import Stretch, unit_around
from dateline.when.grammar import grammar, languages
from dateline.when.publication import publication
from dateline.when.reading import read
from dateline.when.times import Time

__all__ = ["Stretch", "Time", "languages", "may_tell_time", "publication", "read", "times_of", "unit_around"]


def may_tell_time(words: str, language: str) -> bool:
    """May an expression tell a time: does it hold a figure, or a word of the language's expressions of time? True where
    the language has no grammar here, as this cannot be checked then."""
    return language not in languages() or grammar(language).may_tell(words)
