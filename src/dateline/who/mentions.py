"""Known actors in a sentence: which words name them, and which actor is meant where several have one name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.language import Sentence, Token
from dateline.language.labels import with_every_label
from dateline.model.span import Span
from dateline.who.actors import KnownActor, actor_rows, known_actors, pieces_of, words_not_names

#: Acronyms up to this length are words or other things in small letters ("is", "mit").
_SHORT = 4
#: A name with a last part in brackets or after a hyphen, which careless copies join to the word before ("CPI (Maoist)",
#: "NSCN-IM").
_GLUED = re.compile(r"^(?P<before>.*\w) ?(?:\((?P<a>[\w-]+)\)|(?<=[A-Z])-(?P<b>[A-Z]{1,3}))$")


def _spellings(name: str) -> list[tuple[str, ...]]:
    """The spellings of a name, as words: with each label of fighters in place of its own ("Chechen rebels", "Chechen
    fighters"), and as in text that lost brackets and hyphens ("CPIMaoist", "NSCNIM")."""
    found = [pieces_of(one) for one in with_every_label(name)]
    glued = _GLUED.match(name)
    if glued is not None:
        last = "".join(pieces_of(glued["a"] or glued["b"]))
        before = pieces_of(glued["before"])
        found.append((*before[:-1], before[-1] + last))
    return found


@dataclass(frozen=True, slots=True)
class Mention:
    """The name of a known actor in a sentence: tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    actor: KnownActor
    #: The name is an acronym with other meanings.
    doubtful: bool = False
    #: Other actors of this name, each with whether the name is doubtful for that actor.
    others: tuple[tuple[KnownActor, bool], ...] = ()

    def span(self, sentence: Sentence) -> Span:
        """Where it stands in the report, without brackets around it."""
        span, token = sentence.words(sentence.tokens[self.first : self.last + 1]), sentence.tokens[self.first]
        if self.first == self.last and token.text.startswith(("(", "[")):
            inner = token.text.strip()
            return Span(span.start + 1, span.start + len(inner) - inner.endswith((")", "]")))
        return span


#: An actor with a name; whether the name is a short acronym; whether it has other meanings.
_Bearer = tuple[KnownActor, bool, bool]


@cache
def _trie() -> dict[str, Any]:
    root: dict[str, Any] = {}
    for key, row in actor_rows().items():
        for name in row.names:
            for pieces in _spellings(name):
                node = root
                for piece in pieces:
                    node = node.setdefault(piece, {})
                short = name.isupper() and len(name) <= _SHORT
                # Actors of one name are kept in the order of the list: the first one is preferred.
                bearers: list[_Bearer] = node.setdefault("", [])
                if all(actor.id != key for actor, *_ in bearers):
                    bearers.append((known_actors()[key], short, name in row.doubtful))
    return root


def find_actors(sentence: Sentence) -> list[Mention]:
    """The mentions of known actors in a parsed sentence, in order. Of names that begin at one word the longest
    counts."""
    words = [(token, piece) for token in sentence.tokens for piece in pieces_of(token.text)]
    found: list[Mention] = []
    k = 0
    while k < len(words):
        best = _longest(words, k, sentence)
        if best is None:
            k += 1
            continue
        length, [(actor, _, doubtful), *rest] = best
        others = tuple((one, unsure) for one, _, unsure in rest)
        found.append(Mention(words[k][0].i, words[k + length - 1][0].i, actor, doubtful, others))
        k += length
    return found


def without_doubtful(found: dict[int, list[Mention]], countries: Collection[str]) -> dict[int, list[Mention]]:
    """The mentions of a report by sentence, each with the one actor that it means. Acronyms with other meanings are
    dropped where nothing else in the report supports them.

    What supports an actor: the report speaks of its country (`countries`, ISO codes), or names it in another way ("MIT"
    is Turkey's intelligence service in a report about Turkey; "the Maoists" are those of the country).
    """
    sure = {m.actor.id for mentions in found.values() for m in mentions if not m.doubtful and not m.others}
    return {
        index: [one for m in mentions if (one := _meant(m, sure, countries)) is not None]
        for index, mentions in found.items()
    }


def _meant(mention: Mention, sure: Collection[str], countries: Collection[str]) -> Mention | None:
    """The mention with the actor that it means: one that the report names in another way, else one of a country of
    which it speaks, else the first for which the name is not doubtful. None where there is no such actor."""
    bearers = ((mention.actor, mention.doubtful), *mention.others)
    named = [actor for actor, _ in bearers if actor.id in sure]
    there = [actor for actor, _ in bearers if actor.country in countries]
    meant = next(iter([*named, *there, *(actor for actor, unsure in bearers if not unsure)]), None)
    return None if meant is None else replace(mention, actor=meant, doubtful=False, others=())


def _longest(words: list[tuple[Token, str]], start: int, sentence: Sentence) -> tuple[int, list[_Bearer]] | None:
    node: Any = _trie()
    best: tuple[int, list[_Bearer]] | None = None
    for n, (token, piece) in enumerate(words[start:], 1):
        node = node.get(piece)
        if node is None:
            break
        bearers = [b for b in node.get("", ()) if not (b[1] and not _in_capitals(token, sentence))]
        if bearers and (n > 1 or _looks_like_name(token, sentence)):
            best = (n, bearers)
    return best


def _in_capitals(token: Token, sentence: Sentence) -> bool:
    if sentence.case in ("upper", "lower"):
        # Here capitals do not show acronyms: a word is one if re-casing gave it a capital and it is not also a word.
        return token.text[:1].isupper() and token.lower not in words_not_names()
    letters = [c for c in token.text if c.isalpha()]
    return all(c.isupper() for c in letters)


def _looks_like_name(token: Token, sentence: Sentence) -> bool:
    """May a single word be a name: does it have a capital or a hyphen, or is all text in small letters?"""
    return token.text.lstrip("([")[:1].isupper() or "-" in token.text or sentence.case == "lower"
