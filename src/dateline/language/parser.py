"""Tokens, tags and dependencies from spaCy, as plain data.

Only what is used is computed: finding names and lemmas would take half of the time of the model, and our own lists do
that better and faster. Each report is parsed in batches of its own, so its parse never depends on other reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dateline.language.casing import Phrases, truecase
from dateline.language.dictionary import is_base, lemma
from dateline.language.document import Document
from dateline.language.labels import to_parse
from dateline.language.loading import WORKING, model, zone
from dateline.language.repairs import FINITE, repair
from dateline.language.tokens import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.trace import note

#: Sentences per call of the model; bounds memory on very long texts.
_BATCH = 128
#: Characters per call of the model, together; sentences of prose stay below this.
_CHARACTERS = 40_000
_PENN = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "CD": "NUM", "IN": "ADP", "RP": "ADP", "TO": "PART", "DT": "DET",
    "PDT": "DET", "WDT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "EX": "PRON",
    "CC": "CCONJ", "MD": "AUX", "POS": "PART", "UH": "INTJ", "WRB": "ADV", "AFX": "ADJ", "ADD": "X", "FW": "X",
    "LS": "X", "XX": "X", "$": "SYM", "SYM": "SYM", "NFP": "PUNCT", "HYPH": "PUNCT",
}  # fmt: skip
_LEMMA_KIND = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}


class Parser:
    """Gives sentences their tokens. For texts in unusual casing: `is_name` tells whether a word is also a name,
    `phrases` are names made of words (see `truecase`)."""

    def __init__(self, is_name: Callable[[str], bool], phrases: Phrases | None = None) -> None:
        self._is_name, self._phrases = is_name, phrases

    def parse(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Fill `tokens` of the given sentences of a document."""
        with WORKING:
            nlp = model()
            for batch in _batches(sentences):
                self._batch(nlp, document, batch)

    def _batch(self, nlp: Any, document: Document, sentences: Sequence[Sentence]) -> None:
        with zone(nlp):
            docs, places, texts = [], [], []
            for sentence in sentences:
                seen = document.lower_words if sentence.case == "title" else ()
                prose = truecase(sentence.text, sentence.case, self._is_name, seen, self._phrases)
                texts.append(prose)
                place, doc = _docs(nlp, prose, sentence.case)
                for token in doc[1:]:
                    token.is_sent_start = False
                docs.append(doc)
                places.append(place)
            parsed = nlp.pipe(docs, batch_size=_BATCH)
            for sentence, text, place, doc in zip(sentences, texts, places, parsed, strict=True):
                tokens = _tokens(doc, text, sentence.start, place)
                sentence.tokens = tokens
                lost = _lost(tokens, sentence.kind)
                if lost is not None:
                    rule, verb = lost
                    sentence.tokens = _with_verb(nlp, doc, text, sentence.start, verb, place)
                    note(rule, tokens[verb], "read as a verb")


def _batches(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences in batches; long sentences make smaller batches, as the memory of the model grows with the
    words."""
    batch: list[Sentence] = []
    size = 0
    for sentence in sentences:
        length = len(sentence.text)
        if batch and (len(batch) >= _BATCH or size + length > _CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(sentence)
        size += length
    if batch:
        yield batch


_NOMINAL = ("NOUN", "PROPN", "DET", "ADJ", "NUM")
#: Plurals that do not have the form of one ("police").
_MANY = english("dateline.language", "many")
#: A verb with subject and object that the model always recognises as one. It is put in place of a verb that was not.
_ANY_VERB = "attacked"


def _lost(tokens: list[Token], kind: str) -> tuple[str, int] | None:
    """The verb that the tagger did not recognise, with the name of the rule that found it; else None."""
    verb = _lost_verb(tokens)
    if verb is not None:
        return "language.repair.lost-verb", verb
    verb = _lost_present(tokens) if kind == "heading" else None
    return ("language.repair.lost-present", verb) if verb is not None else None


def _lost_verb(tokens: list[Token]) -> int | None:
    """The index of the verb in a sentence where the tagger found none ("Police detain protesters", "Soldiers foil
    attack"); else None."""
    if any(t.tag in FINITE for t in tokens):
        return None
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        # A word that is not a plural by its form may belong to a noun after it ("police station", but "police detain").
        loose = before.lower in _MANY
        many = not is_base(token.lower, "noun") if loose else before.tag in ("NNS", "NNPS")
        noun = token.tag in ("NN", "NNP", "JJ", "VB") and token.text.isalpha() and not token.text.isupper()
        if many and noun and after.pos in ("NOUN", "PROPN", "DET", "ADJ", "NUM") and is_base(token.lower, "verb"):
            return token.i
    return None


def _lost_present(tokens: list[Token]) -> int | None:
    """The index of a verb in the present tense that looks like a plural noun ("Army raids village, kills 20"); else
    None."""
    for before, token, after, beyond in zip(tokens, tokens[1:], tokens[2:], [*tokens[3:], None], strict=False):
        if before.tag in FINITE:
            return None
        verb = token.tag in ("NNS", "VBZ") and token.dep == "compound" and is_base(lemma(token.lower, "verb"), "verb")
        one = before.tag in ("NN", "NNP") and before.lower not in _MANY
        # The next word may be the verb ("Drone strikes hit village").
        object_follows = beyond is not None and beyond.pos in _NOMINAL
        free = after.pos in _NOMINAL and not (object_follows and is_base(after.lower, "verb"))
        if verb and one and free and token.lower.endswith("s"):
            return token.i
    return None


def _with_verb(nlp: Any, doc: Any, prose: str, offset: int, verb: int, place: Any) -> list[Token]:
    """The tokens, parsed again with a verb that the model recognises in place of the lost one."""
    from spacy.tokens import Doc

    words = [_ANY_VERB if token.i == verb else token.text for token in doc]
    again = Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    for token in again[1:]:
        token.is_sent_start = False
    return _tokens(next(iter(nlp.pipe([again]))), prose, offset, place)


def _docs(nlp: Any, prose: str, case: str) -> tuple[Any, Any]:
    """The words of a sentence as they stand in it, and as they are parsed: with one word, the same for all, for each
    label."""
    made = nlp.make_doc(_masked(prose, case))
    found = to_parse(prose)
    edges = {at for token in made for at in (token.idx, token.idx + len(token))} if found else set()
    labels = [label for label in found if {label.start, label.end} <= edges]
    if not labels:
        return made, made
    from spacy.tokens import Doc

    said: list[str] = []
    read: list[str] = []
    spaces: list[bool] = []
    for token in made:
        label = next((one for one in labels if one.start <= token.idx < one.end), None)
        if label is not None and token.idx > label.start:
            spaces[-1] = bool(token.whitespace_)
            continue
        said.append(token.text if label is None else prose[label.start : label.end])
        read.append(token.text if label is None else label.read)
        spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=said, spaces=spaces), Doc(nlp.vocab, words=read, spaces=spaces)


#: Expressions that the model misreads, and a word of the same length and role that it reads correctly (the acronym IS
#: is not a verb, "so-called" is one adjective).
_MASKS = (
    (re.compile(r"(?<![\w-])so-called(?!\w)"), "so_called"),
    (re.compile(r"(?<![\w-])IS(?![\w])"), "UN"),
)


#: Another name in square brackets, which confuses the parser ("FMLN [Farabundo Marti National Liberation Front]
#: rebels").
_BRACKETED = re.compile(r"(?<=[\w’'.]) \[[^\W\d_][^\W\d_ .,'’-]*(?:[ .,'’-]+[^\W\d_]+)*[.]?\](?!['’]s)")

#: A short form or a faction in round brackets, which confuses it as well ("the Liberation Front (FLA) fighters", "CPI
#: (Maoist) cadres").
_SHORT_FORM = re.compile(
    r"(?<=[^\W\d_]) \((?:[A-Z][\w/&.-]*[A-Z][\w/&.-]*|[A-Z][\w-]+(?=\) [a-z]))(?:[ -][A-Z][\w-]*)?\)(?!['’]s)"
)


def _masked(text: str, case: str) -> str:
    if "[" in text:
        text = _BRACKETED.sub(lambda match: " " * len(match.group()), text)
    if "(" in text and case != "upper":
        text = _SHORT_FORM.sub(lambda match: " " * len(match.group()), text)
    if case != "mixed":
        return text
    for pattern, word in _MASKS:
        text = pattern.sub(word, text)
    return text


def _tokens(doc: Any, prose: str, offset: int, places: Any) -> list[Token]:
    """Tokens as plain data, made of a parsed text. The tokens of `places` tell where they stand."""
    found: list[Token] = []
    for token, place in zip(doc, places, strict=True):
        text = prose[place.idx : place.idx + len(place.text)]
        if text.isspace():
            found.append(Token(token.i, text, text, text, "_SP", "SPACE", "dep", token.head.i, *_at(place, offset)))
            continue
        lower, tag = text.lower(), token.tag_
        pos = "VERB" if tag.startswith("VB") else _PENN.get(tag, "PUNCT" if not text[0].isalnum() else "X")
        dep = token.dep_
        if pos == "VERB" and dep in ("aux", "auxpass"):
            pos = "AUX"
        base = lemma(lower, _LEMMA_KIND[pos]) if pos in _LEMMA_KIND else lower
        found.append(Token(token.i, text, lower, base, tag, pos, dep, token.head.i, *_at(place, offset)))
    repair(found)
    for one in found:
        if one.head != one.i:
            found[one.head].children.append(one.i)
    return found


def _at(token: Any, offset: int) -> tuple[int, int]:
    return offset + token.idx, offset + token.idx + len(token.text)
