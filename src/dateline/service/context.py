"""What every request needs: the ledger, its users and the one who asks; and answers with an ETag, which are not sent
twice."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sys
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from dateline.ledger import Ledger
from dateline.ledger.access import Level, Right
from dateline.ledger.rolling import today
from dateline.service.bodies import ANYBODY
from dateline.service.errors import Forged, NotAllowed, NotLoggedIn
from dateline.service.exploring import Keeper
from dateline.service.hashing import Hashing
from dateline.service.holding import Holding
from dateline.service.jobs import Jobs
from dateline.service.limits import Tries
from dateline.service.people import ROLES, People, Role, User
from dateline.service.reasons import Recoder
from dateline.service.settings import Settings
from dateline.version import VERSION

API = "/api/v1"
COOKIE = "dateline_session"
#: The most bytes that a user who is logged in may send; and the paths at which more may come: the text of a report, and
#: files (limited by Settings.max_upload).
_MUCH, _LARGE = 1_000_000, {"/reports": 20_000_000, "/uploads": sys.maxsize}
#: The largest number of a row or a revision: a signed 32-bit integer, as databases hold it.
_LARGEST = 2**31 - 1
Number = Annotated[int, Query(ge=0, le=_LARGEST)]
#: The most restricted level of reports that each role may read (dateline.ledger.access), and how many views of the
#: ledger are kept.
_READS: dict[Role, Level] = {"reader": "open", "reviewer": "team", "admin": "sealed"}
_VIEWS = 8
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


@dataclass(slots=True)
class Service:
    """One ledger being served. `secret`, of which the CSRF tokens are made, is new with every start."""

    settings: Settings
    ledger: Ledger
    people: People
    keeper: Keeper
    jobs: Jobs
    holding: Holding
    recoder: Recoder = field(default_factory=Recoder)
    tries: Tries = field(default_factory=Tries)
    hashing: Hashing = field(default_factory=Hashing)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _views: OrderedDict[tuple[Right, frozenset[str]], Service] = field(default_factory=OrderedDict)
    _views_lock: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def of(settings: Settings) -> Service:
        """Open the ledger. Raises as Ledger.open does."""
        ledger = Ledger.open(settings.ledger, create=True, by=settings.by)
        jobs = Jobs(ledger, settings.separate, settings.time_limit)
        return Service(settings, ledger, People(ledger), Keeper(ledger), jobs, Holding(ledger.store))

    def seen_by(self, user: User) -> Service:
        """The service as a user sees it: without the words of reports that the user may not read."""
        right = Right(_READS[user.role], user.name)
        hidden = self.ledger.seen_by(right).hidden()
        if not hidden:
            return self
        with self._views_lock:
            found = self._views.get((right, hidden))
            if found is None:
                ledger = self.ledger.seen_by(right)
                found = self._views[right, hidden] = replace(self, ledger=ledger, keeper=Keeper(ledger))
                while len(self._views) > _VIEWS:
                    self._views.popitem(last=False)
            return found

    def asks_nobody(self) -> bool:
        """Is everybody let in without a log-in? Only where no other machine can connect and the ledger has no users."""
        return self.settings.is_for_this_machine() and not self.people.any()

    def close(self) -> None:
        """Finish the work under way and close the ledger."""
        self.jobs.close()
        self.hashing.close()
        self.ledger.close()
        self.holding.close()

    def csrf(self, session: str) -> str:
        """The CSRF token that belongs to a session."""
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()


def service_of(request: Request) -> Service:
    """The service that the request came to."""
    found: Service = request.app.state.service
    return found


async def _serving(request: Request) -> Service:
    # It is async although it awaits nothing: FastAPI runs functions that are not async in a thread, which costs time.
    return service_of(request)


Serving = Annotated[Service, Depends(_serving)]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and from which address. `csrf` is the CSRF token that they must send; None where they use an API token,
    which needs none."""

    user: User
    address: str
    login: bool
    csrf: str | None


def asker_of(request: Request, service: Serving) -> Asker:
    """Who asks. Raises NotLoggedIn (DL-S001), and Forged (DL-S003) where the request may come from another site."""
    address = request.client.host if request.client else ""
    try:
        asker = _by_token(request, service, address) or _by_cookie(request, service, address)
    except NotLoggedIn:
        # Asked last, because most requests come from somebody who is logged in, and each question costs time.
        if not service.asks_nobody():
            raise
        asker = Asker(User(service.ledger.by, "admin"), address, False, service.csrf(""))
    if request.method not in _SAFE and asker.csrf is not None:
        sent = request.headers.get("x-csrf-token", "")
        if not hmac.compare_digest(sent.encode(), asker.csrf.encode()):
            raise Forged("The request does not carry this session's CSRF token.")
    return asker


def _by_token(request: Request, service: Service, address: str) -> Asker | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        # Feed readers can only send a name and a password: the password is the token.
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:  # No base64, letters that are none of ASCII, or no UTF-8 behind it.
            given = ""
    elif scheme.lower() != "bearer":
        return None
    user = service.people.behind("token", given)
    if user is None:
        raise NotLoggedIn("The token is not known.")
    return Asker(user, address, True, None)


def _by_cookie(request: Request, service: Service, address: str) -> Asker:
    session = request.cookies.get(COOKIE)
    user = service.people.behind("session", session) if session else None
    if session is None or user is None:
        raise NotLoggedIn("Nobody is logged in.")
    return Asker(user, address, True, service.csrf(session))


def _reading(service: Serving, asker: Annotated[Asker, Depends(asker_of)]) -> Service:
    return service.seen_by(asker.user)


#: The service as the user who asks may see it.
Reading = Annotated[Service, Depends(_reading)]


def _at_least(role: Role) -> Callable[[Asker], Awaitable[Asker]]:
    async def check(asker: Annotated[Asker, Depends(asker_of)]) -> Asker:
        if ROLES.index(asker.user.role) < ROLES.index(role):
            raise NotAllowed(f"{asker.user.name} is a {asker.user.role}; this takes a {role}.")
        return asker

    return check


def may_send(request: Request) -> int:
    """How many bytes may come with a request. A log-in may have few, whoever sends it; a user who may add files may
    send as many as the settings allow. Raises as asker_of does."""
    service = service_of(request)
    path = request.url.path.removeprefix(API)
    if path == "/session":
        return ANYBODY
    asker = asker_of(request, service)
    if path not in _LARGE or asker.user.role == "reader":
        return _MUCH
    return min(service.settings.max_upload, _LARGE[path])


Reader = Annotated[Asker, Depends(_at_least("reader"))]
Reviewer = Annotated[Asker, Depends(_at_least("reviewer"))]
Admin = Annotated[Asker, Depends(_at_least("admin"))]


def answered(request: Request, service: Service, revision: int, make: Callable[[], Any]) -> Response:
    """Answer with JSON data that depend only on the revision and the question. The answer has an ETag, and the data are
    made only where the client does not have them yet."""
    return unless_known(request, service, revision, lambda: JSONResponse(make()))


def unless_known(request: Request, service: Service, revision: int, make: Callable[[], Response]) -> Response:
    """As `answered`, for an answer of any kind."""
    # The ETag holds today's date: a range that moves with the calendar ("the last 7 days") is different tomorrow.
    asked = f"{request.url.path}?{request.url.query}"
    told = f"{today()}\n{VERSION}\n{service.ledger.store.name}\n{service.ledger.right}\n{revision}\n{asked}"
    tag = f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    given = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in given:
        return Response(status_code=304, headers=headers)
    answer = make()
    answer.headers.update(headers)
    return answer
