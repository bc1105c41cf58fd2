"""Requests that came through a proxy: forged addresses, and the world let in as this machine's own user."""

from __future__ import annotations

import http.client
import http.server
import threading
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.service import running
from dateline.service.errors import OpenToAll
from dateline.service.people import People
from dateline.service.settings import Settings
from tests.service.conftest import PASSWORD, Server

API = "/api/v1"
#: What servers in front add to a request, each by its own habit.
_HABITS: dict[str, dict[str, str]] = {
    "nginx as it comes": {},  # It speaks HTTP/1.0, writes its own address as the host, and adds nothing.
    "nginx as usually set": {"X-Real-IP": "203.0.113.9"},
    "Apache": {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "x.example", "X-Forwarded-Server": "x.example"},
    "Caddy": {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Via": "1.1 Caddy"},
    "RFC 7239": {"Forwarded": "for=203.0.113.9;proto=https"},
    "RFC 9110": {"Via": "1.1 front"},
    "Cloudflare": {"CF-Connecting-IP": "203.0.113.9", "CF-Ray": "x"},
}


@pytest.fixture
def front() -> Iterator[Callable[[int, dict[str, str], bool], int]]:
    """Starts a real proxy before a port, which rewrites the host and adds headers; gives its own port."""
    started: list[http.server.ThreadingHTTPServer] = []

    def start(behind: int, added: dict[str, str], old: bool) -> int:
        class Proxy(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                connection = http.client.HTTPConnection("127.0.0.1", behind, timeout=20)
                if old:
                    connection._http_vsn, connection._http_vsn_str = 10, "HTTP/1.0"  # type: ignore[attr-defined]
                kept = {
                    k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection", *_lower(added))
                }
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                given = {"Host": f"127.0.0.1:{behind}", **kept, **added}
                connection.request(self.command, self.path, body or None, given)
                answer = connection.getresponse()
                sent = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            do_POST = do_GET  # noqa: N815 - as http.server has it

            def log_message(self, *_: object) -> None:
                pass

        started.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy))
        threading.Thread(target=started[-1].serve_forever, daemon=True).start()
        return int(started[-1].server_address[1])

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def _lower(names: dict[str, str]) -> list[str]:
    return [name.lower() for name in names]


@pytest.mark.parametrize("habit", _HABITS)
def test_a_local_proxy_lets_nobody_in_where_there_are_no_users(
    server: Callable[..., Server], front: Callable[[int, dict[str, str], bool], int], habit: str
) -> None:
    open_here = server()
    assert open_here.get(f"{API}/session").status == 200
    port = front(open_here.port, _HABITS[habit], not _HABITS[habit])
    for path in ("/session", "/events", "/export", "/users"):
        answer = Server(port).get(API + path, {"Host": "news.example"})
        assert (answer.status, answer.told["code"]) == (403, "DL-S015"), (path, answer)


def test_a_proxy_that_says_nothing_brings_no_page_that_can_write(
    server: Callable[..., Server], front: Callable[[int, dict[str, str], bool], int]
) -> None:
    """It cannot be told from this machine's browser; but browsers say from which page they write."""
    open_here = server()
    token = open_here.get(f"{API}/session").told["csrf"]
    through = Server(front(open_here.port, {}, False))
    headers = {"X-CSRF-Token": token, "Origin": "https://news.example", "Content-Type": "application/json"}
    answer = through.post(f"{API}/reports", b'{"text": "A bomb killed two."}', headers)
    assert (answer.status, answer.told["code"]) == (403, "DL-S003")


def test_with_a_trusted_proxy_nobody_comes_in_without_a_log_in(server: Callable[..., Server], address: str) -> None:
    behind = server(proxies=("127.0.0.1/32",))
    for headers in ({}, {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "127.0.0.1"}):
        assert behind.get(f"{API}/events", headers).status == 401


def test_forged_addresses_do_not_lift_the_limit_of_log_ins(server: Callable[..., Server], team: str) -> None:
    with_users = server()
    for n in range(8):
        told = with_users.log_in("ann", "wrong", {"X-Forwarded-For": f"203.0.113.{n}"})
        assert (told.status, told.told["code"]) == (403, "DL-S015")
        with_users.log_in("ann", "wrong")
    assert with_users.log_in("ann", PASSWORD).status == 429
    assert _addresses(team) == {"127.0.0.1"}


def test_behind_a_trusted_proxy_the_last_strange_address_counts(server: Callable[..., Server], team: str) -> None:
    behind = server(proxies=("127.0.0.0/8", "10.0.0.0/24"))
    for n in range(8):
        # What the attacker writes stands first; what the two proxies saw stands last.
        behind.log_in("ann", "wrong", {"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9, 10.0.0.7"})
    assert behind.log_in("ann", PASSWORD, {"X-Forwarded-For": "1.2.3.4, 203.0.113.9"}).status == 429
    assert behind.log_in("ann", PASSWORD, {"X-Forwarded-For": "203.0.113.10"}).status == 200
    assert _addresses(team) == {"203.0.113.9", "203.0.113.10"}
    broken = behind.log_in("ann", PASSWORD, {"X-Forwarded-For": "127.0.0.1, <b>"})
    assert (broken.status, broken.told["code"]) == (403, "DL-S015")


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.5", "127.0.0.5"),
    ],
)
def test_addresses_are_read_in_all_their_forms(
    serving: Callable[..., TestClient], team: str, told: str, noted: str
) -> None:
    client = serving(proxies=("127.0.0.0/8",))
    client.post(f"{API}/session", json={"name": "ann", "password": "wrong"}, headers={"X-Forwarded-For": told})
    assert _addresses(team) == {noted}


def test_https_before_the_proxy_makes_the_cookie_secure(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(proxies=("127.0.0.1",))
    body = {"name": "ann", "password": PASSWORD}
    for scheme, secure in (("https", True), ("http", False), ("gopher", False)):
        answer = client.post(f"{API}/session", json=body, headers={"X-Forwarded-Proto": scheme})
        assert ("Secure" in answer.headers["set-cookie"]) == secure


def test_a_proxy_is_named_by_the_command_line_and_needs_users(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "page_folder", lambda: ".")
    with pytest.raises(OpenToAll):
        running.run(Settings(address, proxies=("127.0.0.1",)), "127.0.0.1", 0, lambda _: None)
    serve = ["serve", "--ledger", address, "--trusted-proxy", "127.0.0.1"]
    assert isinstance(CliRunner().invoke(cli, serve).exception, OpenToAll)
    assert CliRunner().invoke(cli, [*serve[:-1], "proxy.example"]).exit_code == 2


def _addresses(ledger: str) -> set[str]:
    with Ledger.open(ledger) as opened:
        return {row["address"] for row in People(opened).noted()}
