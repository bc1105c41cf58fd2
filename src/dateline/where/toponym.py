"""A name in a report that may be a place."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence
from dateline.model import Span
from dateline.where.gazetteer import Entry


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that may be a place.

    `use`: `name` (it stands on its own), `demonym` ("Turkish") or `attribute` (it belongs to a noun: "Istanbul
    police").
    `feature`: its kind by the words around it ("province").
    `inside`: the name of the place that it is said to lie in.
    `located`: a preposition of place stands before it.
    `part`: a direction stands before it ("northern Iraq").
    `listed`: it is in a list of names ("Homs, Hama and Idlib"), so the next name is rather another item of the list
    than the place that it lies in.
    `is_word`: it is also an English word, and not the name of a large place.
    """

    sentence: Sentence
    span: Span
    text: str
    first: int
    last: int
    entries: tuple[Entry, ...]
    use: str
    feature: str | None = None
    inside: str | None = None
    located: bool = False
    part: bool = False
    listed: bool = False
    is_word: bool = False

    @property
    def is_people(self) -> bool:
        """Does it name people and not a place ("the Turks", "Syrians")?"""
        return self.use == "demonym" and self.sentence.tokens[self.last].tag in ("NNS", "NNPS")
