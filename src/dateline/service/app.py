"""The application: routes, errors in one form, headers that keep harmful text from being run, and the built page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from dateline.model.errors import DatelineError
from dateline.service.bodies import Bodies
from dateline.service.context import API, Service, may_send
from dateline.service.errors import (
    BadRequest,
    Forged,
    NotFound,
    SlowBody,
    TooLarge,
    UntrustedProxy,
    as_problem,
    status_of,
)
from dateline.service.proxies import look_behind, through_proxy
from dateline.service.routes import about, coders, editions, events, people, profiles, reports, review, session
from dateline.service.settings import LOOPBACK, Settings
from dateline.service.shapes.shape import Problem
from dateline.version import VERSION

_ROUTES = (session, events, review, coders, reports, editions, about, people, profiles)
#: The addresses of the page. All give the same file, and the page shows what the address asks for.
_PAGES = (
    "/", "/event/{event}", "/actor/{key:path}", "/place/{key:path}", "/review", "/compare", "/add", "/login", "/team",
)  # fmt: skip
#: The Content-Security-Policy. It sees to it that nothing in a report's text is ever run: it allows no script but our
#: own files, no frame, no form and no other host.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def page_folder() -> Path | None:
    """The folder of the built page; None where the page was not built."""
    folder = Path(str(resources.files("dateline.service"))) / "page"
    return folder if (folder / "index.html").exists() else None


def create_app(settings: Settings) -> FastAPI:
    """The application for a ledger. Raises as Ledger.open does."""
    service = Service.of(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(
        title="dateline",
        version=VERSION,
        description="A ledger of events, each value with the words that say it.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses={code: {"model": Problem} for code in (401, 403, 404, 408, 409, 413, 422, 429, 503)},
    )
    app.state.service = service
    for module in _ROUTES:
        app.include_router(module.router, prefix=API)
    _handle_errors(app)
    _serve_page(app, settings)
    app.add_middleware(Bodies, allowed=may_send)
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    app.middleware("http")(_guard(service))
    return app


def _guard(service: Service) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            look_behind(request, service.settings.proxies)
            stranger = _stranger(request)
            if stranger is not None and service.asks_nobody():
                raise stranger
            if request.method == "POST" and request.url.path == f"{API}/session" and request.client:
                # This check comes before all other work: people who guess passwords send hundreds of requests.
                service.hashing.check(request.client.host)
            response = await call_next(request)
        except DatelineError as error:
            response = _problem(error, ends=True)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith("/assets/"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    return guarded


def _stranger(request: Request) -> DatelineError | None:
    """Check that a request comes from this machine; gives an error where it may not, and None where it does.

    While the ledger has no users, requests from this machine are let in without a log-in.
    """
    # Refuse a host name that is not ours (DNS rebinding), and a page of another site (Origin).
    for name, given in (("host", f"//{request.headers.get('host', '')}"), ("origin", request.headers.get("origin"))):
        if given is not None and (host := _host(given)) not in LOOPBACK:
            return Forged(f"This {name} is not ours.", where=host)
    if sign := through_proxy(request):
        return UntrustedProxy(f"It came through a proxy ({sign}), and the ledger has no users.")
    return None


def _host(address: str) -> str:
    """The host name in an address, without the port; "" where the address is not valid."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _problem(error: DatelineError, ends: bool = False) -> JSONResponse:
    """An error as an HTTP answer. With `ends`, the connection is closed after it: where a request is refused before
    its body was read, the service does not wait for the rest of the body."""
    ends = ends or isinstance(error, TooLarge | SlowBody)
    return JSONResponse(as_problem(error), status_of(error), {"Connection": "close"} if ends else None)


def _wants_page(request: Request) -> bool:
    """Does the request come from a person's browser, for an address that could be one of the page's?"""
    own = request.url.path.startswith((f"{API}/", "/assets/", "/basemap"))
    return request.method == "GET" and not own and "text/html" in request.headers.get("accept", "")


def _handle_errors(app: FastAPI) -> None:
    folder = page_folder()

    @app.exception_handler(DatelineError)
    async def ours(_: Request, error: DatelineError) -> Response:
        return _problem(error)

    @app.exception_handler(RequestValidationError)
    async def misfit(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return _problem(BadRequest(f"{first['msg']}.", where=".".join(str(part) for part in first["loc"])))

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, DatelineError):
            return _problem(error.__cause__)
        if error.status_code == 404 and folder is not None and _wants_page(request):
            # The page itself tells the person that there is nothing at the address, and offers links.
            return FileResponse(folder / "index.html", 404, headers={"Cache-Control": "no-cache"})
        if error.status_code == 404:
            return _problem(NotFound("There is nothing here.", where=request.url.path))
        body: dict[str, Any] = as_problem(BadRequest(f"{error.detail}.", where=request.url.path))
        # A body that cannot be parsed (400) gets the same status as a body that lacks a field (422).
        status = 422 if error.status_code == 400 else error.status_code
        return JSONResponse(body, status, headers=error.headers)


def _serve_page(app: FastAPI, settings: Settings) -> None:
    folder = page_folder()
    if folder is not None:
        index = folder / "index.html"

        def page() -> FileResponse:
            return FileResponse(index, headers={"Cache-Control": "no-cache"})

        for address in _PAGES:
            app.add_api_route(address, page, methods=["GET"], include_in_schema=False)
        app.mount("/assets", StaticFiles(directory=folder / "assets"), name="assets")
    if settings.basemap is not None:
        basemap = settings.basemap

        def tiles() -> FileResponse:
            return FileResponse(basemap, media_type="application/octet-stream")

        app.add_api_route("/basemap.pmtiles", tiles, methods=["GET", "HEAD"], include_in_schema=False)
