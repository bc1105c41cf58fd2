"""What goes wrong with the service, and the HTTP status of every error of dateline."""

from __future__ import annotations

from typing import Any

from dateline.ledger.access import SealedReport
from dateline.ledger.errors import (
    Conflict,
    CorruptLedger,
    LedgerBusy,
    LedgerFull,
    LostLedger,
    NoLedger,
    NoSuchEvent,
    NoSuchReport,
    NoSuchRevision,
)
from dateline.model.errors import DatelineError, NoSuchSentence


class NotLoggedIn(DatelineError):
    """The ledger has users, and the request comes without a log-in, or with a wrong name or password."""

    code = "DL-S001"
    remedy = (
        "Log in, or send a token: `Authorization: Bearer TOKEN`. Who has forgotten a password gets another by "
        "`dateline users add NAME` where the ledger is."
    )


class NotAllowed(DatelineError):
    """The user's role does not allow it."""

    code = "DL-S002"
    remedy = "Ask an admin for another role: reader, reviewer, admin."


class Forged(DatelineError):
    """A request that may come from another site, because its CSRF token or host is not ours."""

    code = "DL-S003"
    remedy = "Reload the page; scripts send the `csrf` of /api/v1/session as X-CSRF-Token, or use a token of a user."


class TooManyTries(DatelineError):
    """Too many failed log-ins."""

    code = "DL-S004"
    remedy = "Wait a quarter of an hour."


class TooLarge(DatelineError):
    """An upload above the limit."""

    code = "DL-S005"
    remedy = "Send the files in several parts, or use `dateline add`."


class BadAddress(DatelineError):
    """An address that is not fetched: not http(s), in a private network, too large, too slow, or without an answer."""

    code = "DL-S006"
    remedy = "Give the public http(s) address of a page, or save the page and drop the file."


class OpenToAll(DatelineError):
    """The service would be open to other machines although the ledger has no users."""

    code = "DL-S007"
    remedy = "Add a user first: `dateline users add NAME --role admin`; or leave --host out."


class NoPage(DatelineError):
    """The page, or another part that serving needs, is not installed."""

    code = "DL-S008"
    remedy = "In a checkout: make page. A wheel that `make wheel` makes there has it."


class NotFound(DatelineError):
    """There is nothing at this address."""

    code = "DL-S009"
    remedy = "/api/v1/openapi.json lists what there is."


class BadRequest(DatelineError):
    """A request that does not have the right form."""

    code = "DL-S010"
    remedy = "/api/v1/openapi.json tells the form of every request."


class BadUser(DatelineError):
    """A user that cannot be added or changed."""

    code = "DL-S011"
    remedy = "`dateline users --help` says what a user needs."


class BusyAddress(DatelineError):
    """An address on which the service cannot listen."""

    code = "DL-S012"
    remedy = "Take another --port (0: any free one) or --host."


class Busy(DatelineError):
    """Too many requests at once that take long to answer."""

    code = "DL-S013"
    remedy = "Ask again in a moment."


class LastAdmin(DatelineError):
    """The last admin cannot be removed, or given another role, through the page."""

    code = "DL-S014"
    remedy = "Make somebody else an admin first; where the ledger is, `dateline users` can do all."


class UntrustedProxy(DatelineError):
    """A request that came through a proxy that is not trusted, so that it is not known who asks."""

    code = "DL-S015"
    remedy = (
        "Say which proxy stands in front (`dateline serve --trusted-proxy ADDRESS`), and add users; "
        "without a proxy, send no Forwarded, X-Forwarded-* or Via."
    )


class SlowBody(DatelineError):
    """A request whose body does not come in time."""

    code = "DL-S016"
    remedy = "Send it again, over a faster connection or in smaller parts."


class Stopped(DatelineError):
    """A job that was not done when the service ended."""

    code = "DL-S017"
    remedy = "Add the reports again: those that are in the ledger are known."


class NoSuchActor(DatelineError):
    """No actor with this name or id is in an event or in the list of actors."""

    code = "DL-S025"
    remedy = "Search for the actor by another name: the filter `Who` suggests those that events have."


class NoSuchPlace(DatelineError):
    """No place with this name or id is in an event or in the gazetteer."""

    code = "DL-S026"
    remedy = "Search for the place by another name: the filter `Where` suggests those that events have."


class NotOffered(DatelineError):
    """A coder for new reports that the service was not started with."""

    code = "DL-S033"
    remedy = "Start the service with it: `dateline serve --coder model --model NAME --base-url URL`."


class NoSuchPeople(DatelineError):
    """People who were named for a sealed report are not users of the ledger."""

    code = "DL-S034"
    remedy = "Name users of this ledger: an admin adds them under Team, or with `dateline users add NAME`."


#: The HTTP status of errors; all others get 422, because the content of the request is wrong.
_STATUS: tuple[tuple[type[DatelineError], int], ...] = (
    (NotLoggedIn, 401), (NotAllowed, 403), (SealedReport, 403),
    (LastAdmin, 403), (Forged, 403), (UntrustedProxy, 403), (TooManyTries, 429),
    (TooLarge, 413), (SlowBody, 408),
    (NotFound, 404), (NoSuchActor, 404), (NoSuchPlace, 404),
    (NoSuchEvent, 404), (NoSuchReport, 404), (NoSuchRevision, 404), (NoSuchSentence, 404), (Conflict, 409),
    (NoLedger, 503), (LedgerBusy, 503), (LostLedger, 503), (Busy, 503), (CorruptLedger, 500), (LedgerFull, 507),
)  # fmt: skip


def status_of(error: DatelineError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def as_problem(error: DatelineError) -> dict[str, Any]:
    """The one form that all errors have in the API."""
    return {"code": error.code, "what": error.what, "where": error.where, "remedy": error.remedy}
