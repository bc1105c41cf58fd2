"""Each parser on bytes that nobody meant for it: hypothesis changes good files. DATELINE_FUZZ_SECONDS=600 gives each
ten minutes of the processor; without it a few seconds, as a check that all still holds."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.custody import opentimestamps as ots
from dateline.model.errors import DatelineError
from dateline.readers.contract import check_row, rows
from dateline.readers.formats import reports_of
from dateline.readers.registry import named
from dateline.watch.feeds import entries_in, links_in
from dateline.watch.robots import parsed
from tests.readers.pages import saved_pages
from tests.readers.samples import ATOM, FACTIVA, PROQUEST, RSS, SITEMAP, message, plain_samples, samples, warc

SECONDS = float(os.environ.get("DATELINE_FUZZ_SECONDS", "0"))
SAMPLES = samples()
GOOD = {
    **{name: (file, data) for name, (file, data, _) in SAMPLES.items()},
    "page": ("a.html", next(saved_pages()).data), "factiva": ("f.txt", FACTIVA.encode()),
    "proquest": ("p.txt", PROQUEST.encode()), "attached": ("m.eml", message(attach=True)),
    "warc.gz": ("a.warc.gz", warc(packed=True)), "atom": ("a.atom", ATOM.encode()), **plain_samples(),
}  # fmt: skip
ROBOTS = b"User-agent: dateline\nUser-agent: *\nDisallow: /private/*.html$\nAllow: /\nCrawl-delay: 2.5\n"
STAMP = ots.written(bytes(32), ots.Node(
    attested=[ots.pending("https://calendar.example")],
    steps=[(0xF0, b"nonce", ots.Node(steps=[(0x08, b"", ots.Node(attested=[ots.in_block(800_000)]))]))],
))  # fmt: skip
#: Parsers of what servers and others' files say, beside the readers; a DatelineError is an answer.
BESIDE: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "watched feed": (RSS.encode(), lambda data: entries_in(data, "https://a.example/", 100)),
    "watched atom": (ATOM.encode(), lambda data: entries_in(data, "https://a.example/", 100)),
    "watched sitemap": (SITEMAP.encode(), lambda data: entries_in(data, "https://a.example/", 100)),
    "watched page": (next(saved_pages()).data, lambda data: links_in(data, "https://a.example/", "*", 100)),
    "robots": (ROBOTS, lambda data: parsed(data.decode("utf-8", "replace"), "dateline").allows("https://a.example/x")),
    "time stamp": (STAMP, lambda data: ots.attested(data, bytes(32))),
}
#: Pieces that formats are made of, to be put where they do not belong.
PIECES = [
    b"\x00", b"\xff\xfe", b"\n", b"<", b">", b"]]>", b"&#x0;", b"{\\rtf1", b"\\'", b"\\u-1?", b"From a 00:00\n",
    b"=?", b"%PDF", b"obj", b"endstream", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n", b"PK\x03\x04", b"\x1f\x8b",
    b'"', b"[" * 200, b"<div>" * 300, b"\xed\xa0\x80", b"9" * 400, b"-1", b"PAR1", b"&a;", b"\r",
    b"Body\n", b"HD \n", b"\xf0\x9f",
]  # fmt: skip
_edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=12), st.sampled_from(PIECES))),
    max_size=8,
)


def _edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    made = bytearray(data)
    for share, gone, put in edits:
        at = int(share * len(made))
        made[at : at + gone] = put
    return bytes(made)


@pytest.mark.parametrize("name", GOOD)
def test_a_reader_bears_what_it_gets(name: str) -> None:
    file, data = GOOD[name]
    reader = named(name if name in SAMPLES else {"factiva": "download", "proquest": "download"}.get(name, ""))
    until = time.process_time() + SECONDS
    slowest = 0.0

    @settings(max_examples=200 if SECONDS else 30, deadline=None, database=None, derandomize=not SECONDS,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(edits=_edits)
    def bears(edits: list[tuple[float, int, bytes]]) -> None:
        nonlocal slowest
        broken, start = _edited(data, edits), time.process_time()
        found = rows(reader, file, broken) if reader is not None else list(reports_of(broken, file))
        slowest = max(slowest, time.process_time() - start)
        assert found or reader is not None
        for row in found:
            check_row(row, broken)

    bears()
    while time.process_time() < until:
        bears()
    assert slowest < 5


@pytest.mark.parametrize("name", BESIDE)
def test_a_parser_beside_the_readers_bears_what_it_gets(name: str) -> None:
    data, parse = BESIDE[name]
    until = time.process_time() + SECONDS

    @settings(max_examples=200 if SECONDS else 30, deadline=None, database=None, derandomize=not SECONDS)
    @given(edits=_edits)
    def bears(edits: list[tuple[float, int, bytes]]) -> None:
        with contextlib.suppress(DatelineError):
            parse(_edited(data, edits))

    bears()
    while time.process_time() < until:
        bears()


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(data=st.binary(max_size=2_000), name=st.sampled_from([file for file, _ in GOOD.values()]))
def test_any_bytes_under_any_name_give_rows(data: bytes, name: str) -> None:
    found = list(reports_of(data, name))
    assert found
    for row in found:
        check_row(row, data)
