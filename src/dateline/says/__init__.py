"""Says: who says that something happened, and whether they say that it did."""

from dateline.says.attribution import Said, speaker
from dateline.says.cues import cue
from dateline.says.standing import Standing, standing

__all__ = ["Said", "Standing", "cue", "speaker", "standing"]
