"""Attribution by sources in brackets after a sentence ("... killing three. (Reuters) (BBC News)")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import Span, Speaker
from dateline.model.trace import note

#: A name: words with a capital, and small words between them.
_NAME = r"[A-Z][\w'’.&!-]*(?: (?:[A-Z][\w'’.&!-]*|of|the|via|de|for|and|al))*"
#: One or more names in brackets after the end of a sentence.
_CITED = re.compile(rf"(?<=[.!?\"”])\s*((?:\({_NAME}\)[,;]?\s*)+)")
_EACH = re.compile(rf"\(({_NAME})\)")


@dataclass(frozen=True)
class _Cited:
    """What sources told, and the sources. The span starts after the sources before, or with the paragraph, and ends
    before these sources."""

    told: Span
    sources: tuple[Speaker, ...]


@step("coding.citing", reads="mentions said_by", writes="said_by")
def cite_sources(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft the sources that are named in brackets after the sentences that tell of it."""
    cited = _cited(reading)
    for draft in drafts:
        for one in cited:
            if any(one.told.covers(m.token.span) for m in draft.mentions):
                _cite(draft, one.sources)
    return drafts


def _cite(draft: Draft, sources: tuple[Speaker, ...]) -> None:
    draft.said_by = [s for s in draft.said_by if not any(s.span.overlaps(source.span) for source in sources)]
    for source in sources:
        note("coding.citing.brackets", source.span, f"of {draft.called}")
        draft.add_speaker(source)


def _cited(reading: Reading) -> list[_Cited]:
    text, sentences = reading.report.text, reading.document.sentences
    found: list[_Cited] = []
    for match in _CITED.finditer(text):
        before = [s for s in sentences if s.start < match.start()]
        closed = before and (before[-1].end <= match.start() or any(s.start == match.start(1) for s in sentences))
        if not closed:
            continue  # "Brig. (Ret.) Ali", inside a sentence
        paragraph = next(s for s in before if s.paragraph == before[-1].paragraph)
        start = max(paragraph.start, found[-1].sources[-1].span.end if found else 0)
        names = _EACH.finditer(text, match.start(1), match.end(1))
        sources = tuple(Speaker(m[1], Span(*m.span(1))) for m in names)
        found.append(_Cited(Span(start, match.start()), sources))
    return found
