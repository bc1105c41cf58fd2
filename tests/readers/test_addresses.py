"""Addresses, and lists of them: nothing is fetched unless it was asked for, each address once, with its guards."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.model import RejectedReport, Report
from dateline.model.rejections import NoAnswer
from dateline.readers import read_paths
from dateline.readers.given import Fetched
from tests.readers.samples import ADDRESSES, CRAWL, GDELT, SITEMAP, html, pdf

LISTS = {"sitemap.xml": SITEMAP, "list.txt": ADDRESSES, "20240503.export.CSV": GDELT, "index.cdxj": CRAWL}


class _Site:
    """A site of our own, and what it was asked for."""

    def __init__(self, also: dict[str, Fetched] | None = None) -> None:
        self.asked: list[str] = []
        self._also = also or {}

    def __call__(self, address: str) -> Fetched:
        self.asked.append(address)
        if address in self._also:
            return self._also[address]
        if address.endswith("/gone"):
            raise NoAnswer("It answers with 404.", where=address)
        return Fetched(address, html(int(address[-1])).encode(), ".html")


def _read(path: str | Path, site: _Site | None, lists: bool = False) -> list[Report | RejectedReport]:
    return list(read_paths([str(path)], fetch=site, lists=lists))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_fetched_where_that_was_asked_for(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(LISTS[name])
    site = _Site()
    (refused,) = _read(path, site)
    assert isinstance(refused, RejectedReport) and refused.code == "DL-R019" and "lists 2 addresses" in refused.what
    assert not site.asked
    found = _read(path, site, lists=True)
    assert site.asked == ["https://watch.example/1", "https://watch.example/2"]
    assert [one.uri for one in found if isinstance(one, Report)] == site.asked


def test_an_address_among_the_paths_is_fetched() -> None:
    site = _Site({"https://watch.example/a.pdf": Fetched("https://watch.example/b.pdf", pdf(), ".pdf")})
    (report,) = _read("https://watch.example/1", site)
    assert isinstance(report, Report) and report.uri == "https://watch.example/1"
    (report,) = _read("https://watch.example/a.pdf", site)
    assert isinstance(report, Report) and report.uri == "https://watch.example/b.pdf"
    (gone,) = _read("https://watch.example/gone", site)
    assert isinstance(gone, RejectedReport) and (gone.code, gone.where) == ("DL-R020", "https://watch.example/gone")
    (refused,) = _read("https://watch.example/1", None)
    assert isinstance(refused, RejectedReport) and refused.code == "DL-R019"


def test_lists_that_name_one_another_come_to_an_end() -> None:
    def index(*names: str) -> Fetched:
        places = "".join(f"<sitemap><loc>https://watch.example/{name}</loc></sitemap>" for name in names)
        return Fetched(f"https://watch.example/{names[0]}", f"<sitemapindex>{places}</sitemapindex>".encode(), ".xml")

    names = [f"s{n}" for n in range(9)]
    site = _Site({f"https://watch.example/{name}": index(*names, "1", "gone") for name in names})
    found = _read("https://watch.example/s0", site)
    assert len(site.asked) == len(set(site.asked)) == 11
    assert [one.uri for one in found if isinstance(one, Report)] == ["https://watch.example/1"]
    deep = {f"https://watch.example/d{n}": index(f"d{n + 1}") for n in range(20)}
    assert "DL-R021" in [getattr(one, "code", "") for one in _read("https://watch.example/d0", _Site(deep))]


def test_the_log_tells_what_a_page_answered_and_its_bytes_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the command line, and those that a list names: each its own answer, not the list's."""

    def fetched(address: str) -> Fetched:
        kind = (("Content-Type", "text/html"), ("ETag", f'"{address[-1]}"'), ("Set-Cookie", "me=1"))
        return Fetched(address, html(int(address[-1])).encode(), ".html", 200, kind)

    monkeypatch.setattr("dateline.cli.fetching.fetched", fetched)
    (tmp_path / "list.txt").write_text("https://watch.example/1\nhttps://watch.example/2\n")
    ledger = str(tmp_path / "l.sqlite")
    args = ["add", "https://watch.example/0", str(tmp_path / "list.txt"), "--fetch", "--ledger", ledger, "-q"]
    assert CliRunner().invoke(cli, [*args, "--keep-originals"]).exit_code == 0
    with Ledger.open(ledger) as opened:
        for number in range(3):
            told = opened.custody(f"https://watch.example/{number}")[0]["body"]
            assert told["sha256"] == hashlib.sha256(html(number).encode()).hexdigest()
            assert told["headers"] == [["Content-Type", "text/html"], ["ETag", f'"{number}"']] and told["status"] == 200
            kept = tmp_path / "l.sqlite.originals" / told["kept"][:2] / told["kept"]
            assert html(number).encode() in gzip.decompress(kept.read_bytes())
    out = tmp_path / "o.wacz"
    done = CliRunner().invoke(cli, ["export", "--ledger", ledger, "--wacz", str(out)])
    assert done.exit_code == 0 and "3 originals of 3 reports" in done.output
    assert len([one for one in read_paths([str(out)]) if isinstance(one, Report)]) == 3


def test_the_command_fetches_with_the_guards_of_the_page() -> None:
    for address in ("http://127.0.0.1/", "http://10.0.0.1/x", "https://user:secret@watch.example/", "http://[::1]:80/"):
        done = CliRunner().invoke(cli, ["code", address, "--format", "jsonl"])
        assert done.exit_code == 3 and "DL-R020" in done.output, done.output
