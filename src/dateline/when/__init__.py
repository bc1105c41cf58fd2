"""When: what a report says about time, and the days that it means.

`read` gives the times of a document, `publication` infers when an undated report appeared.
"""

from dateline.when.calendar import Stretch
from dateline.when.grammar import languages
from dateline.when.publication import publication
from dateline.when.reading import read
from dateline.when.times import Time

__all__ = ["Stretch", "Time", "languages", "publication", "read"]
