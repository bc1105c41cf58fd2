"""The layout of the output of the encoder: one row of numbers for each word piece, cut into the parts named here. The
row of its first piece stands for a word.

The network and its training share this module. A change here needs new weights.
"""

from __future__ import annotations

from typing import get_args

from dateline.model.vocabulary import ActorKind, LinkKind, Method, Party, Status, Type, What

#: The first, "none", stands for words that do not tell of a happening of one of our types.
TYPES: tuple[str, ...] = ("none", *get_args(Type))
STATUSES: tuple[str, ...] = get_args(Status)
#: For words in a figure or an actor: what the figure counts (WHATS), the side of those counted (PARTIES), and the kind
#: of the actor (KINDS).
WHATS: tuple[str, ...] = ("none", *get_args(What))
PARTIES: tuple[str, ...] = get_args(Party)
KINDS: tuple[str, ...] = get_args(ActorKind)
METHODS: tuple[str, ...] = get_args(Method)
#: How one happening is linked to another; the first, "none", stands for "not at all".
LINKS: tuple[str, ...] = ("none", *get_args(LinkKind))
ROLES: tuple[str, ...] = ("agent", "target", "victim", "place", "time", "count", "item", "speaker")
#: How many numbers of a row are used to compare two words: for one happening (SAME), for roles (PART), for links
#: (LINK).
SAME, PART, LINK = 64, 48, 32

#: Part of the row -> how many numbers it has, in order.
_SIZES = {
    "type": len(TYPES),
    "status": len(STATUSES),
    "rollup": 1,
    "core": 1,
    "sentence": len(TYPES),
    "same": SAME,
    "teller": PART,
    "filler": PART * len(ROLES),
    "filler_bias": len(ROLES),
    "what": len(WHATS),
    "party": len(PARTIES),
    "kind": len(KINDS),
    "method": len(METHODS),
    "link_from": LINK,
    "link_to": LINK,
}


def _slices() -> dict[str, slice]:
    found, at = {}, 0
    for name, size in _SIZES.items():
        found[name] = slice(at, at + size)
        at += size
    return found


SLICES: dict[str, slice] = _slices()
WIDTH: int = sum(_SIZES.values())
#: Levels of the distance between two words, in sentences: 0, 1, 2, 3 to 5, more.
_FAR = (0, 1, 2, 5)
DISTANCES: int = len(_FAR) + 1


def distance(sentences: int) -> int:
    """The level of distance of two words that are so many sentences apart."""
    return next((level for level, most in enumerate(_FAR) if sentences <= most), len(_FAR))
