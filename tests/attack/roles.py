"""Every operation of the API, asked by nobody, a reader, a reviewer: none does what its role may not."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator

from benchmarks.world import World
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.service.app import create_app
from dateline.service.people import People
from dateline.service.settings import Settings
from tests.attack.budget import Budget, Result

_PASSWORD = "correct horse battery"
#: Asked without a log-in: to log in, and what the API can do.
_OPEN = {"POST /api/v1/session", "GET /api/v1/openapi.json"}
#: Reading alone, with a body; and what everybody may do with what is their own.
_READING = {"POST /api/v1/session", "DELETE /api/v1/session"}
_OWN = re.compile(r"/api/v1/(tokens|session)\b")
#: For admins alone.
_ADMIN = re.compile(r"/api/v1/(users|audit)\b")


def roles(budget: Budget) -> Result:
    """All operations that the service describes, by all who may not call them."""
    result = Result()
    with _served() as (client, tokens):
        operations = [
            (method.upper(), path)
            for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items()
            for method in methods
            if method in ("get", "post", "put", "patch", "delete")
        ]
        for method, path in operations:
            for who, token in tokens.items():
                _ask(result, client, method, path, who, token)
    result.note = f"{len(operations)} operations"
    return result


def _ask(result: Result, client: TestClient, method: str, path: str, who: str, token: str) -> None:
    full = path if path.startswith("/api") else f"/api/v1{path}"
    url = re.sub(r"\{[^}]*\}", "x", full)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.request(method, url, json={} if method in ("POST", "PUT", "PATCH") else None, headers=headers)
    wanted = _wanted(who, f"{method} {full}", full)
    if answer.status_code >= 500 or wanted is not None:
        result.expect(answer.status_code == wanted, f"{who}: {method} {url} gave {answer.status_code}, not {wanted}")


def _wanted(who: str, operation: str, path: str) -> int | None:
    """The status that refuses an operation; None where it may be done, or is refused for what it says."""
    if operation in _OPEN:
        return None
    if who == "nobody":
        return 401
    if _ADMIN.match(path):
        return 403
    is_own = operation.startswith("GET ") or operation in _READING or _OWN.match(path) is not None
    return 403 if who == "reader" and not is_own else None


@contextlib.contextmanager
def _served() -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A service with users, and a token of each role."""
    with tempfile.TemporaryDirectory(prefix="dateline-roles-") as folder:
        address = f"{folder}/ledger.sqlite"
        with Ledger.open(address, create=True) as ledger:
            ledger.add(World(seed=5, events_a_day=8).codings(20))
            people = People(ledger)
            tokens = {"nobody": ""}
            for name, role in (("ann", "admin"), ("ben", "reviewer"), ("rea", "reader")):
                people.add(name, role, _PASSWORD)
                tokens[role] = people.make_token(name, "attack")
        tokens.pop("admin")
        app = create_app(Settings(address, by="ann", separate=False))
        with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)) as client:
            yield client, tokens
