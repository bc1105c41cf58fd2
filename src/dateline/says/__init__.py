"""Attribution and status: who says that something happened, and whether the words say that it did happen."""

from dateline.says.attribution import Said, says_its_own, speaker
from dateline.says.cues import cue
from dateline.says.standing import standing
from dateline.says.verdict import Standing, is_negated, word_of_none

__all__ = ["Said", "Standing", "cue", "is_negated", "says_its_own", "speaker", "standing", "word_of_none"]
