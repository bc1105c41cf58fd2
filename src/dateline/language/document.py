"""A report cut into sentences. This is done for every text, so it is cheap: nothing is parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dateline.language.blocks import Block, blocks_of
from dateline.language.sentences import cut
from dateline.language.tokens import Sentence

_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w’'-])")


@dataclass
class Document:
    """The sentences of a text, in order, with their paragraph, kind and casing."""

    text: str
    sentences: list[Sentence]

    @staticmethod
    def of(text: str, heads: re.Pattern[str] | None = None) -> Document:
        """Cut a text into sentences; any string is accepted. `heads` is a pattern of datelines in another language than
        English."""
        sentences: list[Sentence] = []
        for number, block in enumerate(blocks_of(text)):
            sentences.extend(_sentences(block, number, len(sentences), heads))
        return Document(text, sentences)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Words that this report writes in small letters in its sentences of mixed case."""
        found: set[str] = set()
        for sentence in self.sentences:
            if sentence.case == "mixed":
                found.update(_LOWER_WORD.findall(sentence.text))
        return frozenset(found)


#: A dateline: place and date of the report, before its first sentence ("KABUL, May 3 (Reuters) - ", "BOGOTA, 18 AUG 89
#: (EFE) -- [TEXT] ", "Kabul, 3 May 2024. ", "date 2025-12-31 ").
_DATELINE = re.compile(
    r"\s{0,9}+(?:[^\n.()]{2,70}+\([^()\n]{2,60}+\)\s{0,9}+(?:--|—|–|-)\s*(?:\[[^\]\n]{2,50}\]\s*)*"
    r"|[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][\w .]{2,30}|, \d[^.\n]{2,20})?\s(?:--|—|–)\s+(?:\[[^\]\n]{2,50}\]\s*)*"
    r"|[A-Z][A-Z .'’-]{2,40}, [^.\n]{3,40}\d{4}\s-\s+"
    r"|[A-Z][\w.'’-]{0,40}+(?: [A-Z][\w.'’-]{0,40}+){0,3} ?, "
    r"(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2},) \d{4}\.\s+(?=[\"“'‘]?[A-Z])"
    r"|[a-z][a-z .'-]{2,25}:\s+"
    r"|(?:date|published|posted|updated)\W{1,3}\d{4}-\d\d-\d\d\s+)",
)


#: A dateline with a day without a year ("JAKARTA, Nov 24 - ", "MANILA, Nov. 25 (Xinhua) -- ", "Basra, Iraq, 24 May -
#: ").
_WITH_DAY = re.compile(
    r"\s{0,9}+[A-Z][\w.'’-]{1,40}+(?: [A-Z][\w.'’-]{0,40}+){0,3}"
    r"(?:, [A-Z][\w.'’-]{1,40}+(?: [A-Z][\w'’-]{1,40}+){0,3})?, "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
    r"\s{0,3}+(?:\([^()\n]{2,60}+\)\s{0,3}+)?(?:--|—|–|-)\s+(?:\[[^\]\n]{2,50}\]\s*)*(?=[\"“'‘(]?[A-Z])"
)

#: A dateline of a place and a dash ("MOSUL, Iraq - ", "Nairobi, Kenya - "). Looked for in sentences of mixed case only,
#: as it may be part of a headline in capitals.
_IN_MIXED = re.compile(
    r"\s{0,9}+(?:[A-Z][A-Z.'’-]{2,40}(?: [A-Z][A-Z.'’-]{1,40}){0,3}"
    r"(?:, [A-Z][\w.'’-]{1,40}(?: [A-Z][\w.'’-]{1,40}){0,3})?"
    r"|[A-Z][\w.'’-]{1,40}+(?: [A-Z][\w.'’-]{1,40}+){0,3} ?, [A-Z][\w.'’-]{1,40}(?: [A-Z][\w.'’-]{1,40}){0,3}? ?)"
    r"\s?(?:--|—|–|-)\s+(?=[\"“'‘(]?[A-Z])"
)


def _dateline(block: Block) -> re.Match[str] | None:
    known = _DATELINE.match(block.text) or _WITH_DAY.match(block.text)
    return known or (_IN_MIXED.match(block.text) if block.case == "mixed" else None)


def _sentences(block: Block, paragraph: int, first: int, heads: re.Pattern[str] | None) -> Iterator[Sentence]:
    found = _dateline(block) if first <= 3 else None
    dateline = found or (heads.match(block.text) if heads is not None and first <= 3 else None)
    pieces = cut(block)
    if dateline is not None and dateline.end() < len(block.text):
        at = dateline.end()
        pieces = [(0, len(block.text[:at].rstrip())), *((max(a, at), b) for a, b in pieces if b > at)]
    for number, (start, end) in enumerate(pieces):
        yield Sentence(
            index=first + number,
            start=block.start + start,
            end=block.start + end,
            text=block.text[start:end],
            paragraph=paragraph,
            kind="dateline" if dateline is not None and number == 0 else block.kind,
            case=block.case,
        )
