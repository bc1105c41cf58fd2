"""Over 645 bad files of our own: each ends as reports that are coded, or as rejections that say why; none crashes."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from dateline.engines import code_all
from dateline.model import Coding, RejectedReport, Report
from dateline.model.rejections import NotCoded
from dateline.readers import read_paths, reports_of
from tests.bad_files import ROW, TEXT, bad_files

FILES = dict(bad_files())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


def test_there_are_many_and_always_the_same() -> None:
    assert len(set(FILES.values())) >= 645
    assert dict(bad_files()) == FILES


def test_each_bad_file_is_coded_or_rejected_with_a_code(folder: Path) -> None:
    seen: dict[str, Counter[str]] = {name: Counter() for name in FILES}
    coded: dict[str, Coding] = {}
    for name in FILES:
        for row in read_paths([str(folder / name)]):
            # The same words need not be coded twice.
            if isinstance(row, Report) and row.text in coded:
                seen[name]["coded"] += 1
                continue
            (one,) = code_all([row], reader="rules")
            if isinstance(one, Coding):
                coded[one.report.text] = one
                one.to_json().encode("utf-8")
                seen[name]["coded"] += 1
                continue
            assert not isinstance(one, NotCoded), (name, one)
            assert re.fullmatch(r"DL-R\d{3}", one.code) and one.what and one.where, name
            str(one).encode("utf-8")
            seen[name][one.code] += 1
    assert all(seen.values()), [name for name, found in seen.items() if not found]
    told = sum(seen.values(), Counter[str]())
    # Each reason that files of ours can give is given by some.
    assert {f"DL-R{n:03}" for n in (1, 2, 3, 5, 6, 9, 11, 14)} <= set(told)


def test_a_folder_of_them_gives_the_same_as_one_after_the_other(folder: Path) -> None:
    together = Counter(_said(row) for row in read_paths([str(folder)]))
    alone = Counter(_said(row) for name in sorted(FILES) for row in reports_of(FILES[name], str(folder / name)))
    missing = alone - together
    # Of a folder, words under a strange name are no report; what is named itself is.
    assert sum(missing.values()) <= sum(count for (_, code), count in together.items() if code == "DL-R011")


def _said(row: Report | RejectedReport) -> tuple[str, str]:
    return (row.uri, "") if isinstance(row, Report) else (str(row.where), row.code)


def test_good_lines_beside_odd_ones_are_all_read() -> None:
    lines = [data for name, data in FILES.items() if "_fields." in name and data.count(b"\n") == 3]
    assert len(lines) >= 70
    for data in lines:
        found = list(reports_of(data, "a.jsonl"))
        assert len(found) == 3
        for one in (found[0], found[2]):
            assert isinstance(one, Report) and one.text == TEXT == json.loads(ROW)["text"]
