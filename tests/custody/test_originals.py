"""Original bytes: kept once under their hash, and written as a web archive that others read."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.coding import code_or_reject
from dateline.custody import warc
from dateline.custody.wacz import surt
from dateline.ledger import Ledger
from dateline.ledger.access import Access
from dateline.watch import Watcher, read_settings
from tests.watch.site import serving

_TEXT = "BASRA - Gunmen killed nine teachers at a school in Basra on Monday, the education ministry said."


def run(*args: str) -> str:
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger of a file and of a page that was watched, with the originals of both."""
    path = str(tmp_path / "l.sqlite")
    (tmp_path / "news.txt").write_text(_TEXT)
    run("add", str(tmp_path / "news.txt"), "--ledger", path, "--keep-originals", "-q")
    with serving() as site:
        site.feed("/feed", ["/story"])
        site.story("/story", _TEXT.replace("Basra", "Mosul").replace("BASRA", "MOSUL") + "\nNobody claimed the attack.")
        file = tmp_path / "w.toml"
        file.write_text(
            f'keep_originals = "l.sqlite.originals"\n[polling]\nown_hosts = ["{site.host}"]\nhost_delay = 0\n'
            f'[[feed]]\nurl = "{site.url("/feed")}"\n'
        )
        with Ledger.open(path, by="watch") as opened:
            watcher = Watcher(read_settings(file), opened, code_or_reject)
            assert watcher.once().new == 1
            watcher.close()
    return path


def test_the_log_tells_the_hash_of_the_file_and_where_it_is_kept(tmp_path: Path, ledger: str) -> None:
    file = tmp_path / "news.txt"
    with Ledger.open(ledger) as opened:
        told = opened.custody(str(file))[0]["body"]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert (told["sha256"], told["bytes"], told["kept"]) == (digest, file.stat().st_size, f"{digest}.txt")
    assert (tmp_path / "l.sqlite.originals" / digest[:2] / told["kept"]).read_bytes() == file.read_bytes()


def test_a_web_archive_holds_the_originals_with_an_index(tmp_path: Path, ledger: str) -> None:
    out, again = tmp_path / "a.wacz", tmp_path / "b.wacz"
    assert "2 originals of 2 reports" in run("export", "--ledger", ledger, "--wacz", str(out))
    run("export", "--ledger", ledger, "--wacz", str(again))
    assert out.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(out) as archive:
        package = json.loads(archive.read("datapackage.json"))
        for one in package["resources"]:
            data = archive.read(one["path"])
            assert (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data)) == (one["hash"], one["bytes"])
        whole = hashlib.sha256(archive.read("datapackage.json")).hexdigest()
        assert json.loads(archive.read("datapackage-digest.json"))["hash"] == f"sha256:{whole}"
        data = archive.read("archive/data.warc.gz")
        lines = archive.read("indexes/index.cdxj").decode().splitlines()
        pages = [json.loads(line) for line in archive.read("pages/pages.jsonl").decode().splitlines()]
    assert lines == sorted(lines) and len(lines) == 2 and len(pages) == 3
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        start, size = int(told["offset"]), int(told["length"])
        record = gzip.decompress(data[start : start + size])
        head, _, body = record.partition(b"\r\n\r\n")
        assert f"WARC-Target-URI: {told['url']}".encode() in head
        payload = body.removesuffix(b"\r\n\r\n")
        if b"WARC-Type: response" in head:
            assert payload.startswith(b"HTTP/1.1 200")
            payload = payload.partition(b"\r\n\r\n")[2]
        assert f"sha256:{hashlib.sha256(payload).hexdigest()}" == told["digest"]
    assert gzip.GzipFile(fileobj=io.BytesIO(data)).read().count(b"WARC/1.1\r\n") == 3


def test_what_is_sealed_goes_into_no_archive(tmp_path: Path, ledger: str) -> None:
    file = str(tmp_path / "news.txt")
    with Ledger.open(ledger) as opened:
        opened.set_access(file, Access("sealed", "by consent"))
    out = tmp_path / "a.wacz"
    assert "1 originals" in run("export", "--ledger", ledger, "--wacz", str(out))
    assert b"news.txt" not in out.read_bytes()
    assert "2 originals" in run("export", "--ledger", ledger, "--wacz", str(out), "--force", "--words", "sealed")


def test_what_is_purged_is_kept_no_more(tmp_path: Path, ledger: str) -> None:
    folder, file = tmp_path / "l.sqlite.originals", str(tmp_path / "news.txt")
    before = {path.name for path in folder.rglob("*") if path.is_file()}
    run("ledger", "remove", file, "--reason", "a court's order", "--purge", "--ledger", ledger)
    after = {path.name for path in folder.rglob("*") if path.is_file()}
    assert len(before - after) == 1 and len(after) == 1


def test_without_originals_there_is_no_archive(tmp_path: Path, ledger: str) -> None:
    done = CliRunner().invoke(
        cli, ["export", "--ledger", ledger, "--wacz", str(tmp_path / "a.wacz"), "--originals", str(tmp_path / "none")]
    )
    assert "DL-L028" in str(done.exception) and not (tmp_path / "a.wacz").exists()


def test_a_record_says_what_was_sent_and_no_cookie() -> None:
    headers = [("Set-Cookie", "s=1"), ("X", "a\r\nb")]
    record = gzip.decompress(
        warc.response("https://a.example/", "2024-05-15T10:00:00+00:00", 200, headers, b"hi")
    ).decode()
    assert "s=1" not in record and "X: a b\r\n" in record and "WARC-Date: 2024-05-15T10:00:00Z" in record


def test_addresses_are_sorted_as_indexes_do() -> None:
    assert surt("https://www.News.example:8080/A?b=1") == "example,news:8080)/a?b=1"
