"""What happened: frames, the words that evoke them, and who stands in which role."""

from dateline.what.clauses import ACCUSING
from dateline.what.frames import Frame, plain_frame
from dateline.what.happenings import happenings
from dateline.what.lexicon import Triggers, triggers
from dateline.what.mention import Mention
from dateline.what.nouns import is_toll
from dateline.what.verbs import are_downed
from dateline.what.words import wordlist

__all__ = [
    "ACCUSING",
    "Frame",
    "Mention",
    "Triggers",
    "are_downed",
    "happenings",
    "is_toll",
    "plain_frame",
    "triggers",
    "wordlist",
]
