"""Original bytes: kept once under their hash, and written as a web archive that others read."""

from __future__ import annotations

import base64
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
from dateline.model import Report
from dateline.readers import read_paths
from dateline.watch import Watcher, read_settings
from tests.readers.samples import FACTIVA, TELEGRAM
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


def test_another_reader_reads_the_web_archive_and_finds_its_digests_right(tmp_path: Path, ledger: str) -> None:
    from fastwarc.warc import ArchiveIterator

    out = tmp_path / "a.wacz"
    run("export", "--ledger", ledger, "--wacz", str(out))
    data = zipfile.ZipFile(out).read("archive/data.warc.gz")
    seen = []
    for record in ArchiveIterator(io.BytesIO(data), parse_http=False):
        told = record.headers["WARC-Block-Digest"]
        block = record.reader.read()
        assert told == "sha256:" + base64.b32encode(hashlib.sha256(block).digest()).decode()
        seen.append(record.headers["WARC-Type"])
    assert sorted(seen) == ["resource", "response", "warcinfo"]


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


def _rows(path: Path, towns: list[str]) -> None:
    """A file of reports that have an address of their own."""
    rows = ({"uri": f"https://paper.example/{t}", "text": _TEXT.replace("Basra", t), "published": "2024-05-15"}
            for t in towns)  # fmt: skip
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


@pytest.mark.parametrize("processes", ["1", "2"])
def test_of_reports_with_an_address_of_their_own_the_file_is_kept_too(tmp_path: Path, processes: str) -> None:
    file, path = tmp_path / "rows.jsonl", str(tmp_path / "l.sqlite")
    _rows(file, ["Basra", "Mosul"])
    run("add", str(file), "--ledger", path, "--keep-originals", "-q", "--processes", processes)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with Ledger.open(path) as opened:
        bodies = [opened.custody(f"https://paper.example/{town}")[0]["body"] for town in ("Basra", "Mosul")]
    assert {(body["source"], body["kept"]) for body in bodies} == {(str(file), f"{digest}.jsonl")}
    assert (tmp_path / "l.sqlite.originals" / digest[:2] / f"{digest}.jsonl").is_file()


def test_one_text_under_two_addresses_is_of_its_file_each_time(tmp_path: Path) -> None:
    path = str(tmp_path / "l.sqlite")
    for name, towns in (("a.jsonl", ("one", "two")), ("b.jsonl", ("three",))):
        rows = ({"uri": f"https://paper.example/{t}", "text": _TEXT, "published": "2024-05-15"} for t in towns)
        (tmp_path / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    run("add", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "--ledger", path, "--keep-originals", "-q")
    with Ledger.open(path) as opened:
        bodies = [opened.custody(f"https://paper.example/{t}")[0]["body"] for t in ("one", "two", "three")]
    assert [Path(body["source"]).name for body in bodies] == ["a.jsonl", "a.jsonl", "b.jsonl"]
    assert all(body["kept"] for body in bodies)


def test_bytes_of_several_reports_go_with_the_last_of_them_and_whoever_purges_is_told(tmp_path: Path) -> None:
    file, path, folder = tmp_path / "rows.jsonl", str(tmp_path / "l.sqlite"), tmp_path / "l.sqlite.originals"
    _rows(file, ["Basra", "Mosul"])
    run("add", str(file), "--ledger", path, "--keep-originals", "-q")
    purge = ("ledger", "remove", "--reason", "a court's order", "--purge", "--ledger", path)
    told = run(*purge, "https://paper.example/Basra")
    assert "1 original in" in told and "still in it" in told and len([*folder.rglob("*.jsonl")]) == 1
    told = run(*purge, "https://paper.example/Mosul")
    assert "1 original deleted." in told and not [*folder.rglob("*.jsonl")]


def test_what_was_not_purged_keeps_its_bytes_though_it_has_the_same_address(tmp_path: Path) -> None:
    path, folder = str(tmp_path / "l.sqlite"), tmp_path / "l.sqlite.originals"
    for name, town in (("a.jsonl", "Basra"), ("b.jsonl", "Mosul")):
        text = _TEXT.replace("Basra", town)
        row = {"uri": "https://paper.example/today", "text": text, "published": "2024-05-15"}
        (tmp_path / name).write_text(json.dumps(row))
        run("add", str(tmp_path / name), "--ledger", path, "--keep-originals", "-q")
    run("ledger", "remove", "https://paper.example/today", "--reason", "a court's order", "--purge", "--ledger", path)
    kept = [p.read_text() for p in folder.rglob("*.jsonl")]
    assert len(kept) == 1 and "Basra" in kept[0]


def test_bytes_that_lie_in_another_folder_are_told_of(tmp_path: Path, ledger: str) -> None:
    told = run("ledger", "remove", str(tmp_path / "news.txt"), "--reason", "a court's order", "--purge",
               "--ledger", ledger, "--originals", str(tmp_path / "none"))  # fmt: skip
    assert "1 original not found in" in told


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


def test_an_archive_of_files_of_many_reports_gives_all_of_them_back(tmp_path: Path) -> None:
    ledger, out = str(tmp_path / "l.sqlite"), str(tmp_path / "a.wacz")
    (tmp_path / "t.csv").write_text(f'uri,text\nx/1,"{_TEXT}"\nx/2,"{_TEXT.replace("Basra", "Mosul")}"\n')
    (tmp_path / "result.json").write_text(TELEGRAM)
    (tmp_path / "factiva.txt").write_text(FACTIVA)
    files = [str(tmp_path / name) for name in ("t.csv", "result.json", "factiva.txt")]
    run("add", *files, "--ledger", ledger, "--keep-originals", "-q")
    run("export", "--ledger", ledger, "--wacz", out)
    texts = [sorted(row.text if isinstance(row, Report) else str(row) for row in read_paths(some))
             for some in (files, [out])]  # fmt: skip
    assert texts[0] == texts[1] and len(texts[0]) > 6
