"""Finds paragraphs in another language than their report."""

from __future__ import annotations

import re

from dateline.language.identify import language_of
from dateline.model.span import Span

#: With fewer words the language of a paragraph cannot be told.
_FEW = 25
_PARAGRAPH = re.compile(r"[^\n]+")


def foreign_paragraphs(text: str, language: str | None) -> list[tuple[Span, str]]:
    """The paragraphs (lines) that are in another language than `language` and long enough to tell; each with its
    language."""
    found: list[tuple[Span, str]] = []
    for match in _PARAGRAPH.finditer(text):
        words = match[0]
        if len(words) > 4 * _FEW and len(words.split(None, _FEW)) > _FEW:
            own = language_of(words)
            if own is not None and own != language:
                found.append((Span(match.start(), match.end()), own))
    return found
