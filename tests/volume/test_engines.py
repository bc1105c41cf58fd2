"""The same records from one process and from several; who kills a process or hangs is rejected alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.engines import Options, batched, code_all, code_batches
from dateline.engines.seam import rows_of
from dateline.model import Coding, Report
from dateline.readers import read_paths
from tests.volume.texts import write_lines, write_parquet

#: Processes are started and killed.
pytestmark = pytest.mark.slow

_RULES = Options(reader="rules")


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    rows = list(read_paths([str(write_lines(tmp_path / "a.jsonl", 60))]))
    one, two = ([row for batch in code_batches(batched(rows), _RULES, n) for row in batch.to_pylist()] for n in (1, 2))
    assert one == two
    assert [row["number"] for row in one] == list(range(60))
    objects = list(code_all(rows, reader="rules"))
    assert [row["record"] for row in one] == [c.to_json() if isinstance(c, Coding) else None for c in objects]
    rejected = [json.loads(row["rejected"])["code"] for row in one if row["rejected"]]
    assert set(rejected) == {"DL-R001", "DL-R006"} and len(rejected) == 12
    assert sum(row["accounts"] or 0 for row in one) >= 30


def test_a_report_goes_through_a_batch_unchanged(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><title>Blast</title><meta property="article:published_time" content="2024-05-15"></head>'
        "<body><article><p>A bomb killed three people in Kobo on Monday, police said.</p></article></body></html>"
    )
    (tmp_path / "old.txt").write_bytes("Caf\u00e9 in Paris: \u201cfive dead\u201d.".encode("cp1252"))
    rows = list(read_paths([str(tmp_path), str(write_lines(tmp_path / "a.jsonl", 12))]))
    assert any(isinstance(row, Report) and row.notes for row in rows)
    again = [row for batch in batched(rows, 5) for row in rows_of(batch)]
    assert [number for number, _ in again] == list(range(5, 5 + len(rows)))
    for before, (_, after) in zip(rows, again, strict=True):
        assert type(before) is type(after)
        if isinstance(before, Report) and isinstance(after, Report):
            assert (before, before.notes) == (after, after.notes)
        else:
            assert str(before) == str(after)


def test_parquet_is_read_as_json_lines_are(tmp_path: Path) -> None:
    lines = list(read_paths([str(write_lines(tmp_path / "a.jsonl", 40))]))
    table = list(read_paths([str(write_parquet(tmp_path / "a.parquet", 40))]))
    assert [str(row).replace("a.parquet", "a.jsonl") for row in table] == [str(row) for row in lines]
    assert sum(isinstance(row, Report) for row in table) == 32


#: Reports of which the process dies, hangs, or takes its time; the others are coded. Each worker imports this, too.
_SCRIPT = """
import ctypes, os, sys, time
from dateline.engines import seam
from dateline.model import Coding

real = seam.code_or_reject

def moody(row, *rest):
    if "Kobo" in row.text:
        os.kill(os.getpid(), 9)
    if "Gao" in row.text:
        ctypes.PyDLL(None).sleep(60)  # no signal is seen meanwhile, as in a library that hangs
    if "Izmir" in row.text:
        time.sleep(60)
    return real(row, *rest)

seam.code_or_reject = moody

if __name__ == "__main__":
    from dateline.engines import code_all
    from dateline.readers import report_of
    towns = ("Kabul", "Kobo", "Mosul", "Gao", "Lahore", "Izmir", "Cali")
    rows = [report_of(f"Rebels killed a judge in {town}.", town) for town in towns]
    for one in code_all(rows, processes=2, reader="rules", time_limit=1):
        print(one.report.uri if isinstance(one, Coding) else f"{one.where} {one.code}")
"""


def test_of_a_batch_only_those_to_blame_are_rejected(tmp_path: Path) -> None:
    script = tmp_path / "moody.py"
    script.write_text(_SCRIPT)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    found = done.stdout.splitlines()
    assert found == ["Kabul", "Kobo DL-R013", "Mosul", "Gao DL-R012", "Lahore", "Izmir DL-R012", "Cali"]
