"""Says: who says that something happened, and whether they say that it did."""

from dateline.says.attribution import Said, speaker
from dateline.says.cues import cue
from dateline.says.standing import standing
from dateline.says.verdict import Standing

__all__ = ["Said", "Standing", "cue", "speaker", "standing"]
