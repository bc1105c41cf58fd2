"""Sentences and their tokens, with the parse as plain data. Other rooms ask these and never the parser itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dateline.model.span import Span

#: Relations of words that are not part of the core of a noun phrase: clauses, appositions, lists and the like.
_LOOSE = frozenset(("relcl", "acl", "advcl", "punct", "parataxis", "ccomp", "cc", "conj", "appos", "prep", "dep"))


@dataclass(slots=True)
class Token:
    """One token. `head` is the index of its head in the sentence; the root has its own index."""

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    children: list[int] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where it stands in the report."""
        return Span(self.start, self.end)


@dataclass(slots=True)
class Sentence:
    """A sentence of a report: `text` is `report.text[start:end]`, with soft line breaks as blanks."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    kind: str  # body, heading, caption, dateline
    case: str  # mixed, upper, lower, title
    tokens: list[Token] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where it stands in the report."""
        return Span(self.start, self.end)

    def head(self, token: Token) -> Token:
        """The head of the token."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """The tokens that hang directly on the token, in order; only those with one of the relations `deps`, if
        given."""
        found = (self.tokens[i] for i in token.children)
        return [t for t in found if not deps or t.dep in deps]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Head, head's head, ... up to the root."""
        seen = 0
        while token.head != token.i and seen < len(self.tokens):
            token = self.tokens[token.head]
            seen += 1
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """The token and all tokens below it, in order of the text."""
        found, waiting = [], [token]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting.extend(self.tokens[i] for i in one.children)
        return sorted(found, key=lambda t: t.i)

    def above(self, token: Token, *deps: str) -> Token:
        """The first token, from the given one up the tree, that has none of the relations `deps` to its head (with
        "conj": the first item of a list)."""
        while token.dep in deps and token.head != token.i:
            token = self.tokens[token.head]
        return token

    def is_passive(self, verb: Token) -> bool:
        """Does the verb have a passive subject or auxiliary ("was attacked")?"""
        return bool(self.children(verb, "nsubjpass", "auxpass"))

    def done_by(self, verb: Token) -> list[Token]:
        """The nouns after "by" at a passive verb ("attacked by rebels")."""
        return [o for by in self.children(verb, "agent") for o in self.children(by, "pobj")]

    def led_to(self, token: Token, *prepositions: str) -> list[Token]:
        """The nouns after prepositions that hang on a token ("blast" for "force" in "the force of the blast"); only
        after the given prepositions, if any."""
        leading = [p for p in self.children(token, "prep") if not prepositions or p.lower in prepositions]
        return [o for p in leading for o in self.children(p, "pobj")]

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and the tokens joined to it in a list (by "and" or commas)."""
        found = [token]
        for one in found:
            found.extend(self.children(one, "conj"))
        return found

    def core(self, token: Token) -> list[Token]:
        """The noun phrase of a head, without clauses, appositions and other items of a list; a phrase with "of"
        stays."""
        kept: list[Token] = [token]
        for one in kept:
            for child in self.children(one):
                of = child.dep == "prep" and child.lower == "of" and one is token and not self.children(child, "pcomp")
                if (child.dep not in _LOOSE or of or _within_name(one, child)) and child.tag not in (
                    "WDT",
                    "WP",
                ):
                    kept.append(child)
        # Text in brackets, which the parser sees as a blank, does not cut the phrase ("National Front (NF) rebels").
        after = [self.tokens[t.i + 1] for t in kept if t.i < token.i]
        kept += [b for b in after if b.text.startswith(("[", "(")) and b not in kept]
        return contiguous(sorted(kept, key=lambda t: t.i), token)

    def root_of(self, span: Span) -> Token | None:
        """The token of a span that has its head outside the span; None where the span holds no token."""
        start, end = span
        inside = [t for t in self.tokens if t.start < end and start < t.end]
        indexes = {t.i for t in inside}
        return next((t for t in inside if t.head not in indexes or t.head == t.i), None)

    def quote(self, span: Span) -> str:
        """The words of the sentence at a span of the report."""
        return self.text[span.start - self.start : span.end - self.start]

    def words(self, tokens: Iterable[Token]) -> Span:
        """The span of some of its tokens."""
        tokens = list(tokens)
        return Span(min(t.start for t in tokens), max(t.end for t in tokens))


def _within_name(head: Token, child: Token) -> bool:
    """Is it a hyphen or a joined modifier before the head? These belong to its phrase ("al-Qaida", "Western and Arab
    troops")."""
    return child.i < head.i and child.dep in ("punct", "cc", "conj") and child.text not in (",", ";", ":", "--")


def contiguous(tokens: list[Token], around: Token) -> list[Token]:
    """The unbroken run of tokens around one of them, so that a phrase never spans words that are not its own."""
    at = next(k for k, t in enumerate(tokens) if t.i == around.i)
    first = last = at
    while first > 0 and tokens[first - 1].i == tokens[first].i - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i == tokens[last].i + 1:
        last += 1
    return tokens[first : last + 1]
