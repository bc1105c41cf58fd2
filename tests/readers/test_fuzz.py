"""Each reader on bytes that nobody meant for it: hypothesis changes good files. DATELINE_FUZZ_SECONDS=60 gives each
that long; without it a few seconds, as a check that all still holds."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.readers.contract import check_row, rows
from dateline.readers.formats import reports_of
from dateline.readers.registry import named
from tests.readers.pages import saved_pages
from tests.readers.samples import FACTIVA, PROQUEST, message, samples

SECONDS = float(os.environ.get("DATELINE_FUZZ_SECONDS", "0"))
SAMPLES = samples()
GOOD = {
    **{name: (file, data) for name, (file, data, _) in SAMPLES.items()},
    "page": ("a.html", next(saved_pages()).data), "factiva": ("f.txt", FACTIVA.encode()),
    "proquest": ("p.txt", PROQUEST.encode()), "attached": ("m.eml", message(attach=True)),
}  # fmt: skip
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
    until = time.monotonic() + SECONDS
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
    while time.monotonic() < until:
        bears()
    assert slowest < 5


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(data=st.binary(max_size=2_000), name=st.sampled_from([file for file, _ in GOOD.values()]))
def test_any_bytes_under_any_name_give_rows(data: bytes, name: str) -> None:
    found = list(reports_of(data, name))
    assert found
    for row in found:
        check_row(row, data)
