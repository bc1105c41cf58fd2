"""Load by people whom nobody knows: large bodies, slow ones, connections that say nothing, log-ins by the hundred.

Each test attacks a real server over the network.
"""

from __future__ import annotations

import http.client
import json
import resource
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.service import bodies, connections, hashing, people
from dateline.service.limits import Tries
from dateline.service.people import People
from tests.service.conftest import PASSWORD, Server, log_in

API = "/api/v1"
#: Seconds that a busy machine may be late.
_LATE = 8.0


def _sent(server: Server, head: str, body: bytes = b"") -> socket.socket:
    peer = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    peer.sendall(head.replace("\n", "\r\n").encode() + body)
    return peer


def _heard(peer: socket.socket) -> bytes:
    """All that comes until the server ends the connection."""
    heard = b""
    try:
        while piece := peer.recv(65_536):
            heard += piece
    except ConnectionError:
        pass
    return heard


def _post(path: str, length: str) -> str:
    return f"POST {API}{path} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/json\n{length}\n\n"


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize("length", ["Content-Length: 60000000", "Content-Length: " + "9" * 18])
def test_a_log_in_of_60_mb_is_refused_before_it_comes(server: Callable[..., Server], team: str, length: str) -> None:
    heard = _heard(_sent(server(), _post("/session", length), b'{"name": "'))
    assert heard.startswith(b"HTTP/1.1 413") and b"DL-S005" in heard


def test_a_log_in_without_end_is_refused_at_its_limit(server: Callable[..., Server], team: str) -> None:
    peer = _sent(server(), _post("/session", "Transfer-Encoding: chunked"))
    with pytest.raises(ConnectionError):
        for _ in range(2_000):
            peer.sendall(b"7d00\r\n" + b" " * 32_000 + b"\r\n")
    peer.close()


@pytest.mark.parametrize("path", ["/reports", "/uploads", "/judgements", "/users", "/nowhere"])
@pytest.mark.parametrize("length", ["Content-Length: 60000000", "Transfer-Encoding: chunked"])
def test_who_is_nobody_sends_no_large_body(server: Callable[..., Server], team: str, path: str, length: str) -> None:
    heard = _heard(_sent(server(), _post(path, length)))
    assert heard.startswith(b"HTTP/1.1 401") and b"DL-S001" in heard


def test_large_bodies_take_neither_memory_nor_time_from_others(server: Callable[..., Server], team: str) -> None:
    busy = server()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body = b'{"name": "' + b"x" * 60_000_000 + b'"}'

    def attack() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", busy.port, timeout=20)
        try:
            connection.request("POST", f"{API}/session", body, {"Content-Type": "application/json"})
        except ConnectionError:
            return
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as attackers:
        attacks = [attackers.submit(attack) for _ in range(20)]
        waited = []
        while not all(one.done() for one in attacks):
            began = time.monotonic()
            assert busy.get(f"{API}/session").status == 401
            waited.append(time.monotonic() - began)
    assert waited and max(waited) < _LATE
    # Kilobytes; the body of 60 MB is the test's own, and was there before.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_whoever_may_add_files_may_send_large_ones_slowly(
    server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_SECONDS", 1.0)
    here = server(max_upload=100_000)
    csrf = here.get(f"{API}/session").told["csrf"]
    head = _post("/reports", "Content-Length: 50000\nX-CSRF-Token: " + csrf)
    peer = _sent(here, head, b'{"text": "')
    for _ in range(5):
        time.sleep(0.3)
        peer.sendall(b"x" * 9_000)
    peer.sendall(b" " * (50_000 - 45_000 - 10 - 2) + b'"}')
    heard = peer.recv(65_536)
    assert heard.startswith(b"HTTP/1.1 202")


def test_a_body_that_drips_is_left(server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_SECONDS", 0.5)
    here = server()
    began = time.monotonic()
    peer = _sent(here, _post("/session", "Content-Length: 1000"), b"{")
    stopped = threading.Event()

    def drip() -> None:
        while not stopped.wait(0.05):
            try:
                peer.sendall(b" ")
            except OSError:
                return

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    heard = _heard(peer)
    stopped.set()
    assert heard.startswith(b"HTTP/1.1 408") and b"DL-S016" in heard
    assert time.monotonic() - began < 0.5 + _LATE


_UNREADABLE = {
    "bytes": (b"\xff\xfe{", "application/json"),
    "nested": (b"[" * 15_000, "application/json"),
    "a number": (b"1" * 15_000, "application/json"),
    "no parts": (b"--x\r\nnothing", "multipart/form-data; boundary=y"),
    "no boundary": (b"x", "multipart/form-data"),
    "not finite": (b'{"name": NaN, "password": Infinity}', "application/json"),
}


@pytest.mark.parametrize("what", _UNREADABLE)
@pytest.mark.parametrize("path", ["/session", "/judgements", "/reports", "/uploads", "/users", "/tokens"])
def test_a_body_that_cannot_be_read_has_the_answer_that_is_described(client: TestClient, what: str, path: str) -> None:
    body, kind = _UNREADABLE[what]
    answer = client.post(API + path, content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (422, "DL-S010")


# ---------------------------------------------------------------- connections


@pytest.fixture
def impatient(server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(connections, "_HEADERS", 0.5)
    return server()


def test_connections_that_say_nothing_are_ended(impatient: Server) -> None:
    began = time.monotonic()
    peers = [socket.create_connection(("127.0.0.1", impatient.port), timeout=20) for _ in range(300)]
    assert impatient.get(f"{API}/session").status == 200
    assert not any(_heard(peer) for peer in peers)
    assert time.monotonic() - began < 0.5 + _LATE


@pytest.mark.parametrize("first", ["", f"GET {API}/session HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"])
def test_headers_that_drip_are_ended_in_the_first_request_and_in_the_next(impatient: Server, first: str) -> None:
    peer = socket.create_connection(("127.0.0.1", impatient.port), timeout=20)
    peer.sendall(first.encode() + b"GET / HTTP/1.1\r\nX: ")
    began = time.monotonic()
    with pytest.raises(ConnectionError):
        while time.monotonic() - began < 10:
            peer.sendall(b"x")
            time.sleep(0.05)
    assert time.monotonic() - began < 0.5 + _LATE


def test_a_request_that_takes_longer_than_headers_may_is_answered(
    impatient: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = impatient.app.state.service.ledger.revisions
    monkeypatch.setattr(
        impatient.app.state.service.ledger, "revisions", lambda *rest: (time.sleep(1.5), kept(*rest))[1], raising=False
    )
    assert impatient.get(f"{API}/revisions").status == 200


def test_where_very_many_wait_the_longest_waiting_makes_way(
    server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_WAITING", 20)
    here = server()
    began = time.monotonic()
    peers = [socket.create_connection(("127.0.0.1", here.port), timeout=20) for _ in range(50)]
    for _ in range(5):
        assert here.get(f"{API}/session").status == 200
    first = peers[:25]
    assert not any(_heard(peer) for peer in first)
    assert time.monotonic() - began < _LATE


def test_an_answer_that_nobody_takes_in_is_left(
    server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(connections, "_TAKING", 0.5)
    tiles = tmp_path / "large.pmtiles"
    tiles.write_bytes(bytes(60_000_000))
    peer = _sent(server(basemap=tiles), "GET /basemap.pmtiles HTTP/1.1\nHost: 127.0.0.1\n\n")
    time.sleep(0.5 + 2.0)
    assert len(_heard(peer)) < 60_000_000


# ---------------------------------------------------------------- log-ins


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Counts hashes, and how many were made at once."""
    counted = {"all": 0, "now": 0, "most": 0}
    lock = threading.Lock()

    class Counting:
        def verify(self, *_: str) -> None:
            with lock:
                counted["all"] += 1
                counted["now"] += 1
                counted["most"] = max(counted["most"], counted["now"])
            time.sleep(0.05)
            with lock:
                counted["now"] -= 1
            raise people_errors()

    def people_errors() -> Exception:
        from argon2.exceptions import VerifyMismatchError

        return VerifyMismatchError()

    monkeypatch.setattr(people, "_hasher", Counting)
    monkeypatch.setattr(people, "_nobody", lambda: "")
    return counted


def test_of_120_log_ins_at_once_one_is_hashed_at_a_time(
    server: Callable[..., Server], team: str, hashed: dict[str, int]
) -> None:
    here = server(proxies=("127.0.0.1",))

    def attack(n: int) -> int:
        return here.log_in(f"user{n}", "wrong", {"X-Forwarded-For": f"203.0.113.{n}"}).status

    with ThreadPoolExecutor(120) as attackers:
        answers = list(attackers.map(attack, range(120)))
    assert hashed["most"] == 1
    assert set(answers) == {401, 503} and answers.count(401) == hashed["all"] >= hashing._WAITING
    assert here.app.state.service.hashing._line.total() == 0


def test_one_address_does_not_fill_the_line(server: Callable[..., Server], team: str, hashed: dict[str, int]) -> None:
    here = server(proxies=("127.0.0.1",))
    with ThreadPoolExecutor(40) as attackers:
        flood = [
            attackers.submit(here.log_in, f"user{n}", "wrong", {"X-Forwarded-For": "203.0.113.9"}) for n in range(40)
        ]
        other = here.log_in("ann", "wrong", {"X-Forwarded-For": "203.0.113.10"})
        assert other.status == 401
        assert {one.result().status for one in flood} <= {401, 429, 503}


def test_tries_at_once_are_counted_as_tries_one_by_one(
    server: Callable[..., Server], team: str, hashed: dict[str, int]
) -> None:
    here = server()
    for _ in range(5):
        with ThreadPoolExecutor(12) as attackers:
            list(attackers.map(lambda _: here.log_in("ann", "wrong"), range(12)))
    assert hashed["all"] == 5
    # What was refused stands in the audit log once, however often it was tried.
    with Ledger.open(team) as ledger:
        actions = [row["action"] for row in People(ledger).noted()]
    assert actions.count("log-in failed") == 5 and actions.count("log-in refused") == 1


def test_a_network_of_ipv6_is_one_address() -> None:
    tries = Tries(lambda: 0.0)
    for n in range(5):
        tries.failed("ann", f"2001:db8:0:1::{n:x}")
    assert tries.too_many("ann", "2001:db8:0:1:ffff::1") and not tries.too_many("ann", "2001:db8:0:2::1")


def test_a_log_in_takes_one_lane(team: str) -> None:
    with Ledger.open(team) as ledger:
        from sqlalchemy import select

        from dateline.ledger.tables import users

        with ledger.store.reading() as connection:
            hashes = [row.hash for row in connection.execute(select(users.c.hash))]
        assert all("m=65536,t=3,p=1$" in one for one in hashes)
        assert People(ledger).recognised("ann", PASSWORD) is not None


# ---------------------------------------------------------------- tokens, admins


@pytest.mark.parametrize("wild", ["_" * 12, "%" * 12, "%25" * 12, "_" * 64, "", "*", "0" * 12])
def test_no_pattern_drops_tokens(serving: Callable[..., TestClient], team: str, wild: str) -> None:
    client = serving(team)
    log_in(client, "ben")
    for name in ("one", "two", "three"):
        client.post(f"{API}/tokens", json={"name": name})
    assert client.delete(f"{API}/tokens/{wild}").status_code in (404, 405)
    left = client.get(f"{API}/tokens").json()
    assert len(left) == 3
    assert client.delete(f"{API}/tokens/{left[0]['id']}").status_code == 204
    assert len(client.get(f"{API}/tokens").json()) == 2


def test_two_admins_who_demote_each_other_at_once_leave_one(server: Callable[..., Server], team: str) -> None:
    here = server()
    with Ledger.open(team) as ledger:
        People(ledger).add("eve", "admin", PASSWORD)
        tokens = {name: People(ledger).make_token(name, "t") for name in ("ann", "eve")}

    def demote(by: str, whom: str) -> int:
        body = json.dumps({"name": whom, "role": "reader", "password": PASSWORD}).encode()
        headers = {"Authorization": f"Bearer {tokens[by]}", "Content-Type": "application/json"}
        return here.post(f"{API}/users", body, headers).status

    with ThreadPoolExecutor(4) as both:
        answers = [
            both.submit(demote, *pair) for pair in (("ann", "eve"), ("eve", "ann"), ("ann", "ann"), ("eve", "eve"))
        ]
        assert {one.result() for one in answers} <= {204, 401, 403}
    with Ledger.open(team) as ledger:
        assert len(People(ledger).admins()) == 1
