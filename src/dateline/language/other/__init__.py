"""Other languages than English: their sentences, read into the words and relations on which every rule decides.

Rules ask for "arrest", "police" and "at least", and for a verb's `nsubjpass`. A second language is therefore a parser
from a package, whose labels are turned into those of the English one (`universal.py`), and a lexicon that says for
which of our words each of its words stands (`knowledge/es`). What a token spans stays the report's own words.
"""

from dateline.language.other.parsing import OtherParser
from dateline.language.other.tongue import Tongue, is_coded, is_installed, tongue, tongues

__all__ = ["OtherParser", "Tongue", "is_coded", "is_installed", "tongue", "tongues"]
