"""Runs the service on an address until it is stopped."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import uvicorn
from fastapi import FastAPI

from dateline.service.app import create_app, page_folder
from dateline.service.connections import Impatient
from dateline.service.context import Service
from dateline.service.errors import BusyAddress, NoPage, OpenToAll
from dateline.service.settings import Settings

#: Seconds that answers under way have to finish when the service ends.
_GRACE = 3
#: Seconds that the event loop has to end by itself after everything is closed; then the process is ended.
_LATE = 2.0
#: Python's switch interval: seconds that a thread may go on while another one waits for the interpreter (Python's own
#: value is 5 ms). An answer asks the database about ten times, and each time it may wait so long for a busy thread.
_TURN = 0.0005


def run(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is called with the page's address as soon as the service answers.

    Raises NoPage (DL-S008) where the page was not built, OpenToAll (DL-S007) for another address than this machine's,
    or behind a proxy, while there are no users, and as Ledger.open does.
    """
    if page_folder() is None:
        raise NoPage("The page is not part of this installation.")
    settings = replace(settings, host=host)
    app = create_app(settings)
    service: Service = app.state.service
    if not settings.is_for_this_machine() and not service.people.any():
        service.close()
        raise OpenToAll("Everybody who reaches this address could read and change the ledger.", where=host)
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    sys.setswitchinterval(_TURN)
    # Events are loaded before the first question comes.
    service.keeper.prepare()
    # Objects that were loaded so far stay for good: the garbage collector skips them, since it would delay answers.
    gc.collect()
    gc.freeze()
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{port}/")
    try:
        _Server(served(app)).run(sockets=[listening])
    except KeyboardInterrupt:
        _end_now()
        raise


class _Server(uvicorn.Server):
    """A server that ends its process soon after everything is closed, even if the event loop still waits for a thread.

    Such a thread works on an answer that nobody will get, and cannot be stopped.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything, and end the process after _LATE seconds if it is still running."""
        await super().shutdown(sockets)
        late = threading.Timer(_LATE, os._exit, (128 + signal.SIGINT,))
        late.daemon = True
        late.start()


def _end_now() -> None:
    """End the process where a thread still works on an answer that nobody will get: Python would wait for the thread.
    All that must be closed has been closed before."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if not all(thread.daemon for thread in others):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)


def served(app: FastAPI) -> uvicorn.Config:
    """The settings of uvicorn. It ignores forwarding headers, because proxies.py decides about them."""
    return uvicorn.Config(
        app,
        http=partial(Impatient, line={}),  # type: ignore[arg-type]  # uvicorn calls it as it would a class
        ws="none",
        proxy_headers=False,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        made = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BusyAddress(f"It cannot be used ({error.strerror}).", where=f"{host}:{port}") from None
    made.set_inheritable(True)
    return made
