"""Nothing leaves without its words: a claim whose span holds no words of the text is dropped and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TypeVar

from dateline.model import Account, Actor, Count, Item, Place, Span, Speaker, When

_Claim = TypeVar("_Claim", Place, Actor, Count, Item, Speaker)


def ground(account: Account, text: str, dropped: Counter[str]) -> Account:
    """The account with each claim quoting the report's own words at its span (line breaks and all); what no words
    support is left out and counted in `dropped` by field."""
    when = account.when
    if when is not None and not _stands(when.span, text):
        dropped["when"] += 1
        when = None
    return replace(
        account,
        when=None if when is None else _quoted(when, text),
        where=tuple(_quoted(p, text) for p in _kept(account.where, "where", text, dropped)),
        actors=tuple(_quoted(a, text) for a in _kept(account.actors, "actors", text, dropped)),
        counts=tuple(_quoted(c, text) for c in _kept(account.counts, "counts", text, dropped)),
        items=tuple(_kept(account.items, "items", text, dropped)),
        said_by=tuple(_kept(account.said_by, "said_by", text, dropped)),
    )


def _kept(claims: tuple[_Claim, ...], field: str, text: str, dropped: Counter[str]) -> list[_Claim]:
    kept = [c for c in claims if _stands(c.span, text)]
    if len(kept) < len(claims):
        dropped[field] += len(claims) - len(kept)
    return kept


def _stands(span: Span | None, text: str) -> bool:
    return span is not None and 0 <= span.start < span.end <= len(text) and bool(span.of(text).strip())


_Quoting = TypeVar("_Quoting", When, Place, Actor, Count)


def _quoted(claim: _Quoting, text: str) -> _Quoting:
    return claim if claim.span is None else replace(claim, text=claim.span.of(text))
