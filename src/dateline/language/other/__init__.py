"""Languages other than English: turns their sentences into the English words and relations that the rules ask for.

Rules look for English words ("arrest", "police", "at least") and for labels of the English parser (`nsubjpass`). A
language therefore needs two things: a parser from a package, with its labels turned into English ones (`universal.py`);
and a lexicon that gives the English word for each of its words (`knowledge/es`). The spans of tokens still point to the
words of the report.
"""

from dateline.language.other.parsing import OtherParser
from dateline.language.other.tongue import Tongue, is_coded, is_installed, tongue, tongues

__all__ = ["OtherParser", "Tongue", "is_coded", "is_installed", "tongue", "tongues"]
