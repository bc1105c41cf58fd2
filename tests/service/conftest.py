"""A service on a small ledger, asked without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.service.app import create_app
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
