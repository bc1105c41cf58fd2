"""Repairs of parses: whatever the words, what comes out is a tree over the same tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.language.repairs import repair
from dateline.language.tokens import Token

_WORDS = st.sampled_from(["Near", "police", "said", "shells", ",", "and", "two", "seized", "rifles", "."])
_TAGS = st.sampled_from(["NNP", "NNS", "VBD", "VBZ", "CC", ",", "CD", "IN"])
_DEPS = st.sampled_from(["compound", "conj", "dobj", "nsubj", "npadvmod", "punct", "ROOT", "prep"])
_POS = {
    "NNP": "PROPN",
    "NNS": "NOUN",
    "VBD": "VERB",
    "VBZ": "VERB",
    "CC": "CCONJ",
    ",": "PUNCT",
    "CD": "NUM",
    "IN": "ADP",
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
