"""The evidence of an event: its reports' texts, and every claim with the words that say it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.ledger import Ledger
from dateline.ledger.access import address_of
from dateline.model import Account, Coding, words
from dateline.model.explain import place_in_words, when_in_words
from dateline.service.shapes.evidence import Claim, Evidence, Told

#: What is shown in place of the text of a report that the user may not read.
_SEALED = "This report counts, and its words are not open to you. An admin can say who may read it."


def evidence_of(ledger: Ledger, event: str, revision: int | None) -> list[Evidence]:
    """The reports of an event, each once. Raises NoSuchEvent (DL-L007), NoSuchRevision (DL-L008)."""
    own: dict[str, dict[str, str]] = {}
    for account in ledger.event(event, revision).event.accounts:
        own.setdefault(account.report, {})[account.account_id] = account.key
    hidden = ledger.hidden()
    return [
        _sealed(key) if key in hidden else _evidence(key, ledger.report(key, revision), keys)
        for key, keys in own.items()
    ]


def _sealed(key: str) -> Evidence:
    """The evidence of a report that counts in the event, but that the user who asks may not read."""
    return Evidence(
        key=key, uri=address_of(key), title=None, publisher=None, lang=None, published=None, text=_SEALED, accounts=[]
    )


def _evidence(key: str, coding: Coding, own: dict[str, str]) -> Evidence:
    report = coding.report
    return Evidence(
        key=key,
        uri=report.uri,
        title=report.title,
        publisher=report.publisher,
        lang=report.lang,
        published=when_in_words(report.published) if report.published else None,
        text=report.text,
        accounts=[_told(account, own.get(account.id)) for account in coding.accounts],
    )


def _told(account: Account, key: str | None) -> Told:
    return Told(
        key=key or "",
        id=account.id,
        type=account.type,
        status=account.status,
        scope=account.scope,
        confidence=account.confidence,
        mine=key is not None,
        sentences=[(s.start, s.end) for s in account.sentences],
        claims=list(_claims(account)),
    )


def _claims(account: Account) -> Iterator[Claim]:
    number = 0

    def claim(field: str, value: str, span: tuple[int, int] | None, said_by: str | None, how: str | None) -> Claim:
        nonlocal number
        number += 1
        start, end = span or (None, None)
        return Claim(
            id=f"{account.id}.{number}", account=account.id, field=field, value=value, start=start, end=end,
            said_by=said_by, how=how,
        )  # fmt: skip

    methods = f" ({', '.join(account.method)})" if account.method else ""
    what = f"{account.type}{methods}, {account.status}".replace("_", " ")
    yield claim("what", what, (account.trigger.start, account.trigger.end), None, None)
    if account.when is not None:
        when = account.when
        span = (when.span.start, when.span.end) if when.span else None
        yield claim("when", words.days(when), span, None, when_in_words(when))
    for place in account.where:
        yield claim("where", words.place(place), (place.span.start, place.span.end), None, place_in_words(place))
    for actor in account.actors:
        known = f" [{actor.id}]" if actor.id else ""
        value = f"{actor.role}: {actor.name}{known}"
        yield claim("who", value, (actor.span.start, actor.span.end), actor.said_by, None)
    for count in account.counts:
        part = ", a part of the total" if count.part else ""
        value = f"{words.figure(count)} {count.what}{words.of_party(count.party)}{part}"
        yield claim("how many", value, (count.span.start, count.span.end), count.said_by, None)
    for item in account.items:
        yield claim("item", f"{item.what}: {item.name}", (item.span.start, item.span.end), None, None)
    for speaker in account.said_by:
        yield claim("says", speaker.name, (speaker.span.start, speaker.span.end), None, None)
