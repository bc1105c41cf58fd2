"""Notices and digests: whoever asked is told once, by whichever way, of what is new in a query."""

from __future__ import annotations

import datetime as dt
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.coding import code_or_reject
from dateline.ledger import Change, Ledger
from dateline.ledger.access import Access
from dateline.model import Coding
from dateline.model.errors import DatelineError
from dateline.model.event import EventCount
from dateline.service.saved import Saved
from dateline.watch import Watcher, read_settings
from dateline.watch.digest import FORMS, digested
from dateline.watch.errors import BadSince
from dateline.watch.sending import in_words, is_signed
from dateline.watch.telling import Telling, figures_revised
from tests.ledger.conftest import coded, codings  # noqa: F401  fixture
from tests.watch.site import Site, serving

_TEXT = "BASRA - Gunmen killed {} teachers at a school in Basra on Monday, the education ministry said."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


class Desk:
    """A ledger, and a watch of it of which only the telling is of interest."""

    def __init__(self, folder: Path, site: Site, notice: str) -> None:
        self.now = 1_715_800_000.0
        self._file = folder / "w.toml"
        self._file.write_text(
            f'[polling]\nown_hosts = ["{site.host}"]\n[[feed]]\nurl = "{site.url("/feed")}"\n'
            f'[[notice]]\nname = "desk"\n{notice}\n'
        )
        self.ledger = Ledger.open(str(folder / "l.sqlite"), create=True, by="watch")

    def tell(self) -> list[DatelineError]:
        settings = read_settings(self._file)
        watcher = Watcher(settings, self.ledger, code_or_reject, lambda: self.now)
        try:
            return Telling(settings, self.ledger, watcher.state, lambda: self.now).tell()
        finally:
            watcher.close()


def _hook(site: Site, more: str = "") -> str:
    return f'query = "place=Basra"\n{more}\nwebhook = {{ url = "{site.url("/hook")}", secret_env = "HOOK" }}'


def test_a_webhook_is_told_once_and_signed(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, codings: list[Coding]  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setenv("HOOK", "a secret")
    desk = Desk(tmp_path, site, _hook(site))
    desk.ledger.add([coded("old", _TEXT.format("nine"))])
    assert desk.tell() == [] and site.posts == []
    desk.ledger.add(codings)
    desk.ledger.revise("old", coded("old", _TEXT.format("eleven")))
    assert desk.tell() == desk.tell() == []
    told = [json.loads(body) for _, _, body in site.posts]
    assert [(one["kinds"], one["more"]) for one in told] == [(["revised"], "killed: 9 -> 11"), (["corrected"], "old")]
    assert in_words(told[1]).splitlines().count("old") == 1
    for _, headers, body in site.posts:
        assert is_signed("a secret", headers["dateline-signature"], body, time.time())
        assert not is_signed("another", headers["dateline-signature"], body, time.time())
        assert not is_signed("a secret", headers["dateline-signature"], body + b" ", time.time())
        assert not is_signed("a secret", headers["dateline-signature"], body, time.time() + 900)


def test_what_is_not_delivered_is_sent_again_under_the_same_id(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "a secret")
    desk = Desk(tmp_path, site, _hook(site))
    desk.tell()
    desk.ledger.add([coded("new", _TEXT.format("nine"))])
    site.paths["/hook"] = (500, {}, b"")
    assert [error.code for error in desk.tell()] == ["DL-W009"]
    del site.paths["/hook"]
    assert desk.tell() == [] and len(site.posts) == 1
    desk.now += 61
    assert desk.tell() == []
    assert len({headers["dateline-id"] for _, headers, _ in site.posts}) == 1 and len(site.posts) == 2
    monkeypatch.delenv("HOOK")
    desk.ledger.gone_from_source("new")
    assert [error.code for error in desk.tell()] == ["DL-W010"]


def test_nothing_of_a_sealed_report_is_sent(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "a secret")
    desk = Desk(tmp_path, site, _hook(site))
    desk.tell()
    desk.ledger.add([coded("source-in-basra", _TEXT.format("nine"))])
    desk.ledger.set_access("source-in-basra", Access("sealed"))
    assert desk.tell() == []
    assert len(site.posts) == 1 and b"source-in-basra" not in site.posts[0][2]


def test_a_saved_query_is_told_in_an_atom_file(tmp_path: Path, site: Site) -> None:
    desk = Desk(tmp_path, site, 'saved = "mine"\natom = "desk.xml"')
    Saved(desk.ledger).save("mine", "place=Basra", "ann")
    desk.tell()
    desk.ledger.add([coded("a", _TEXT.format("nine"))])
    desk.now += 10
    assert desk.tell() == []
    root = ET.parse(tmp_path / "desk.xml").getroot()
    titles = [node.text for node in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[0] == "desk" and titles[1].startswith("new: ") and "9 killed" in titles[1]


class _Smtp(socketserver.StreamRequestHandler):
    letters: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.wfile.write(b"354 go\r\n")
                lines = []
                while (part := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(part)
                self.letters.append("\n".join(lines))
            self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 yes\r\n")
            if word == "QUIT":
                return


def test_a_letter_is_sent(tmp_path: Path, site: Site) -> None:
    letters: list[str] = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Smtp", (_Smtp,), {"letters": letters}))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port = server.server_address[1]
    mail = (
        f'mail = {{ to = ["desk@a.example"], sender = "d@a.example", host = "127.0.0.1", port = {port}, tls = "none" }}'
    )
    desk = Desk(tmp_path, site, mail)
    desk.tell()
    desk.ledger.add([coded("a", _TEXT.format("nine"))])
    assert desk.tell() == []
    server.shutdown()
    server.server_close()
    (letter,) = letters
    assert "Subject: [desk] new: " in letter and "To: desk@a.example" in letter and "Message-ID: <" in letter
    assert [error.code for error in desk.tell()] == []
    desk.ledger.gone_from_source("a")
    assert [error.code for error in desk.tell()] == ["DL-W009"]


def test_a_toll_that_changes_within_its_bounds_is_news() -> None:
    then, now = (EventCount("killed", "civilian", 10, best, 20, "mode", ()) for best in (12, 18))
    change = Change("e1", "changed", {"counts": ((then,), (now,))})
    assert figures_revised(change) == "killed: 12 (10 to 20) -> 18 (10 to 20)"


# ---------------------------------------------------------------- digests


def test_a_digest_tells_what_is_new_since_then(tmp_path: Path) -> None:
    days = iter([dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC) for day in (1, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)])
    at = {"now": next(days)}
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann", clock=lambda: at["now"]) as ledger:
        ledger.add([coded("old", _TEXT.format("nine"))])
        at["now"] = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
        ledger.add([coded("<b>new|", "KABUL - A bomb killed 30 people at a market in Kabul on Sunday, police said.")])
        ledger.revise("old", coded("old", _TEXT.format("eleven")))
        ledger.gone_from_source("<b>new|")
        found = digested(ledger, "2d", now=at["now"])
        sections = {one.title: one for one in found.sections}
        assert [row[1] for row in sections["New events"].rows] == ["bombing in Kabul: 30 killed"]
        assert [row[-1] for row in sections["Revised figures"].rows] == ["killed: 9 -> 11"]
        assert [row[0] for row in sections["Stories corrected or withdrawn"].rows] == ["corrected", "withdrawn"]
        assert sections["Totals of new events"].rows[0][:3] == ("bombing", "1", "30")
        assert len(sections["Waiting for review"].rows) == 2
        of_kabul = {one.title: one for one in digested(ledger, "2d", "place=Kabul", at["now"]).sections}
        assert [row[0] for row in of_kabul["Stories corrected or withdrawn"].rows] == ["withdrawn"]
        ledger.remove("old", "asked")
        of_basra = {one.title: one for one in digested(ledger, "2d", "place=Basra", at["now"]).sections}
        assert [row[0] for row in of_basra["Stories corrected or withdrawn"].rows] == ["corrected"]
        assert digested(ledger, "2026-01-06", now=at["now"]).sections[0].rows == ()
        page, plain = FORMS["html"](found), FORMS["md"](found)
        assert "&lt;b&gt;new|" in page and "<b>new" not in page and r"\<b\>new\|" in plain
        with pytest.raises(BadSince, match="DL-W011"):
            digested(ledger, "soon")


def test_the_commands_tell(tmp_path: Path) -> None:
    path = str(tmp_path / "l.sqlite")
    with Ledger.open(path, create=True, by="ann") as ledger:
        ledger.add([coded("a", _TEXT.format("nine"))])
    run = CliRunner().invoke
    assert "9 killed" in run(cli, ["digest", "--ledger", path]).output
    assert run(cli, ["ledger", "access", "a", "--level", "sealed", "--note", "asked", "--ledger", path]).exit_code == 0
    assert "sealed" in run(cli, ["ledger", "access", "a", "--ledger", path]).output
    out = str(tmp_path / "e.zip")
    assert run(cli, ["export", "--ledger", path, "--out", out]).exit_code == 0
    told = run(cli, ["custody", "a", "--ledger", path]).output
    assert "added" in told and "access" in told and "exported" in told and "file: e.zip" in told
    assert "All is well" in run(cli, ["ledger", "check", "--ledger", path]).output
