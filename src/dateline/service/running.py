"""Running the service: on an address, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from dateline.service.app import create_app, page_folder
from dateline.service.context import Service
from dateline.service.errors import BusyAddress, NoPage, OpenToAll
from dateline.service.settings import LOOPBACK, Settings


def run(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the page's address once it answers.

    Raises NoPage (DL-S008) where the page was not built, OpenToAll (DL-S007) for another address than this machine's
    while there are no users, and as Ledger.open does.
    """
    if page_folder() is None:
        raise NoPage("The page is not part of this installation.")
    app = create_app(replace(settings, host=host))
    service: Service = app.state.service
    if host not in LOOPBACK and not service.people.any():
        service.close()
        raise OpenToAll("Everybody who reaches this address could read and change the ledger.", where=host)
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    service.keeper.prepare()
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{port}/")
    uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        made = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BusyAddress(f"It cannot be used ({error.strerror}).", where=f"{host}:{port}") from None
    made.set_inheritable(True)
    return made
