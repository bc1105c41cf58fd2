"""Known actors and where their names stand in a sentence, by a trie over folded words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from dateline.language import Sentence, Token
from dateline.model.knowledge import load
from dateline.model.vocabulary import ActorKind


class _ActorForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    kind: ActorKind
    also: list[str] = []
    parent: str | None = None
    country: str | None = None
    doubtful: list[str] = []


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An entry of the list."""

    id: str
    name: str
    kind: ActorKind
    parent: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last` (inclusive) of a sentence name a known actor."""

    first: int
    last: int
    actor: KnownActor
    #: Named by an acronym that has other meanings.
    doubtful: bool = False


_ACCENTS = str.maketrans("çğıöşüâîûáéíóúñèêôÇĞİÖŞÜ", "cgiosuaiuaeiouneeoCGIOSU")
_PIECE = re.compile(r"[^\W_]+|[/()&]")


def _pieces(text: str) -> list[str]:
    """Words of a name; hyphens and apostrophes part words, accents fall."""
    return [
        p for p in _PIECE.findall(text.translate(_ACCENTS).replace("'", "").replace("’", "").lower()) if p not in "()"
    ]


@cache
def known_actors() -> dict[str, KnownActor]:
    """All entries, by id."""
    rows = load("dateline.who", "actors.yaml", dict[str, _ActorForm])
    return {key: KnownActor(key, row.name, row.kind, row.parent, row.country) for key, row in rows.items()}


#: Acronyms up to this length are words or other things in small letters ("is", "mit").
_SHORT = 4


@cache
def _trie() -> dict[str, Any]:
    root: dict[str, Any] = {}
    rows = load("dateline.who", "actors.yaml", dict[str, _ActorForm])
    for key, row in rows.items():
        for name in (row.name, *row.also):
            node = root
            for piece in _pieces(name):
                node = node.setdefault(piece, {})
            short = name.isupper() and len(name) <= _SHORT
            # The longer name of a branch beats the shorter one of its parent; of equals the first entry stays.
            node.setdefault("", (known_actors()[key], short, name in row.doubtful))
    return root


def find_actors(sentence: Sentence) -> list[Mention]:
    """The known actors of a parsed sentence, the longest names first where they overlap."""
    words = [(token, piece) for token in sentence.tokens for piece in _pieces(token.text)]
    found: list[Mention] = []
    k = 0
    while k < len(words):
        best = _longest(words, k, sentence)
        if best is None:
            k += 1
            continue
        length, actor, doubtful = best
        found.append(Mention(words[k][0].i, words[k + length - 1][0].i, actor, doubtful))
        k += length
    return found


def without_doubtful(found: dict[int, list[Mention]], countries: Collection[str]) -> dict[int, list[Mention]]:
    """The mentions of a report by sentence, less those acronyms that nothing else in it bears out.

    "MIT" is Turkey's intelligence service where the report speaks of Turkey (`countries`, ISO codes) or names the
    service otherwise.
    """
    sure = {m.actor.id for mentions in found.values() for m in mentions if not m.doubtful}
    return {
        index: [m for m in mentions if not m.doubtful or m.actor.id in sure or m.actor.country in countries]
        for index, mentions in found.items()
    }


def _longest(words: list[tuple[Token, str]], start: int, sentence: Sentence) -> tuple[int, KnownActor, bool] | None:
    node: Any = _trie()
    best: tuple[int, KnownActor, bool] | None = None
    for n, (token, piece) in enumerate(words[start:], 1):
        node = node.get(piece)
        if node is None:
            break
        if "" in node:
            actor, short, doubtful = node[""]
            if not (short and not _in_capitals(token, sentence)) and (n > 1 or _looks_like_name(token, sentence)):
                best = (n, actor, doubtful)
    return best


def _in_capitals(token: Token, sentence: Sentence) -> bool:
    letters = [c for c in token.text if c.isalpha()]
    if sentence.case == "upper":
        # In capitals every word looks like an acronym: only what is no English word (by its small re-casing) is one.
        return token.text[:1].isupper() and token.lower not in (
            "is",
            "mas",
            "sl",
            "rss",
            "mir",
            "mit",
            "fal",
            "epl",
            "adf",
            "let",
            "ira",
        )
    if sentence.case == "lower":
        return token.text[:1].isupper() and token.lower not in ("is", "let", "mas", "mit", "raf")
    return all(c.isupper() for c in letters)


def _looks_like_name(token: Token, sentence: Sentence) -> bool:
    """One-word names need a capital, or text without capitals."""
    return token.text[:1].isupper() or "-" in token.text or sentence.case == "lower"
