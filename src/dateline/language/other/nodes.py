"""The words of a sentence as the parser of another language reads them, while they are turned into English ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.language.other.lexicon import Lexicon
from dateline.language.other.tongue import Tongue


@dataclass(slots=True)
class Node:
    """A word as the parser reads it. `dep` is "" for a word that is to be ignored."""

    text: str
    base: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    form: dict[str, str] = field(default_factory=dict)
    #: The English word for it, if the lexicon has one, and the English tag of its form. Both are set by the lexicon or
    #: the steps of `universal.py`.
    read: str | None = None
    tag: str = ""
    passive: bool = False

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    def is_(self, **features: str) -> bool:
        """Does the word have these features of form (VerbForm="Part")?"""
        return all(self.form.get(name) == value for name, value in features.items())


class Sentence:
    """The words of a sentence while their labels are turned into English ones."""

    def __init__(self, nodes: list[Node], tongue: Tongue, words: Lexicon) -> None:
        self.nodes, self.tongue, self.words = nodes, tongue, words

    def children(self, i: int, *deps: str) -> list[int]:
        """The words (by index) that hang on a word, in order; only those with one of the labels `deps`, if given."""
        return [k for k, n in enumerate(self.nodes) if n.head == i and k != i and (not deps or n.dep in deps)]

    def hang(self, i: int, on: int, dep: str) -> None:
        """Hang a word on another with a label; nothing is done if the other hangs on the word."""
        above = on
        while self.nodes[above].head != above:
            above = self.nodes[above].head
            if above == i:
                return
        self.nodes[i].head, self.nodes[i].dep = on, dep

    def take_place(self, i: int, of: int) -> None:
        """Put a word in the place of the word `of` above it (head and label), and hang `of` on the word. The label of
        `of` stays for the caller to set."""
        lower, upper = self.nodes[i], self.nodes[of]
        lower.head, lower.dep = (i, "ROOT") if upper.head == of else (upper.head, upper.dep)
        upper.head = i

    def add(self, word: str, tag: str, pos: str, dep: str, head: int, at: int) -> int:
        """Add an English word that the language does not say ("will"): an empty span at the offset `at`."""
        self.nodes.append(Node("", word, pos, dep, head, at, at, read=word, tag=tag))
        return len(self.nodes) - 1
