"""Time codes of transcripts and subtitles. They tell where in a recording words are said, and are not times of
events."""

from __future__ import annotations

import re

#: A time code, with a fraction of a second ("06:03.480", "00:06:03,480"). Without a fraction it may be the time of day
#: of an entry in a live blog or a chat.
_CODE = r"(?:\d{1,2}:)?\d{1,3}:\d\d[.,]\d{1,3}"
_ARROW = r" {0,2}--> {0,2}"
#: Settings for the display of a cue in WebVTT ("align:start position:0%").
_SETTING = r"[ \t]{1,4}(?:align|line|position|region|size|vertical):[^\s:]{1,40}"
#: The time codes before a cue ("[06:03.480]", "[00:06.480 --> 00:09.540]"). In subtitles they are on a line of their
#: own, after a line with the number of the cue.
_CUE = re.compile(
    r"^(?:[ \t]{0,4}+\d{1,5}[ \t]{0,4}+\r?\n)?[ \t]{0,4}+"
    rf"(?:\[{_CODE}(?:{_ARROW}{_CODE})?\](?:{_ARROW}\[{_CODE}\])?|{_CODE}{_ARROW}{_CODE}(?:{_SETTING}){{0,6}})",
    re.MULTILINE,
)
#: The first line of a WebVTT file, with the file's title.
_OPENS = re.compile(r"\ufeff?WEBVTT(?:[ \t][^\r\n]*|(?=[\r\n]))")
#: A text with at least so many cues is a transcript.
_FEW = 3
_NO_BREAK = re.compile(r"[^\r\n]")


def spoken(text: str) -> str | None:
    """The text, of the same length, with blanks in place of its time codes and of the first line of WebVTT; None where
    it is not a transcript."""
    if text.count(":") < _FEW:
        return None
    plain, cues = _CUE.subn(lambda match: _NO_BREAK.sub(" ", match.group()), text)
    if cues < _FEW:
        return None
    head = _OPENS.match(plain)
    return plain if head is None else " " * head.end() + plain[head.end() :]
