"""A sentence of another language as tokens. Their spans are those of the report, their words the English ones ("our
words") that rules look for."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from dateline.language.dictionary import forms, is_word, lemma
from dateline.language.document import Document
from dateline.language.loading import WORKING, spacy
from dateline.language.other.lexicon import Lexicon, Phrase, lexicon
from dateline.language.other.nodes import Node
from dateline.language.other.tongue import tongue
from dateline.language.other.universal import turned
from dateline.language.tokens import Sentence, Token
from dateline.model.errors import NotInstalled

_BATCH = 64
#: Part of speech -> the lists of the lexicon in which a word is looked up, the likeliest first.
_LISTS = {
    "VERB": ("verbs",), "AUX": ("verbs",), "NOUN": ("nouns", "common", "adjectives", "words"),
    "PROPN": ("nouns", "adjectives"), "ADJ": ("adjectives", "words"),
}  # fmt: skip
_TAGS = {
    "PROPN": "NNP", "ADJ": "JJ", "ADV": "RB", "NUM": "CD", "DET": "DT", "ADP": "IN", "SCONJ": "IN", "CCONJ": "CC",
    "PRON": "PRP", "PART": "RP", "INTJ": "UH", "SYM": "SYM", "X": "XX", "SPACE": "_SP",
}  # fmt: skip
#: A number with points between thousands ("2.000"), which English writes with commas.
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,])")
#: Added to a word of the language that is not in the lexicon but looks like an English word ("once", "red").
_FOREIGN = "~"


class OtherParser:
    """Gives the sentences of another language their tokens. Raises NotInstalled (DL-E010) where its parser is
    missing."""

    def __init__(self, code: str) -> None:
        self._tongue, self._words = tongue(code), lexicon(code)

    def parse(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Fill `tokens` of the given sentences of a document."""
        with WORKING:
            nlp = _model(self._tongue.package, self._tongue.install)
            with nlp.memory_zone():
                docs = (nlp.make_doc(s.text) for s in sentences)
                for sentence, doc in zip(sentences, nlp.pipe(map(_whole, docs), batch_size=_BATCH), strict=True):
                    sentence.tokens = self._tokens(doc, sentence.start)

    def _tokens(self, doc: Any, offset: int) -> list[Token]:
        nodes = _joined([_node(token, self._words, offset) for token in doc], self._words)
        return _as_tokens(turned(nodes, self._tongue, self._words), self._words)


def _whole(doc: Any) -> Any:
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


@cache
def _model(package: str, install: str) -> Any:
    """The parser, loaded without its parts for names and for sentences."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*W095.*")
            return spacy().load(package, exclude=["ner", "senter"])
    except OSError as error:
        raise NotInstalled(f"The parser {package} is not there.", remedy=f"`{install}`") from error


def _node(token: Any, words: Lexicon, offset: int) -> Node:
    lower = token.text.lower()
    base = words.bases.get(lower) or token.lemma_.lower().split(" ")[0] or lower
    if token.pos_ in ("VERB", "AUX") and words.word("verbs", base) is None:
        base = words.forms.get(lower, base)
    start = offset + token.idx
    form = token.morph.to_dict()
    return Node(token.text, base, token.pos_, token.dep_, token.head.i, start, start + len(token.text), form)


def _joined(nodes: list[Node], words: Lexicon) -> list[Node]:
    """The nodes, with each phrase of the lexicon made as many nodes as there are English words for it."""
    said = [(n.lower, n.base) for n in nodes]
    found: list[list[int]] = []
    i = 0
    while i < len(nodes):
        phrase = words.phrase_at(said, i, lambda p: True)
        if phrase is None:
            found.append([i])
            i += 1
            continue
        found += _parts(phrase, i, nodes)
        i += len(phrase.said)
    return _merged(nodes, found)


def _parts(phrase: Phrase, at: int, nodes: list[Node]) -> list[list[int]]:
    """Share the words of a phrase out among its English words: the last ones one by one, all others for the first."""
    first = max(1, len(phrase.said) - len(phrase.read) + 1)
    parts = [list(range(at, at + first)), *([k] for k in range(at + first, at + len(phrase.said)))]
    for part, word in zip(parts, phrase.read, strict=True):
        for k in part:
            nodes[k].read = word.replace("_", " ")
    return parts


def _merged(nodes: list[Node], parts: list[list[int]]) -> list[Node]:
    """One node for each part. It takes the head and label of the highest word of the part, so that the result is a
    tree."""
    place = {k: n for n, part in enumerate(parts) for k in part}
    merged: list[Node] = []
    for n, part in enumerate(parts):
        own = min(part, key=lambda k: (_depth(nodes, k), k))
        node, last = nodes[own], nodes[part[-1]]
        if len(part) > 1:
            gap = [" " * (nodes[b].start - nodes[a].end) + nodes[b].text for a, b in pairwise(part)]
            node.text = nodes[part[0]].text + "".join(gap)
            node.start, node.end = nodes[part[0]].start, last.end
        node.head = n if node.head == own else place[node.head]
        merged.append(node)
    return merged


def _depth(nodes: list[Node], k: int) -> int:
    """How many words stand above a word in the tree."""
    steps = 0
    while nodes[k].head != k:
        k, steps = nodes[k].head, steps + 1
    return steps


def _as_tokens(nodes: list[Node], words: Lexicon) -> list[Token]:
    found: list[Token] = []
    for i, node in enumerate(nodes):
        if i == 0:
            _as_noun(node, words)
        # Small words within a name are not translated ("Norte de Santander").
        inside = node.dep in ("case", "det") and nodes[node.head].dep == "flat"
        read = node.lower if inside else node.read or _read(node, words)
        node.read = read
        pos = "AUX" if node.dep in ("aux", "auxpass") and node.pos == "VERB" else node.pos
        text = node.text[:1].lower() + node.text[1:] if i == 0 and _is_plain(node) else node.text
        lower = read if read is not None else _unread(node)
        dep = _dep(node)
        said = _inflected(lower) if pos == "VERB" else lower
        base = lower.rpartition(" ")[2] if pos == "NOUN" else lower
        found.append(Token(i, text, said, base, _tag(node, dep), pos, dep, node.head, node.start, node.end))
    for one in found:
        if one.head != one.i:
            found[one.head].children.append(one.i)
    return found


def _read(node: Node, words: Lexicon) -> str | None:
    """The English word for a word, looked up by its part of speech; None without one. A pronoun or small word may have
    an entry for one part of speech ("que +sconj")."""
    if _THOUSANDS.fullmatch(node.text):
        return node.text.replace(".", ",")
    own = words.word("words", f"{node.lower} +{node.pos.lower()}")
    if own is not None:
        return own
    for one in _LISTS.get(node.pos, ("words",)):
        for base in (node.base, *words.singulars(node.lower)):
            found = words.word(one, base)
            if found is not None:
                return found
    return None


def _unread(node: Node) -> str:
    lower = node.lower
    return lower + _FOREIGN if node.pos != "PROPN" and lower.isalpha() and is_word(lower) else lower


@lru_cache(maxsize=4096)
def _inflected(verb: str) -> str:
    """A form of a verb from which its base form can be found ("wounded" for "wound", as "wound" is also a form of
    "wind")."""
    if lemma(verb, "verb") == verb:
        return verb
    return next((form for form in sorted(forms(verb, "verb")) if lemma(form, "verb") == verb), verb)


def _as_noun(node: Node, words: Lexicon) -> None:
    """Make the first word of a sentence a noun if the parser took it for a name because of its capital
    ("Guerrilleros")."""
    singular = next((one for one in words.singulars(node.lower) if words.word("nouns", one)), node.lower)
    if node.pos == "PROPN" and singular != node.lower:
        node.pos, node.base, node.form = "NOUN", singular, {**node.form, "Number": "Plur"}


def _is_plain(node: Node) -> bool:
    """Does the first word of a sentence have a capital only because it is the first?"""
    return node.pos != "PROPN" and (len(node.text) == 1 or not node.text.isupper())


def _dep(node: Node) -> str:
    if node.pos == "DET" and (node.is_(Poss="Yes") or node.read in ("his", "their", "her")):
        return "poss"
    return node.dep or "dep"


def _tag(node: Node, dep: str) -> str:
    """The tag of the English parser for a word: which form of a verb or noun it is."""
    if node.tag:
        return node.tag
    if node.pos in ("VERB", "AUX"):
        return _verb_tag(node)
    if node.pos == "NOUN":
        return "NNS" if node.is_(Number="Plur") else "NN"
    if dep == "poss":
        return "PRP$"
    if node.pos == "PRON" and "Rel" in node.form.get("PronType", ""):
        return "WP" if node.read in ("who", "whom") else "WDT"
    return node.text if node.pos == "PUNCT" else _TAGS.get(node.pos, "XX")


def _verb_tag(node: Node) -> str:
    if node.is_(VerbForm="Part"):
        return "VBN"
    if node.is_(VerbForm="Ger"):
        return "VBG"
    if node.is_(VerbForm="Inf") or node.is_(Tense="Fut") or node.is_(Mood="Cnd"):
        return "VB"
    if node.is_(Tense="Pres"):
        return "VBZ" if node.is_(Number="Sing") else "VBP"
    return "VBD"
