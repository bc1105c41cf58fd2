"""The list of known actors, and their mentions in a sentence (found with a trie over folded words)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dateline.language import Sentence, Token
from dateline.language.labels import with_every_label
from dateline.model.errors import BadActor, CannotWrite
from dateline.model.home import home
from dateline.model.knowledge import load, load_file
from dateline.model.span import Span
from dateline.model.vocabulary import ActorKind


class ActorForm(BaseModel):
    """An entry as written in YAML; actors.yaml explains its fields."""

    model_config = ConfigDict(extra="forbid")
    name: str
    kind: ActorKind
    also: list[str] = []
    parent: str | None = None
    country: str | None = None
    doubtful: list[str] = []
    governs: bool = False
    native: list[str] = []
    #: First and last year of its activity; only the first while it is active.
    active: list[int] = []

    @property
    def names(self) -> tuple[str, ...]:
        """All names that reports may use."""
        return tuple(dict.fromkeys((self.name, *self.also, *self.native)))

    @property
    def years(self) -> str:
        """The years of its activity in words ("1978-2025", "since 2006"); empty where they are not known."""
        if len(self.active) == 1:
            return f"since {self.active[0]}"
        return "-".join(map(str, self.active))


class _History(BaseModel):
    model_config = ConfigDict(extra="forbid")
    active: list[int] = Field(default=[], max_length=2)
    native: list[str] = []


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An entry of the list."""

    id: str
    name: str
    kind: ActorKind
    parent: str | None
    country: str | None
    #: It is an armed group with police and courts of its own where it rules.
    governs: bool = False


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


_ACCENTS = str.maketrans("çğıöşüâîûáéíóúñèêôàãõäåëïÇĞİÖŞÜÁÉÍÓÚÑÂÊÔ", "cgiosuaiuaeiouneeoaaoaaeiCGIOSUAEIOUNAEO")
_PIECE = re.compile(r"[^\W_]+|[/()&]")


@lru_cache(maxsize=1 << 15)
def _pieces(text: str) -> tuple[str, ...]:
    """The words of a name, without accents; hyphens and apostrophes separate words."""
    plain = text.translate(_ACCENTS).replace("'", "").replace("’", "").lower()
    return tuple(p for p in _PIECE.findall(plain) if p not in "()")


def slug(name: str) -> str:
    """A name as part of an id: small letters without accents; anything else becomes a single hyphen."""
    plain = unicodedata.normalize("NFKD", name.translate(_ACCENTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@cache
def _rows() -> dict[str, ActorForm]:
    """The entries that come with dateline and the user's own. A user's entry replaces one with the same id."""
    rows = load("dateline.who", "actors.yaml", dict[str, ActorForm])
    for key, history in load("dateline.who", "histories.yaml", dict[str, _History]).items():
        rows[key] = rows[key].model_copy(update=history.model_dump())
    return rows | own_rows()


@cache
def _words() -> frozenset[str]:
    """Acronyms that are words too, in lower case."""
    return frozenset(load("dateline.who", "acronyms.yaml", dict[str, list[str]])["words"])


@cache
def acronyms() -> frozenset[str]:
    """Acronyms of known actors (in lower case) that are read as names in text of any case."""
    names = (name for row in _rows().values() for name in row.names if name not in row.doubtful)
    return frozenset(n.lower() for n in names if n.isupper() and n.isalpha() and len(n) > 2) - _words()


@cache
def group_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> names of armed groups of several words, all folded. Used for text without capitals."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in _rows().values():
        for name in row.names if row.kind == "armed_group" else ():
            pieces = _pieces(name)
            if len(pieces) > 1 and all(p.isalpha() for p in pieces):
                found.setdefault(pieces[0], []).append(pieces)
    return {first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in sorted(found.items())}


def _own_file() -> Path:
    return home() / "actors.yaml"


def own_rows() -> dict[str, ActorForm]:
    """The entries that the user added. Raises BadKnowledge (DL-E004)."""
    return load_file(_own_file(), dict[str, ActorForm]) if _own_file().exists() else {}


def add_actor(
    name: str,
    kind: str,
    also: Sequence[str],
    country: str | None,
    parent: str | None,
    native: Sequence[str] = (),
    active: Sequence[int] = (),
) -> str:
    """Write an actor to the user's own file; returns its id. Raises BadActor (DL-E009), CannotWrite (DL-E007)."""
    key = slug(name)
    if not key:
        raise BadActor(f"{name!r} has no letters to make an id of.")
    if parent is not None and parent not in _rows():
        raise BadActor(f"Its parent {parent!r} is not known.", remedy="`dateline actors find NAME` shows ids.")
    if len(active) > 2 or list(active) != sorted(active):
        raise BadActor(f"{list(active)} are no first and last year.")
    if country is not None and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise BadActor(f"{country!r} is no country code of two letters.")
    taken = {" ".join(_pieces(n)): k for k, row in _rows().items() if k != key for n in row.names}
    for one in (name, *also, *native):
        owner = taken.get(" ".join(_pieces(one)))
        if owner is not None:
            raise BadActor(f"{one!r} is a name of {owner}.")
    row = ActorForm(
        name=name, kind=kind, also=list(also), parent=parent, country=country.upper() if country else None,
        native=list(native), active=list(active),
    )  # fmt: skip
    _write_own(own_rows() | {key: row})
    return key


def _write_own(rows: dict[str, ActorForm]) -> None:
    import yaml

    path = _own_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        table = {key: row.model_dump(exclude_defaults=True) for key, row in sorted(rows.items())}
        draft.write_text(yaml.safe_dump(table, allow_unicode=True, sort_keys=False), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(path)) from None
    _rows.cache_clear()


def actors_named(name: str) -> list[tuple[str, ActorForm]]:
    """The entries with this name, else those with a name that contains it; sorted by id."""
    wanted = " ".join(_pieces(name))
    names = {key: {" ".join(_pieces(n)) for n in row.names} for key, row in _rows().items()}
    exact = [key for key in names if wanted in names[key]]
    near = [key for key in names if wanted and any(wanted in n for n in names[key])]
    return [(key, _rows()[key]) for key in sorted(exact or near)]


@cache
def known_actors() -> dict[str, KnownActor]:
    """All entries, by id."""
    rows = _rows()
    return {key: KnownActor(key, row.name, row.kind, row.parent, row.country, row.governs) for key, row in rows.items()}


def names_of(key: str) -> tuple[str, ...]:
    """All names of a known actor, the usual one first; () where there is no actor with this id."""
    row = _rows().get(key)
    return row.names if row else ()


#: Acronyms up to this length are words or other things in small letters ("is", "mit").
_SHORT = 4


#: A name with a last part in brackets or after a hyphen, which careless copies join to the word before ("CPI (Maoist)",
#: "NSCN-IM").
_GLUED = re.compile(r"^(?P<before>.*\w) ?(?:\((?P<a>[\w-]+)\)|(?<=[A-Z])-(?P<b>[A-Z]{1,3}))$")


def _spellings(name: str) -> list[tuple[str, ...]]:
    """The spellings of a name, as words: with each label of fighters in place of its own ("Chechen rebels", "Chechen
    fighters"), and as in text that lost brackets and hyphens ("CPIMaoist", "NSCNIM")."""
    found = [_pieces(one) for one in with_every_label(name)]
    glued = _GLUED.match(name)
    if glued is not None:
        last = "".join(_pieces(glued["a"] or glued["b"]))
        before = _pieces(glued["before"])
        found.append((*before[:-1], before[-1] + last))
    return found


#: An actor with a name; whether the name is a short acronym; whether it has other meanings.
_Bearer = tuple[KnownActor, bool, bool]


@cache
def _trie() -> dict[str, Any]:
    root: dict[str, Any] = {}
    for key, row in _rows().items():
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
    words = [(token, piece) for token in sentence.tokens for piece in _pieces(token.text)]
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
        return token.text[:1].isupper() and token.lower not in _words()
    letters = [c for c in token.text if c.isalpha()]
    return all(c.isupper() for c in letters)


def _looks_like_name(token: Token, sentence: Sentence) -> bool:
    """May a single word be a name: does it have a capital or a hyphen, or is all text in small letters?"""
    return token.text.lstrip("([")[:1].isupper() or "-" in token.text or sentence.case == "lower"
