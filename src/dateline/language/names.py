"""Runs of words with capitals. Names of all kinds (places, persons, organisations) are looked for in them."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.dictionary import is_common
from dateline.language.roles import words
from dateline.language.tokens import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.span import Span

#: Small words within names ("al-Bab", "San José de Ocuné", "Usama bin Ladin").
_PARTICLES = english("dateline.language", "particles")
#: Prepositions with a capital that the tagger takes as part of the name after them ("Near Ar Raqqah", "Around Sinjar").
_OPENERS = english("dateline.language", "openers")


#: A title written with a full stop ("Cmdr.") has at most so many letters.
_SHORT_TITLE = 5


@dataclass(frozen=True, slots=True)
class Run:
    """A run of names: tokens `first` to `last` (inclusive) of a sentence."""

    sentence: Sentence
    first: int
    last: int

    @property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return self.sentence.tokens[self.first : self.last + 1]

    @property
    def span(self) -> Span:
        """Where it stands in the report."""
        return Span(self.sentence.tokens[self.first].start, self.sentence.tokens[self.last].end)

    def sub(self, first: int, last: int) -> Run:
        """A part of the run, by indexes of tokens in the sentence."""
        return Run(self.sentence, first, last)

    @property
    def text(self) -> str:
        """Its words as parsed, with the capitals of prose, and with a blank wherever the report has one."""
        words = ""
        for token, following in zip(self.tokens, [*self.tokens[1:], None], strict=True):
            words += token.text + (" " if following is not None and following.start > token.end else "")
        return " ".join(words.split())


def is_namelike(token: Token) -> bool:
    """Does it look like a part of a name: a capital, and letters?"""
    first = token.text[:1]
    return first.isupper() and any(c.isalpha() for c in token.text)


def is_opener(token: Token) -> bool:
    """Is it a preposition at the start of a sentence that the tagger takes as part of the name after it?"""
    return token.lower in _OPENERS


def runs(sentence: Sentence) -> list[Run]:
    """The maximal runs of name-like tokens, in order."""
    found: list[Run] = []
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        if not is_namelike(tokens[i]) or _only_initial(sentence, i):
            i += 1
            continue
        last = _end_of_run(tokens, i)
        found.append(Run(sentence, _with_article(tokens, i), last))
        i = last + 1
    return found


def _end_of_run(tokens: list[Token], first: int) -> int:
    last = k = first
    while k + 1 < len(tokens):
        following = tokens[k + 1]
        if is_namelike(following) or ends_title(tokens, k):
            last = k = k + 1
        elif following.lower in _PARTICLES and k - last < 3 and not _is_dash(tokens, k + 1):
            k += 1
        else:
            break
    return last


def _is_dash(tokens: list[Token], k: int) -> bool:
    """Is it a dash between blanks ("Berlin - Anna Cole")? It separates names, while a hyphen joins them."""
    dash = tokens[k]
    apart = tokens[k - 1].end < dash.start and k + 1 < len(tokens) and dash.end < tokens[k + 1].start
    return apart and dash.text in ("-", "–")


def ends_title(tokens: list[Token], k: int) -> bool:
    """Is it the full stop of a title ("Capt. Davis") that the tokenizer made a token of its own?"""
    return (
        k + 2 < len(tokens)
        and tokens[k + 1].text == "."
        and len(tokens[k].text) <= _SHORT_TITLE
        and tokens[k].lower in words("titles")
        and is_namelike(tokens[k + 2])
    )


def _with_article(tokens: list[Token], first: int) -> int:
    """The index of the first token of a name, including an article and hyphen before it ("al-Bab")."""
    if first >= 2 and tokens[first - 1].text in ("-", "–") and tokens[first - 2].lower in _PARTICLES:
        return first - 2
    return first


def _only_initial(sentence: Sentence, i: int) -> bool:
    """Does a word have a capital only because it begins a sentence, or a quotation in it?"""
    token = sentence.tokens[i]
    opens = (
        i == 0
        or sentence.tokens[i - 1].text in ('"', "“", "‘", "'", ":", "(", "[")
        or sentence.tokens[i - 1].pos == "SPACE"
    )
    if not opens or (token.pos == "PROPN" and not is_common(token.lower)):
        return token.pos in ("PRON", "DET") and (not token.text.isupper() or len(token.text) == 1)
    followed = i + 1 < len(sentence.tokens) and is_namelike(sentence.tokens[i + 1])
    if token.pos in ("DET", "PRON", "ADP", "CCONJ", "AUX", "ADV", "NUM", "SCONJ") or is_opener(token):
        return not (token.text.isupper() and len(token.text) > 1)
    return is_common(token.lower) and not followed
