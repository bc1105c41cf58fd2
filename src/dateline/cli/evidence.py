"""The sentences of an account with marks around its trigger and the words from which each value was read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.cli.layout import wrapped
from dateline.language import Document
from dateline.model import Account, Span

#: Marks that stand for the beginning and end of marked words while lines are broken. Each is one column wide; both are
#: private-use characters, which are not in ordinary texts.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


def marked(account: Account, text: str) -> str:
    """The sentences of an account and of its values, with private-use marks around the words (see `lines`)."""
    spans = _words(account)
    told = " … ".join(" ".join(_sentence(s, spans, text).split()) for s in _sentences(account, spans, text))
    return re.sub(f"{_CLOSE} {_OPEN}", " ", told)


def _sentences(account: Account, spans: list[tuple[int, int]], text: str) -> list[Span]:
    """The sentences that hold words of the account, in order of the text. A figure or a place can stand in a sentence
    that is not one of the account's own."""
    found = list(account.sentences)
    apart = [start for start, _ in spans if not any(s.start <= start < s.end for s in found)]
    others = Document.of(text).sentences if apart else ()
    found += [Span(s.start, s.end) for s in others if any(s.start <= start < s.end for start in apart)]
    return sorted(found, key=lambda span: span.start)


def _sentence(sentence: Span, spans: list[tuple[int, int]], text: str) -> str:
    out, at = [], sentence.start
    for start, end in spans:
        if at <= start and end <= sentence.end:
            out += [text[at:start], _OPEN, text[start:end], _CLOSE]
            at = end
    return "".join([*out, text[at : sentence.end]])


def _words(account: Account) -> list[tuple[int, int]]:
    """The spans of the account's words, by start; of spans with the same start, the longest comes first."""
    spans = [account.trigger, *(place.span for place in account.where), *(actor.span for actor in account.actors)]
    spans += [*(count.span for count in account.counts), *(speaker.span for speaker in account.said_by)]
    spans += [account.when.span] if account.when is not None and account.when.span is not None else []
    return sorted({(s.start, s.end) for s in spans if s.start < s.end}, key=lambda span: (span[0], -span[1]))


def lines(told: str, width: int, coloured: bool) -> Iterator[str]:
    """Marked sentences as lines. Marked words are bold where the terminal can show it, else in guillemets."""
    before, after = (_BOLD, _PLAIN) if coloured else ("«", "»")
    still = False
    for line in wrapped(told, width):
        whole = (_OPEN if still and coloured else "") + line
        still = line.rfind(_OPEN) > line.rfind(_CLOSE) or (still and _CLOSE not in line)
        whole += _CLOSE if still and coloured else ""
        yield whole.replace(_OPEN, before).replace(_CLOSE, after)
