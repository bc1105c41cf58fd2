"""Time codes of transcripts and subtitles: they say where in a recording something is said, and not when it was."""

from __future__ import annotations

import re

#: A place in a recording, to the fraction of a second: "06:03.480", "00:06:03,480". Without a fraction it may be the
#: time of day of an entry in a live blog or a chat.
_CODE = r"(?:\d{1,2}:)?\d{1,3}:\d\d[.,]\d{1,3}"
_ARROW = r" {0,2}--> {0,2}"
#: How a player is to show a cue of WebVTT: "align:start position:0%".
_SETTING = r"[ \t]{1,4}(?:align|line|position|region|size|vertical):[^\s:]{1,40}"
#: What stands before a cue: "[06:03.480]", "[00:06.480 --> 00:09.540]"; in subtitles a line of its own, after one with
#: the cue's number.
_CUE = re.compile(
    r"^(?:[ \t]{0,4}+\d{1,5}[ \t]{0,4}+\r?\n)?[ \t]{0,4}+"
    rf"(?:\[{_CODE}(?:{_ARROW}{_CODE})?\](?:{_ARROW}\[{_CODE}\])?|{_CODE}{_ARROW}{_CODE}(?:{_SETTING}){{0,6}})",
    re.MULTILINE,
)
#: The first line of a WebVTT file, with the file's title.
_OPENS = re.compile(r"\ufeff?WEBVTT(?:[ \t][^\r\n]*|(?=[\r\n]))")
#: So many cues make a transcript.
_FEW = 3
_NO_BREAK = re.compile(r"[^\r\n]")


def spoken(text: str) -> str | None:
    """The text with blanks for its time codes and the first line of WebVTT, as long as it came; None where it is no
    transcript."""
    if text.count(":") < _FEW:
        return None
    plain, cues = _CUE.subn(lambda match: _NO_BREAK.sub(" ", match.group()), text)
    if cues < _FEW:
        return None
    head = _OPENS.match(plain)
    return plain if head is None else " " * head.end() + plain[head.end() :]
