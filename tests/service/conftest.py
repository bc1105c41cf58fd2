"""A service on a small ledger, asked without a network."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.service.app import create_app
from dateline.service.people import People
from dateline.service.running import served
from dateline.service.settings import Settings
from tests.ledger.conftest import codings, world  # noqa: F401  fixtures

PASSWORD = "correct horse battery"


@pytest.fixture
def address(tmp_path: Path, codings: list[Coding]) -> str:  # noqa: F811
    """A ledger with a bombing that two reports tell of, an attack, and one without day and place."""
    found = str(tmp_path / "ledger.sqlite")
    with Ledger.open(found, create=True, by="ann") as ledger:
        ledger.add(codings)
    return found


@pytest.fixture
def serving(address: str) -> Iterator[Callable[..., TestClient]]:
    """Serves a ledger; the client sends the CSRF token where nobody logs in."""
    clients: list[TestClient] = []

    def serve(ledger: str = address, **settings: object) -> TestClient:
        app = create_app(Settings(ledger, by="ann", separate=False, **settings))  # type: ignore[arg-type]
        client = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))
        client.__enter__()
        clients.append(client)
        session = client.get("/api/v1/session")
        if session.status_code == 200:
            client.headers["X-CSRF-Token"] = session.json()["csrf"]
        return client

    yield serve
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serving: Callable[..., TestClient]) -> TestClient:
    return serving()


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> None:
    """Log somebody in, as the page does."""
    answer = client.post("/api/v1/session", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]


@pytest.fixture
def team(address: str) -> str:
    """The ledger with an admin, a reviewer and a reader."""
    with Ledger.open(address) as ledger:
        people = People(ledger)
        for name, role in (("ann", "admin"), ("ben", "reviewer"), ("rea", "reader")):
            people.add(name, role, PASSWORD)
    return address


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def told(self) -> dict[str, Any]:
        """The body, which is JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Server:
    """A real server, asked over the network."""

    port: int
    app: Any = field(default=None, repr=False)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """Ask for something."""
        return self.ask("GET", path, None, headers or {})

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        """Send something."""
        return self.ask("POST", path, body, headers or {})

    def log_in(self, name: str, password: str, headers: dict[str, str] | None = None) -> Answer:
        """Try to log in."""
        body = json.dumps({"name": name, "password": password}).encode()
        return self.post("/api/v1/session", body, {"Content-Type": "application/json", **(headers or {})})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), dict(answer.headers))
        finally:
            connection.close()


@pytest.fixture
def server(address: str) -> Iterator[Callable[..., Server]]:
    """Starts a real server on the ledger, as `dateline serve` does."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(**settings: Any) -> Server:
        app = create_app(Settings(address, by="ann", separate=False, **settings))
        config = served(app)
        config.port = 0
        started = uvicorn.Server(config)
        thread = threading.Thread(target=started.run, daemon=True)
        thread.start()
        running.append((started, thread))
        while not started.started:
            assert thread.is_alive()
            time.sleep(0.01)
        return Server(started.servers[0].sockets[0].getsockname()[1], app)

    yield start
    for started, thread in running:
        started.should_exit = True
        thread.join(timeout=20)
