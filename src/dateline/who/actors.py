"""The list of known actors, and their mentions in a sentence (found with a trie over folded words)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dateline.model.errors import BadActor, CannotWrite
from dateline.model.home import home
from dateline.model.knowledge import load, load_file
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


_ACCENTS = str.maketrans("çğıöşüâîûáéíóúñèêôàãõäåëïÇĞİÖŞÜÁÉÍÓÚÑÂÊÔ", "cgiosuaiuaeiouneeoaaoaaeiCGIOSUAEIOUNAEO")
_PIECE = re.compile(r"[^\W_]+|[/()&]")


@lru_cache(maxsize=1 << 15)
def pieces_of(text: str) -> tuple[str, ...]:
    """The words of a name, without accents; hyphens and apostrophes separate words."""
    plain = text.translate(_ACCENTS).replace("'", "").replace("’", "").lower()
    return tuple(p for p in _PIECE.findall(plain) if p not in "()")


def slug(name: str) -> str:
    """A name as part of an id: small letters without accents; anything else becomes a single hyphen."""
    plain = unicodedata.normalize("NFKD", name.translate(_ACCENTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@cache
def actor_rows() -> dict[str, ActorForm]:
    """The entries that come with dateline and the user's own. A user's entry replaces one with the same id."""
    rows = load("dateline.who", "actors.yaml", dict[str, ActorForm])
    for key, history in load("dateline.who", "histories.yaml", dict[str, _History]).items():
        rows[key] = rows[key].model_copy(update=history.model_dump())
    return rows | own_rows()


@cache
def words_not_names() -> frozenset[str]:
    """Acronyms that are words too, in lower case."""
    return frozenset(load("dateline.who", "acronyms.yaml", dict[str, list[str]])["words"])


@cache
def acronyms() -> frozenset[str]:
    """Acronyms of known actors (in lower case) that are read as names in text of any case."""
    names = (name for row in actor_rows().values() for name in row.names if name not in row.doubtful)
    return frozenset(n.lower() for n in names if n.isupper() and n.isalpha() and len(n) > 2) - words_not_names()


@cache
def group_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> names of armed groups of several words, all folded. Used for text without capitals."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in actor_rows().values():
        for name in row.names if row.kind == "armed_group" else ():
            pieces = pieces_of(name)
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
    if parent is not None and parent not in actor_rows():
        raise BadActor(f"Its parent {parent!r} is not known.", remedy="`dateline actors find NAME` shows ids.")
    if len(active) > 2 or list(active) != sorted(active):
        raise BadActor(f"{list(active)} are no first and last year.")
    if country is not None and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise BadActor(f"{country!r} is no country code of two letters.")
    taken = {" ".join(pieces_of(n)): k for k, row in actor_rows().items() if k != key for n in row.names}
    for one in (name, *also, *native):
        owner = taken.get(" ".join(pieces_of(one)))
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
    actor_rows.cache_clear()


def actors_named(name: str) -> list[tuple[str, ActorForm]]:
    """The entries with this name, else those with a name that contains it; sorted by id."""
    wanted = " ".join(pieces_of(name))
    names = {key: {" ".join(pieces_of(n)) for n in row.names} for key, row in actor_rows().items()}
    exact = [key for key in names if wanted in names[key]]
    near = [key for key in names if wanted and any(wanted in n for n in names[key])]
    return [(key, actor_rows()[key]) for key in sorted(exact or near)]


@cache
def known_actors() -> dict[str, KnownActor]:
    """All entries, by id."""
    rows = actor_rows()
    return {key: KnownActor(key, row.name, row.kind, row.parent, row.country, row.governs) for key, row in rows.items()}


def names_of(key: str) -> tuple[str, ...]:
    """All names of a known actor, the usual one first; () where there is no actor with this id."""
    row = actor_rows().get(key)
    return row.names if row else ()
