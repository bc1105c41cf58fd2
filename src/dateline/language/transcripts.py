"""Time codes of transcripts and subtitles: they say where in a recording something is said, and not when it was."""

from __future__ import annotations

import re

#: A place in a recording, to the fraction of a second: "06:03.480", "00:06:03,480". Without a fraction it may be the
#: time of day of an entry in a live blog or a chat.
_CODE = r"(?:\d{1,2}:)?\d{1,3}:\d\d[.,]\d{1,3}"
_ARROW = r" {0,2}--> {0,2}"
#: What stands before a cue: "[06:03.480]", "[00:06.480 --> 00:09.540]"; in subtitles a line of its own, after one with
#: the cue's number.
_CUE = re.compile(
    r"^(?:[ \t]{0,4}+\d{1,5}[ \t]{0,4}+\r?\n)?[ \t]{0,4}+"
    rf"(?:\[{_CODE}(?:{_ARROW}{_CODE})?\](?:{_ARROW}\[{_CODE}\])?|{_CODE}{_ARROW}{_CODE})",
    re.MULTILINE,
)
#: So many cues make a transcript.
_FEW = 3
_NO_BREAK = re.compile(r"[^\r\n]")


def spoken(text: str) -> str | None:
    """The text with blanks for its time codes, as long as it came; None where it is no transcript."""
    if text.count(":") < _FEW:
        return None
    plain, cues = _CUE.subn(lambda match: _NO_BREAK.sub(" ", match.group()), text)
    return plain if cues >= _FEW else None
