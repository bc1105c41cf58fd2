"""What the encoder says of each word piece: one row of numbers, cut into the parts named here.

The network and its training share this page. A change here needs new weights.
"""

from __future__ import annotations

from typing import get_args

from dateline.model.vocabulary import ActorKind, LinkKind, Method, Party, Status, Type, What

#: The first, "none of ours", stands for words that tell of no happening.
TYPES: tuple[str, ...] = ("none", *get_args(Type))
STATUSES: tuple[str, ...] = get_args(Status)
#: What a figure counts, whose side those counted are on, and what an actor is; of words that hold a figure or an actor.
WHATS: tuple[str, ...] = ("none", *get_args(What))
PARTIES: tuple[str, ...] = get_args(Party)
KINDS: tuple[str, ...] = get_args(ActorKind)
METHODS: tuple[str, ...] = get_args(Method)
#: How one happening is linked to another; the first is "not at all".
LINKS: tuple[str, ...] = ("none", *get_args(LinkKind))
ROLES: tuple[str, ...] = ("agent", "target", "victim", "place", "time", "count", "item", "speaker")
#: How many numbers stand for a word where two words are compared.
SAME, PART, LINK = 64, 48, 32

#: Which numbers of the row are which.
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
#: Sentences between two words, as far as it matters: none, one, two, up to five, more.
_FAR = (0, 1, 2, 5)
DISTANCES: int = len(_FAR) + 1


def distance(sentences: int) -> int:
    """Which of the distances lies between two words so many sentences apart."""
    return next((level for level, most in enumerate(_FAR) if sentences <= most), len(_FAR))
