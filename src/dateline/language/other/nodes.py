"""The words of a sentence as another language's parser reads them, while they are turned into ours."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.language.other.lexicon import Lexicon
from dateline.language.other.tongue import Tongue


@dataclass(slots=True)
class Node:
    """A word as the parser reads it. `english` are our words for it; `dep` is "" for words that are read as nothing."""

    text: str
    base: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    form: dict[str, str] = field(default_factory=dict)
    #: Our word, where the lexicon has one, and the tag by which rules know its form; set by the steps and the lexicon.
    read: str | None = None
    tag: str = ""
    passive: bool = False

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    def is_(self, **features: str) -> bool:
        """Has it these features of form (VerbForm="Part")?"""
        return all(self.form.get(name) == value for name, value in features.items())


class Sentence:
    """The words of a sentence while their labels are turned."""

    def __init__(self, nodes: list[Node], tongue: Tongue, words: Lexicon) -> None:
        self.nodes, self.tongue, self.words = nodes, tongue, words

    def children(self, i: int, *deps: str) -> list[int]:
        """The words that hang on one, in order; only by the named labels where some are named."""
        return [k for k, n in enumerate(self.nodes) if n.head == i and k != i and (not deps or n.dep in deps)]

    def hang(self, i: int, on: int, dep: str) -> None:
        """Hang a word, by a label, on another that does not hang on it."""
        above = on
        while self.nodes[above].head != above:
            above = self.nodes[above].head
            if above == i:
                return
        self.nodes[i].head, self.nodes[i].dep = on, dep

    def take_place(self, i: int, of: int) -> None:
        """Let a word hang where the one stands on which it hangs, and that one on nothing yet."""
        lower, upper = self.nodes[i], self.nodes[of]
        lower.head, lower.dep = (i, "ROOT") if upper.head == of else (upper.head, upper.dep)
        upper.head = i

    def add(self, word: str, tag: str, pos: str, dep: str, head: int, at: int) -> int:
        """Add a word of ours that the language leaves unsaid ("will"): no letters, at a place of the sentence."""
        self.nodes.append(Node("", word, pos, dep, head, at, at, read=word, tag=tag))
        return len(self.nodes) - 1
