"""Turns an account that a person writes in a form into the record that the ledger keeps."""

from __future__ import annotations

from typing import Any

from dateline.ledger.errors import BadJudgement
from dateline.ledger.reviewing import checked
from dateline.model.vocabulary import PLACE_PRECISIONS
from dateline.service.shapes.accounts import NewAccount, NewCount, NewParty, NewPlace
from dateline.service.shapes.shape import SpanOf

#: The precision of a place where nobody gives one.
_PRECISION = "city"


def record_of(given: NewAccount, text: str) -> dict[str, Any]:
    """The record of an account (docs/record.md).

    Each value rests on words of the report: those that were marked for it, else the trigger of the account. Raises
    BadJudgement (DL-L009) where a value makes no sense.
    """

    def worded(words: SpanOf | None) -> dict[str, Any]:
        span = words or given.trigger
        if not 0 <= span.start < span.end <= len(text):
            raise BadJudgement(f"{span.start} to {span.end} lies outside the report.")
        return {"text": text[span.start : span.end], "span": {"start": span.start, "end": span.end}}

    checked("type", given.type)
    return {
        "type": given.type, "method": checked("method", given.method), "status": given.status, "scope": given.scope,
        "trigger": {"start": given.trigger.start, "end": given.trigger.end}, "when": _when(given, worded),
        "where": [_place(one, worded) for one in given.where], "actors": [_party(one, worded) for one in given.actors],
        "counts": [_count(one, worded) for one in given.counts], "items": [], "said_by": [],
    }  # fmt: skip


def _when(given: NewAccount, worded: Any) -> dict[str, Any] | None:
    if not (given.when or "").strip():
        return None
    days = checked("when", (given.when or "").strip())
    words = worded(given.when_words) if given.when_words else {"text": None, "span": None}
    return {**days, "basis": "given", **words, "derivation": None}


def _place(one: NewPlace, worded: Any) -> dict[str, Any]:
    [place] = checked("where", [one.model_dump(exclude={"words"})])
    precision = place["precision"] or _PRECISION
    if precision not in PLACE_PRECISIONS:
        raise BadJudgement(f"{precision!r} is no precision. Known: {', '.join(PLACE_PRECISIONS)}.")
    return {**place, "precision": precision, "basis": "told", **worded(one.words)}


def _party(one: NewParty, worded: Any) -> dict[str, Any]:
    [party] = checked("actors", [one.model_dump(exclude={"words"})])
    return {**party, "said_by": None, "basis": "told", **worded(one.words)}


def _count(one: NewCount, worded: Any) -> dict[str, Any]:
    bounds = {"low": one.low, "best": one.best, "high": one.high}
    checked(f"counts.{one.what}.{one.party}", bounds)
    party = None if one.party == "unknown" else one.party
    return {"what": one.what, "party": party, **bounds, "said_by": None, **worded(one.words)}
