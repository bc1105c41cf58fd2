"""Shows a parsed sentence as a tree: one line for each word, below its head."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.tokens import Sentence, Token

#: Label of the parser -> its meaning in words. Other labels are shown as they are.
_MEANS = {
    "nsubj": "subject", "nsubjpass": "passive subject", "dobj": "object", "pobj": "object of preposition",
    "agent": "by whom", "aux": "helper", "auxpass": "passive helper", "prep": "preposition", "det": "determiner",
    "amod": "adjective", "advmod": "adverb", "conj": "joined", "cc": "and/or", "nummod": "number",
    "appos": "apposition", "relcl": "relative clause", "acl": "clause of a noun", "advcl": "adverbial clause",
    "ccomp": "what is said", "xcomp": "open complement", "compound": "part of a name", "poss": "owner",
    "neg": "negation", "mark": "marker", "attr": "what it is", "pcomp": "clause of preposition", "ROOT": "root",
    "punct": "punctuation",
}  # fmt: skip


def as_tree(sentence: Sentence) -> Iterator[str]:
    """The lines of the tree, roots first, without punctuation; none for a sentence that was not parsed."""
    for token in sentence.tokens:
        if token.head == token.i:
            yield from _lines(sentence, token, "", "")


def _lines(sentence: Sentence, token: Token, first: str, rest: str) -> Iterator[str]:
    lemma = f" ({token.lemma})" if token.lemma.lower() != token.text.lower() else ""
    yield f"{first}{token.text}{lemma}  {token.tag} {_MEANS.get(token.dep, token.dep)}"
    below = [t for t in sentence.children(token) if t.pos not in ("PUNCT", "SPACE") and t.i != token.i]
    for child in below:
        last = child is below[-1]
        yield from _lines(sentence, child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))
