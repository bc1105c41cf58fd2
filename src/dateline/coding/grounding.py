"""Grounding: every claim must quote the report. A claim with no words of the text at its span is dropped and
counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TypeVar

from dateline.model import Account, Actor, Count, Item, Place, Span, Speaker, When

_Claim = TypeVar("_Claim", Place, Actor, Count, Item, Speaker)


def ground(account: Account, text: str, dropped: Counter[str]) -> Account:
    """The account with each claim quoting the report's own words at its span, line breaks included. Claims without such
    words are left out and counted in `dropped` by field."""
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
    if claim.span is None:
        return claim
    span = _whole(claim.span, text)
    quoted = replace(claim, span=span, text=span.of(text))
    if isinstance(quoted, Actor) and span != claim.span:
        return replace(quoted, name=quoted.name.translate(_NO_MARKS))
    return quoted


#: Opening quotation mark -> closing one.
_CLOSING = {'"': '"', "“": "”", "‘": "’", "'": "'"}
#: An opening quotation mark that is not closed before the end.
_OPENED = re.compile(r"""(?:^|(?<=\s))(["“‘'])(?=\w)[^"”’']*+$""")
_NO_MARKS = dict.fromkeys(map(ord, '"“”‘'))


def _whole(span: Span, text: str) -> Span:
    """The span with whole quotations: with the mark that closes one begun in it (12 "terrorists"), and without a single
    mark at its start or end."""
    said = span.of(text)
    opened = _OPENED.search(said)
    if opened is not None and text[span.end : span.end + 1] == _CLOSING[opened[1]]:
        return Span(span.start, span.end + 1)
    if said.count('"') != 1 or len(said) == 1:
        return span
    return Span(span.start + said.startswith('"'), span.end - said.endswith('"'))
