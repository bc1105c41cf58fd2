"""Repairs of parses: whatever the words, what comes out is a tree over the same tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import Document, Parser, Sentence
from dateline.language.repairs import repair
from dateline.language.tokens import Token

_WORDS = st.sampled_from(
    ["Near", "police", "said", "shells", ",", "and", "two", "seized", "rifles", "to", "were", ".", "his"]
)
_TAGS = st.sampled_from(["NNP", "NNS", "VBD", "VBZ", "CC", ",", "CD", "IN", "VB", "VBG", "VBN", "TO", "PRP$"])
_DEPS = st.sampled_from(
    "compound conj dobj nsubj nsubjpass npadvmod punct ROOT prep advcl auxpass acl appos dep det".split()
)
_POS = {
    "NNP": "PROPN",
    "NNS": "NOUN",
    "VBD": "VERB",
    "VBZ": "VERB",
    "CC": "CCONJ",
    ",": "PUNCT",
    "CD": "NUM",
    "IN": "ADP",
    "VB": "VERB",
    "VBG": "VERB",
    "VBN": "VERB",
    "PRP$": "PRON",
    "TO": "PART",
}


@st.composite
def _trees(draw: st.DrawFn) -> list[Token]:
    """Tokens whose heads form a tree: each hangs on one drawn before it in a shuffled order, the first on itself."""
    order = draw(st.permutations(range(draw(st.integers(1, 12)))))
    tokens: list[Token] = []
    heads = {order[0]: order[0]} | {i: order[draw(st.integers(0, k))] for k, i in enumerate(order[1:])}
    for i in range(len(order)):
        word, tag = draw(_WORDS), draw(_TAGS)
        tokens.append(
            Token(i, word, word.lower(), word.lower(), tag, _POS[tag], draw(_DEPS), heads[i], 8 * i, 8 * i + 5)
        )
    return tokens


def parsed(text: str) -> Sentence:
    document = Document.of(text)
    Parser(lambda _: False, frozenset()).parse(document, document.sentences)
    return document.sentences[0]


@given(_trees())
def test_a_repaired_parse_is_a_tree(tokens: list[Token]) -> None:
    words = [t.text for t in tokens]
    repair(tokens)
    assert [t.text for t in tokens] == words
    for token in tokens:
        steps = 0
        while token.head != token.i:
            token, steps = tokens[token.head], steps + 1
            assert steps <= len(tokens), "a circle"


@pytest.mark.parametrize(
    ("text", "word", "dep", "head"),
    [
        (
            "Police fear the prospect of pirates modifying small drones to launch attacks on towns.",
            "launch", "advcl", "modifying",
        ),
        ("The bomb made the ceiling fall and guests staying above were injured.", "guests", "nsubjpass", "injured"),
    ],
)  # fmt: skip
def test_infinitives_and_subjects_hang_where_they_belong(text: str, word: str, dep: str, head: str) -> None:
    sentence = parsed(text)
    (token,) = [t for t in sentence.tokens if t.text == word]
    assert (token.dep, sentence.tokens[token.head].text) == (dep, head)
