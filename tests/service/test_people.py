"""Users: roles, log-in, sessions, tokens, limits, the audit log; on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.service import running
from dateline.service.errors import BadUser, LastAdmin, OpenToAll
from dateline.service.limits import Tries
from dateline.service.people import People
from dateline.service.settings import Settings
from tests.ledger.conftest import postgres_server, postgres_url, url  # noqa: F401  fixtures
from tests.service.conftest import PASSWORD, log_in

API = "/api/v1"


def test_users_sessions_and_tokens(url: str) -> None:  # noqa: F811
    now = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    with Ledger.open(url, create=True, by="ann") as ledger:
        people = People(ledger, lambda: now)
        assert not people.any()
        assert people.add("ada", "reader", PASSWORD) == "admin"
        assert people.add("ben", "reviewer", PASSWORD) == "reviewer"
        assert people.any() and people.all()[1]["role"] == "reviewer"
        user = people.recognised("ben", PASSWORD)
        assert user is not None and user.role == "reviewer"
        assert people.recognised("ben", PASSWORD + "x") is None
        assert people.recognised("nobody", PASSWORD) is None
        session, token = people.open_session(user), people.make_token("ben", "feeds")
        assert people.behind("session", session) == people.behind("token", token) == user
        assert people.behind("token", session) is None
        with ledger.store.reading() as connection:
            from sqlalchemy import text

            kept = str(connection.execute(text("SELECT * FROM keys")).all() + connection.execute(
                text("SELECT * FROM users")).all())  # fmt: skip
        assert session not in kept and token not in kept and PASSWORD not in kept and "$argon2id$" in kept
        now += dt.timedelta(hours=13)
        assert people.behind("session", session) is None
        assert people.behind("token", token) == user
        assert people.drop_token("ben", people.tokens("ben")[0]["id"])
        assert people.behind("token", token) is None
        session = people.open_session(user)
        people.add("ben", "reader", PASSWORD + "2")
        assert people.behind("session", session) is None
        people.note("ben", "127.0.0.1", "log-in")
        people.note("ben", "127.0.0.1", "accept", "e-1")
        assert [row["action"] for row in people.noted()] == ["accept", "log-in"]
        people.remove("ben")
        people.remove("ada")
        assert not people.any()
        for bad in (("", "reader", PASSWORD), ("ben", "owner", PASSWORD), ("ben", "reader", "short")):
            with pytest.raises(BadUser):
                people.add(*bad)


def test_where_there_are_users_nobody_is_let_in_without_a_log_in(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(team)
    for path in ("/session", "/events", "/explore", "/export", "/feeds/events.atom", "/users", "/reports/x"):
        assert client.get(API + path).status_code == 401
    assert client.post(f"{API}/judgements", json={"kind": "accept", "event": "x"}).status_code == 401
    # With users, the page may be reached under any name.
    assert client.get("/api/v1/openapi.json", headers={"Host": "ledger.example"}).status_code == 200


def test_each_role_may_do_what_it_says(serving: Callable[..., TestClient], team: str) -> None:
    allowed = {"rea": 0, "ben": 1, "ann": 2}
    for name, level in allowed.items():
        client = serving(team)
        log_in(client, name)
        event = client.get(f"{API}/events").json()["events"][0]["id"]
        assert client.get(f"{API}/session").json()["role"] == ("reader", "reviewer", "admin")[level]
        judged = client.post(f"{API}/judgements", json={"kind": "unsure", "event": event}).status_code
        assert judged == (201 if level >= 1 else 403)
        assert client.put(f"{API}/saved/{name}", json={"query": ""}).status_code == (200 if level >= 1 else 403)
        assert client.get(f"{API}/audit").status_code == (200 if level >= 2 else 403)
        assert client.get(f"{API}/users").status_code == (200 if level >= 2 else 403)
        signed = [row["by"] for row in client.get(f"{API}/events/{event}").json()["judgements"]]
        assert (name in signed) == (level >= 1)


def test_a_session_needs_its_csrf_token_and_ends_with_the_log_out(
    serving: Callable[..., TestClient], team: str
) -> None:
    client = serving(team)
    log_in(client, "ben")
    cookie = client.post(f"{API}/session", json={"name": "ben", "password": PASSWORD}).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    log_in(client, "ben")
    token = client.headers.pop("X-CSRF-Token")
    assert client.put(f"{API}/saved/a", json={"query": ""}).json()["code"] == "DL-S003"
    client.headers["X-CSRF-Token"] = token
    assert client.put(f"{API}/saved/a", json={"query": ""}).status_code == 200
    secret = client.cookies["dateline_session"]
    assert client.delete(f"{API}/session").status_code == 204
    client.cookies.set("dateline_session", secret)
    assert client.get(f"{API}/session").status_code == 401


def test_a_token_speaks_for_its_user(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(team)
    log_in(client, "ben")
    token = client.post(f"{API}/tokens", json={"name": "script"}).json()["token"]
    script = serving(team)
    script.headers["Authorization"] = f"Bearer {token}"
    assert script.put(f"{API}/saved/b", json={"query": "type=bombing"}).json()["by"] == "ben"
    assert serving(team).get(f"{API}/feeds/saved/b.json", auth=("anything", token)).status_code == 200
    assert script.get(f"{API}/users").status_code == 403
    (own,) = client.get(f"{API}/tokens").json()
    assert client.delete(f"{API}/tokens/{own['id']}").status_code == 204
    assert script.get(f"{API}/session").status_code == 401


def test_failed_log_ins_are_limited_and_written_down(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(team)
    for _ in range(5):
        assert client.post(f"{API}/session", json={"name": "ann", "password": "wrong"}).status_code == 401
    answer = client.post(f"{API}/session", json={"name": "ann", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "DL-S004")
    # The limit is one name's at one address: others are not locked out.
    log_in(client, "ben")
    with Ledger.open(team) as ledger:
        actions = [row["action"] for row in People(ledger).noted()]
    assert actions == ["log-in", "log-in refused"] + ["log-in failed"] * 5


def test_failed_log_ins_are_forgotten_after_a_while() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _ in range(5):
        tries.failed("ann", "1")
    assert tries.too_many("ann", "1") and not tries.too_many("ann", "2") and not tries.too_many("ben", "1")
    now[0] = 901.0
    assert not tries.too_many("ann", "1")
    for n in range(30):
        tries.failed(f"user{n}", "3")
    assert tries.too_many("ann", "3")


def test_the_last_admin_stays(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(team)
    log_in(client, "ann")
    assert client.delete(f"{API}/users/ann").json()["code"] == "DL-S014"
    assert client.post(f"{API}/users", json={"name": "eve", "role": "admin", "password": PASSWORD}).status_code == 204
    assert client.delete(f"{API}/users/ann").status_code == 204


def test_a_service_for_other_machines_lets_nobody_in_when_its_last_user_is_gone(
    serving: Callable[..., TestClient], team: str
) -> None:
    client = serving(team, host="0.0.0.0")
    with Ledger.open(team) as ledger:
        for user in ("ann", "ben", "rea"):
            People(ledger).remove(user)
    for path in ("/session", "/events", "/users"):
        assert client.get(API + path, headers={"Host": "127.0.0.1"}).status_code == 401


def test_another_address_without_users_is_refused_with_the_reason(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "page_folder", lambda: ".")
    with pytest.raises(OpenToAll) as refused:
        running.run(Settings(address), "0.0.0.0", 0, lambda _: None)
    assert "users add" in str(refused.value)


def test_users_by_the_command_line(tmp_path: Path) -> None:
    runner = CliRunner()
    ledger = str(tmp_path / "l.sqlite")
    add = ["users", "add", "ann", "--role", "admin", "--ledger", ledger]
    assert runner.invoke(cli, [*add, "--password", PASSWORD]).exit_code == 0
    assert isinstance(runner.invoke(cli, [*add, "--password", "short"]).exception, BadUser)
    assert "ann" in runner.invoke(cli, ["users", "list", "--ledger", ledger]).output
    assert runner.invoke(cli, ["users", "token", "ann", "--ledger", ledger]).output.startswith("dl_")
    assert runner.invoke(cli, ["users", "remove", "ann", "--ledger", ledger]).exit_code == 0
    assert runner.invoke(cli, ["users", "list", "--ledger", ledger]).output == ""


def test_the_first_user_is_an_admin_and_the_last_admin_stays_one(address: str) -> None:
    with Ledger.open(address) as ledger:
        people = People(ledger)
        assert people.add("ann", "reader", PASSWORD) == "admin"
        assert people.add("ann", "reader", PASSWORD) == "admin"  # As long as nobody else is there.
        assert people.add("ben", None, PASSWORD) == "reviewer"
        assert people.add("ann", None, PASSWORD) == "admin"  # A new password takes no role away.
        with pytest.raises(LastAdmin):
            people.add("ann", "reviewer", PASSWORD, keep_an_admin=True)
        with pytest.raises(LastAdmin):
            people.remove("ann", keep_an_admin=True)
        people.add("ben", "admin", PASSWORD)
        assert people.add("ann", "reader", PASSWORD, keep_an_admin=True) == "reader"


def test_nobody_is_locked_out_from_the_page(serving: Callable[..., TestClient], address: str) -> None:
    client = serving()
    made = client.post(f"{API}/users", json={"name": "ann", "role": "reader", "password": PASSWORD})
    assert made.status_code == 204
    log_in(client, "ann")
    assert client.get(f"{API}/session").json()["role"] == "admin"
    assert client.post(f"{API}/users", json={"name": "ben", "role": "reader", "password": PASSWORD}).status_code == 204
    own = client.post(f"{API}/users", json={"name": "ann", "role": "reader", "password": PASSWORD})
    assert (own.status_code, own.json()["code"]) == (403, "DL-S014")
    assert "`dateline users`" in own.json()["remedy"]
    wrong = client.post(f"{API}/session", json={"name": "ann", "password": "no such word"})
    assert "dateline users add NAME" in wrong.json()["remedy"]


def test_the_command_line_says_who_is_what_and_what_helps(address: str) -> None:
    def said(*args: str) -> str:
        return (
            CliRunner().invoke(cli, ["users", *args, "--ledger", address], env={"DATELINE_PASSWORD": PASSWORD}).stderr
        )

    assert "ann is an admin" in said("add", "ann", "--role", "reviewer")
    assert "ben is a reviewer" in said("add", "ben")
    assert "users add NAME --role admin" in said("add", "ann", "--role", "reader")
    said("remove", "ben")
    assert "Nobody logs in any more" in said("remove", "ann")
