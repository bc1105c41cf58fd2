"""Sections of a report under a heading that is the name of a country ("Iraq", and under it the strikes there)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from dateline.language import Sentence
from dateline.where.located import Located
from dateline.where.toponym import Toponym

_Head = TypeVar("_Head")


def is_section_head(toponym: Toponym) -> bool:
    """Is the name of a country the whole text of a heading?"""
    if toponym.sentence.kind != "heading" or not toponym.entries or toponym.entries[0].kind != "country":
        return False
    said = toponym.sentence.text.strip(" \t:.-–—*#|")
    return said.lower() == " ".join(toponym.text.split()).lower()


def under_heads(toponyms: Sequence[Toponym], sentences: Sequence[Sentence]) -> list[Toponym]:
    """The names of a report. Names in a section are marked as lying in the country that heads it, unless their own
    words say where they lie."""
    heads = _by_sentence({t.sentence.index: t for t in toponyms if is_section_head(t)}, sentences)
    found = []
    for toponym in toponyms:
        head = heads.get(toponym.sentence.index)
        inside = toponym.inside or (head.text if head is not None else None)
        # Marked as listed, which makes the country a mere hint: a section may tell of a place abroad.
        listed = toponym.listed or inside != toponym.inside
        found.append(toponym if head is None else replace(toponym, inside=inside, listed=listed))
    return found


def sections(places: Sequence[Located], sentences: Sequence[Sentence]) -> dict[int, Located]:
    """Index of a sentence -> the country that heads its section."""
    return _by_sentence({p.toponym.sentence.index: p for p in places if is_section_head(p.toponym)}, sentences)


def _by_sentence(heads: Mapping[int, _Head], sentences: Sequence[Sentence]) -> dict[int, _Head]:
    """Index of a sentence -> the head of its section. The next heading ends a section."""
    found: dict[int, _Head] = {}
    head: _Head | None = None
    for sentence in sentences if heads else ():
        if sentence.kind == "heading":
            head = heads.get(sentence.index)
        elif head is not None:
            found[sentence.index] = head
    return found
