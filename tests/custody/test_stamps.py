"""Time stamps: made by an authority and a calendar on loopback, verified offline, refused where anything is other."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli import cli
from dateline.custody import opentimestamps as ots
from dateline.custody import rfc3161
from dateline.custody.errors import NoStamp, WrongStamp
from dateline.ledger import Ledger
from dateline.model import Coding
from tests.custody.authority import Authority, Calendar
from tests.ledger.conftest import codings  # noqa: F401  fixture
from tests.watch.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "own")


@pytest.fixture
def ledger(tmp_path: Path, codings: list[Coding]) -> str:  # noqa: F811
    path = str(tmp_path / "l.sqlite")
    with Ledger.open(path, create=True, by="ann") as opened:
        opened.add(codings)
    return path


def run(site: Site, ledger: str, *args: str) -> Result:
    return CliRunner().invoke(cli, ["stamp", *args, "--ledger", ledger, "--own-host", site.host])


def test_a_file_is_stamped_and_verified_without_the_network(
    tmp_path: Path, site: Site, ledger: str, authority: Authority
) -> None:
    export, stamp = tmp_path / "e.zip", str(tmp_path / "e.zip.tsr")
    export.write_bytes(b"an edition")
    made = run(site, ledger, str(export), "--tsa", authority.serve(site, "/tsa"))
    assert made.exit_code == 0, made.output
    site.paths.clear()
    check = (str(export), "--verify", stamp, "--ca", str(authority.ca))
    assert "It was there on" in run(site, ledger, *check).output
    export.write_bytes(b"another edition")
    with pytest.raises(WrongStamp, match="DL-L026"):
        raise run(site, ledger, *check).exception or AssertionError
    other = Authority(tmp_path / "other")
    export.write_bytes(b"an edition")
    with pytest.raises(WrongStamp, match="DL-L026"):
        raise run(site, ledger, *check[:-1], str(other.ca)).exception or AssertionError


def test_a_report_is_stamped_and_its_log_says_so(tmp_path: Path, site: Site, ledger: str, authority: Authority) -> None:
    out = str(tmp_path / "wire.tsr")
    made = run(site, ledger, "report:wire", "--tsa", authority.serve(site, "/tsa"), "--out", out)
    assert made.exit_code == 0, made.output
    with Ledger.open(ledger) as opened:
        entry = opened.custody("wire")[-1]
        text = opened.report("wire").report.text
    assert (entry["act"], entry["chain"]) == ("stamped", "use")
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert entry["body"]["stamped"] == digest
    assert "2" in rfc3161.verified(digest, Path(out).read_bytes(), authority.ca.read_bytes()).time
    assert run(site, ledger, "report:wire", "--verify", out, "--ca", str(authority.ca)).exit_code == 0


def test_the_log_is_stamped_whole(
    tmp_path: Path, site: Site, ledger: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(site, ledger, "log", "--tsa", authority.serve(site, "/tsa")).exit_code == 0
    with Ledger.open(ledger) as opened:
        opened.gone_from_source("wire")
    done = run(site, ledger, "log", "--verify", "log-4.tsr", "--ca", str(authority.ca))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("answer", [(500, b""), (200, b""), (200, b"no stamp"), (404, b"x")])
def test_an_authority_that_gives_none_is_told(answer: tuple[int, bytes]) -> None:
    with pytest.raises(NoStamp, match="DL-L025"):
        rfc3161.stamp("ab" * 32, "http://tsa.example/", lambda *_: answer)


def test_a_stamp_of_another_hash_is_none(authority: Authority) -> None:
    answers: list[bytes] = []
    rfc3161.stamp("cd" * 32, "x", lambda _, body, __: (200, answers.append(authority.answer(body)) or answers[0]))  # type: ignore[func-returns-value]
    with pytest.raises(NoStamp, match="DL-L025"):
        rfc3161.stamp("ab" * 32, "http://tsa.example/", lambda *_: (200, answers[0]))


# ---------------------------------------------------------------- OpenTimestamps


def test_a_calendar_promises_and_later_tells_the_block(tmp_path: Path, site: Site, ledger: str) -> None:
    calendar = Calendar(site)
    export, stamp = tmp_path / "e.zip", str(tmp_path / "e.zip.ots")
    export.write_bytes(b"an edition")
    assert run(site, ledger, str(export), "--ots", calendar.url).exit_code == 0
    assert site.posts[-1][2] != hashlib.sha256(b"an edition").digest()  # A calendar learns nothing of it.
    assert "promises" in run(site, ledger, str(export), "--verify", stamp).output
    promised = Path(stamp).read_bytes()
    other = tmp_path / "other"
    other.write_bytes(b"another")
    assert isinstance(run(site, ledger, str(other), "--verify", stamp, "--upgrade").exception, WrongStamp)
    assert Path(stamp).read_bytes() == promised
    told = run(site, ledger, str(export), "--verify", stamp, "--upgrade").output
    assert f"block 800000 if that block's Merkle root is {calendar.root}" in told
    block = ("--block", f"800000:{calendar.root}")
    assert "is right" in run(site, ledger, str(export), "--verify", stamp, *block).output
    wrong = run(site, ledger, str(export), "--verify", stamp, "--block", f"800000:{'00' * 32}")
    assert isinstance(wrong.exception, WrongStamp)
    export.write_bytes(b"another")
    assert isinstance(run(site, ledger, str(export), "--verify", stamp).exception, WrongStamp)


def test_a_known_file_is_read_as_others_read_it() -> None:
    """The layout, byte by byte, of a file with a fork: a promise, and a block."""
    digest = bytes(range(32))
    data = (
        b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08" + digest
        + b"\xf0\x04abcd\x08\xff\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x0b\x0ahttps://c/\xf1\x01x\x08"
        + b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x03\x80\xea\x30"
    )  # fmt: skip
    first = hashlib.sha256(digest + b"abcd").digest()
    promise, block = ots.attested(data, digest)
    assert (promise.calendar, promise.commitment) == ("https://c/", first)
    assert (block.block, block.commitment) == (800_000, hashlib.sha256(b"x" + first).digest())
    assert ots.written(*ots.parsed(data)) == data


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_or_read(data: bytes) -> None:
    for one in (data, ots._MAGIC + b"\x01\x08" + data):
        with contextlib.suppress(WrongStamp):
            ots.attested(one, data[:32])


def test_a_file_of_which_a_bit_turns_vouches_for_nothing_else(site: Site) -> None:
    digest, choice = hashlib.sha256(b"x").digest(), random.Random(3)
    node = ots.Node(steps=[(0xF0, b"abc", ots.Node(steps=[(0x08, b"", ots.Node(attested=[ots.in_block(7)]))]))])
    good = ots.written(digest, node)
    (right,) = ots.attested(good, digest)
    for _ in range(300):
        data = bytearray(good)
        data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
        try:
            found = ots.attested(bytes(data), digest)
        except WrongStamp:
            continue
        assert [one for one in found if one == right] == []
