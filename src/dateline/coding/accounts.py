"""From drafts to the accounts and links of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from dateline.coding.confidence import confidence
from dateline.coding.deriving import derivation
from dateline.coding.draft import Draft
from dateline.language import Sentence
from dateline.model import Account, Link, Place, Span, types
from dateline.model.vocabulary import METHODS, LinkKind, Method
from dateline.what import Mention


def account_of(draft: Draft, name: str) -> Account:
    """The account of a draft, under that id."""
    sure = confidence(draft)
    return Account(
        id=name,
        type=draft.type,
        status=draft.status,
        scope=draft.scope,
        trigger=draft.trigger,
        sentences=tuple(sorted(Span(s.start, s.end) for s in _telling(draft))),
        method=_methods(draft),
        when=draft.when,
        where=_where(draft),
        actors=tuple(draft.actors),
        counts=draft.figures,
        items=tuple(draft.items),
        said_by=tuple(draft.said_by),
        confidence=sure,
        derivation=derivation(draft, sure),
    )


def _where(draft: Draft) -> tuple[Place, ...]:
    """The places of an account, the finest first: streets, then the others. A street has no coordinates; it gets the
    country and admin1 of the account's place where there is exactly one."""
    places = tuple(replace(p.as_place(), basis=_basis(draft)) for p in draft.places)
    around = places[0] if len(places) == 1 else None
    country, admin1 = (around.country, around.admin1) if around else (None, None)
    streets = (replace(s.as_place(), country=country or s.country, admin1=admin1) for s in draft.streets)
    return (*streets, *places)


def _methods(draft: Draft) -> tuple[Method, ...]:
    """The methods of the record: none where the type has no methods; after an explosion damage is not vandalism or
    arson."""
    if not types.of(draft.type).methods:
        return ()
    beside = {"vandalism", "arson"} if draft.type in types.EXPLOSIVE else set()
    return tuple(sorted(m for m in draft.methods if m in METHODS and m not in beside))  # type: ignore[misc]


def _telling(draft: Draft) -> list[Sentence]:
    """The sentences that tell of the happening. Sentences that tell only of its dead and wounded are left out: their
    figures have spans of their own."""
    told = [
        s
        for s in draft.sentences
        if not (own := [m for m in draft.mentions if m.sentence is s])
        or any(not m.frame.consequence or _is_of_act(m) for m in own)
    ]
    return told or draft.sentences


def _is_of_act(mention: Mention) -> bool:
    """Is a consequence tied to the act that caused it, and not only to other deaths and wounds?"""
    cause = mention.cause
    return cause is not None and (not cause.frame.consequence or cause.cause is not None)


def _basis(draft: Draft) -> Literal["told", "inferred"]:
    return "inferred" if draft.place_inferred else "told"


def links_between(drafts: list[Draft], ids: dict[int, str]) -> Iterator[Link]:
    """The links between drafts, each once. `ids` gives the account id by the identity (`id()`) of the draft."""
    seen: set[tuple[str, str, str]] = set()
    for draft in drafts:
        for kind, other in draft.links:
            if id(other) in ids and other is not draft:
                row = (kind, ids[id(draft)], ids[id(other)])
                if row not in seen:
                    seen.add(row)
                    yield Link(_kind(kind), row[1], row[2])


def _kind(kind: str) -> LinkKind:
    return kind  # type: ignore[return-value]
