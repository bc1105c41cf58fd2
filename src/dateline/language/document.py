"""A report cut into sentences. Nothing is parsed here: this is what every text pays, so it is cheap."""

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
    def of(text: str) -> Document:
        """Cut a text up; any string will do."""
        sentences: list[Sentence] = []
        for number, block in enumerate(blocks_of(text)):
            sentences.extend(_sentences(block, number, len(sentences)))
        return Document(text, sentences)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Words that ordinary prose of this report writes small."""
        found: set[str] = set()
        for sentence in self.sentences:
            if sentence.case == "mixed":
                found.update(_LOWER_WORD.findall(sentence.text))
        return frozenset(found)


def _sentences(block: Block, paragraph: int, first: int) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(cut(block)):
        yield Sentence(
            index=first + number,
            start=block.start + start,
            end=block.start + end,
            text=block.text[start:end],
            paragraph=paragraph,
            kind=block.kind,
            case=block.case,
        )
