"""Hostile input: markup in every field, forged requests, other hosts, private addresses, bombs, formulas."""

from __future__ import annotations

import csv
import http.server
import io
import ipaddress
import json
import random
import re
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.model import RejectedReport
from dateline.model.knowledge import load
from dateline.readers import archive, reports_of
from dateline.service import dialling, fetching
from dateline.service.errors import BadAddress
from dateline.service.networks import is_public
from tests.ledger.conftest import coded

API = "/api/v1"
# After OWASP's and PortSwigger's cheat sheets: what breaks out of text, attributes, URLs, scripts, XML and sheets.
XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</title><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "]]><script>alert(1)</script>",
    "<math><mtext></mtext><script>alert(1)</script>",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202e<b>evil</b>\u202c",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, serving: Callable[..., TestClient]) -> TestClient:
    """A service on reports that have such markup in every field."""
    from dataclasses import replace

    address = str(tmp_path / "hostile.sqlite")
    with Ledger.open(address, create=True, by="<b>ann</b>") as ledger:
        for n, words in enumerate(XSS):
            text = f"Gunmen killed {n + 2} people in Mosul on Tuesday, {words} spokesman Ali {words} said. {words}"
            coding = coded(f"{words}#{n}", text)
            ledger.add([replace(coding, report=replace(coding.report, title=words, publisher=words))], note=words)
        event = ledger.events(limit=1).events[0].id
        ledger.judge("unsure", event, XSS[0])
        ledger.judge("correct", event, XSS[1], field="where", value=[{"name": XSS[2]}])
    return serving(address)


def test_every_answer_is_data_that_no_browser_runs(hostile: TestClient) -> None:
    event = hostile.get(f"{API}/events?limit=1").json()["events"][0]["id"]
    paths = ("/explore", "/events", f"/events/{event}", f"/events/{event}/evidence", "/revisions", "/feeds/events.json")
    for path in paths:
        answer = hostile.get(API + path)
        assert answer.status_code == 200
        assert "json" in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy
        assert "unsafe" not in policy and "*" not in policy
        answer.json()
    atom = hostile.get(f"{API}/feeds/events.atom")
    allowed = {"feed", "title", "id", "updated", "link", "author", "name", "entry", "summary"}
    assert {element.tag.split("}")[1] for element in ET.fromstring(atom.content).iter()} <= allowed


def test_texts_come_back_whole(hostile: TestClient) -> None:
    for event in hostile.get(f"{API}/events?limit=100").json()["events"]:
        for report in hostile.get(f"{API}/events/{event['id']}/evidence").json():
            assert report["title"] in XSS
            assert report["text"].endswith(report["title"])


def test_no_cell_of_an_export_is_a_formula(hostile: TestClient) -> None:
    data = hostile.get(f"{API}/export?reviewed=all").content
    with zipfile.ZipFile(io.BytesIO(data)) as edition:
        for name in ("events.csv", "figures.csv", "sources.csv", "codebook.csv"):
            cells = [c for row in csv.reader(io.StringIO(edition.read(name).decode())) for c in row]
            assert not [c for c in cells if re.match(r"[=+@\t\r]|-(?![\d.])", c)]


def test_the_page_has_no_inline_script_or_style(client: TestClient) -> None:
    answer = client.get("/")
    if answer.status_code == 404:
        pytest.skip("the page is not built")
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=", answer.text)
    assert client.get("/event/e-1").text == client.get("/review").text == answer.text


# ---------------------------------------------------------------- requests from elsewhere


def test_another_site_cannot_write(client: TestClient) -> None:
    body = {"kind": "accept", "event": client.get(f"{API}/events").json()["events"][0]["id"]}
    for token in ("", "0" * 64, "é"):
        answer = client.post(f"{API}/judgements", json=body, headers={"X-CSRF-Token": token.encode()})
        assert (answer.status_code, answer.json()["code"]) == (403, "DL-S003")
    assert client.get(f"{API}/explore").json()["newest"] == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80"])
def test_no_other_name_leads_to_a_page_without_users(client: TestClient, host: str) -> None:
    answer = client.get(f"{API}/session", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "DL-S003")


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost", "LOCALHOST:1", "[::1]:8642", "[::1]"])
def test_this_machine_leads_to_it_under_all_its_names(client: TestClient, host: str) -> None:
    assert client.get(f"{API}/session", headers={"Host": host}).status_code == 200


def test_no_other_site_may_read(client: TestClient) -> None:
    answer = client.options(
        f"{API}/session", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    )
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/assets/../index.html", "/assets/%2e%2e/app.py", "/assets/..%2f..%2fapp.py"])
def test_files_outside_the_page_are_not_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "create_app" not in answer.text
    assert answer.status_code in (404, 405) or "<div id=" in answer.text


def test_too_large_a_body_is_refused_whatever_it_says_of_its_length(serving: Callable[..., TestClient]) -> None:
    client = serving(max_upload=10_000)
    told = client.post(f"{API}/uploads", files=[("files", ("a.txt", b"x" * 20_000))])
    assert (told.status_code, told.json()["code"]) == (413, "DL-S005")

    def pieces() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(40):
            yield b"x" * 1_000
        yield b'"}'

    untold = client.post(f"{API}/reports", content=pieces(), headers={"Content-Type": "application/json"})
    assert (untold.status_code, untold.json()["code"]) == (413, "DL-S005")


# ---------------------------------------------------------------- archives


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def test_bombs_are_refused_and_the_rest_of_the_archive_is_read() -> None:
    data = _zip({"bomb.txt": b"0" * 30_000_000, "good.txt": b"A bomb killed two people in Kabul."})
    found = list(reports_of(data, "news.zip"))
    assert [getattr(one, "code", None) for one in found] == ["DL-R009", None]


def test_an_archive_of_too_much_or_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    (one,) = reports_of(_zip({"a.txt": b"x" * 101}), "a.zip")
    assert isinstance(one, RejectedReport) and one.code == "DL-R009"
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    (one,) = reports_of(_zip({f"{n}.txt": b"x" for n in range(3)}), "a.zip")
    assert isinstance(one, RejectedReport) and "3 files" in one.what


def test_archives_in_archives_are_not_opened() -> None:
    (one,) = reports_of(_zip({"inner.zip": _zip({"a.txt": b"A bomb killed two."})}), "a.zip")
    assert isinstance(one, RejectedReport) and one.code == "DL-R011"


@pytest.mark.parametrize("cut", [10, 50, 90])
def test_a_truncated_archive_says_so(cut: int) -> None:
    whole = _zip({"a.txt": b"A bomb killed two people in Kabul on Monday." * 5})
    (one,) = reports_of(whole[: len(whole) * cut // 100], "a.zip")
    assert isinstance(one, RejectedReport) and one.code == "DL-R009"


# ---------------------------------------------------------------- fetching


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "not an address", "", "127.1", "0x7f.1",
        # Forms and blocks of which an older Python, or an older list, says that they are global.
        "::7f00:1", "::127.0.0.1", "fec0::1", "64:ff9b:1::a00:1", "192.0.0.9", "192.0.0.100", "192.88.99.1",
        "2002:808:808::", "2001::1", "2001:1::1", "2001:20::1", "3fff::1", "5f00::1", "100::1",
        "100:0:0:1::1", "fe80::5efe:10.0.0.1", "2620:4f:8000::1", "168.63.129.16", "198.19.255.255", "240.0.0.1",
        "::ffff:0:10.0.0.1", "2606:4700::1%1", "4000::1",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_what_this_python_calls_global_is_refused_only_for_a_reason() -> None:
    """Every IPv4 block that Python calls private is refused here, too; and so is the edge of each listed block."""
    listed = load("dateline.service", "networks.yaml", dict[str, Any])
    for block in (*listed["ipv4"], *listed["ipv6"], "10.0.0.0/8", "fc00::/7", "fe80::/10"):
        network = ipaddress.ip_network(block)
        assert not is_public(str(network[0])) and not is_public(str(network[-1]))
    dice = random.Random(23)
    for _ in range(20_000):
        address = ipaddress.IPv4Address(dice.getrandbits(32))
        assert address.is_global or not is_public(str(address)), address
        wide = ipaddress.IPv6Address(dice.getrandbits(128))
        assert wide.is_global or not is_public(str(wide)), wide


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "http://", "http:///x", "//example.com",
        "http://user:pass@example.com/", "http://example.com:22/", "http://example.com:99999/", "http://[::1]/",
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://exa mple.com/",
        "http://example.com/\r\nHost: evil", "data:text/html,x", "http://no-such-host.invalid/",
    ],
)  # fmt: skip
def test_other_addresses_are_not_fetched(url: str) -> None:
    with pytest.raises(BadAddress):
        fetching.fetch(url)


_STORY = (
    b"<html><body><article><p>A bomb killed two people in Kabul on Tuesday, the interior ministry said.</p>"
    b"<p>Officials said that the device had been hidden under a bridge in the west of the city, and that nobody "
    b"had yet claimed responsibility for it.</p></article></body></html>"
)


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = "text/html; charset=utf-8", _STORY
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        if self.path == "/large":
            body = b"x" * 2_000
        if self.path == "/picture":
            kind = "image/png"
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine that stands for one of the open internet, under one name only."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    real = socket.getaddrinfo

    def resolved(host: str, *rest: Any, **named: Any) -> Any:
        if host == "site.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    monkeypatch.setattr(dialling, "port_of", lambda parts: port)
    yield "http://site.example"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched(site: str) -> None:
    found = fetching.fetch(f"{site}/story")
    assert (found.url, found.suffix) == (f"{site}/story", ".html")
    assert b"Kabul" in found.data
    assert fetching.fetch(f"{site}/to//story").url == f"{site}/story"


@pytest.mark.parametrize(
    "path",
    [
        "/gone",
        "/picture",
        "/to/file:///etc/passwd",
        "/to/http://10.0.0.1/",
        "/to/ftp://x/",
        "/to/http://[x",
        "/to///[::1",
    ],
)
def test_what_is_no_page_or_leads_inside_is_refused(site: str, path: str) -> None:
    with pytest.raises(BadAddress):
        fetching.fetch(site + path)


def test_size_redirects_and_time_are_limited(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadAddress, match="redirects more than"):
        fetching.fetch(f"{site}/to/" * 1 + "/to/" * 8 + "/story")
    monkeypatch.setattr(dialling, "MAX_BYTES", 1_000)
    with pytest.raises(BadAddress, match="larger than"):
        fetching.fetch(f"{site}/large")
    monkeypatch.setattr(fetching, "_SECONDS", 0.0)
    with pytest.raises(BadAddress, match="too slow"):
        fetching.fetch(f"{site}/story")


def test_a_fetched_page_becomes_a_report_by_its_address(site: str, client: TestClient) -> None:
    import time

    job = client.post(f"{API}/reports", json={"url": f"{site}/story", "published": "2024-05-15"}).json()
    while job["state"] not in ("done", "failed"):
        time.sleep(0.05)
        job = client.get(f"{API}/jobs/{job['id']}").json()
    assert job["state"] == "done", json.dumps(job)
    uris = {a["report_uri"] for e in client.get(f"{API}/events").json()["events"] for a in e["accounts"]}
    assert f"{site}/story" in uris
