"""The learned reader's claims of a happening: time, places, figures, parties, speakers.

The rules say what an expression means (which day, which town, how many). The learned reader says to which happening it
belongs.
"""

from dateline.coding.belonging.figures import own_figures
from dateline.coding.belonging.parties import own_parties
from dateline.coding.belonging.places import own_places
from dateline.coding.belonging.speakers import own_speakers
from dateline.coding.belonging.times import own_time

__all__ = ["own_figures", "own_parties", "own_places", "own_speakers", "own_time"]
