"""Files of answers: packed, torn and damaged ones, and what is added to them."""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.coders.asking import Question, Settings
from dateline.coders.errors import BadAnswers, NotAnswered
from dateline.coders.kept import Answers, Keeping, Kept
from dateline.coders.model import ModelCoder
from dateline.model.errors import NotInstalled
from dateline.readers import report_of

KINDS = (".jsonl", ".jsonl.gz", ".jsonl.zst")


@pytest.fixture(params=KINDS)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param.endswith(".zst"):
        pytest.importorskip("backports.zstd")
    return tmp_path / f"answers{request.param}"


def _kept(number: int) -> Kept:
    return Kept(f"r{number}.1.x", {"accounts": [{"id": f"a{number}", "trigger": "word " * 40}]}, "m", "p")


def _keys(file: Path) -> list[str]:
    return list(Answers.read(file).by_key)


def _add(file: Path, *numbers: int, close: bool = True) -> Keeping:
    keeping = Keeping(file)
    for number in numbers:
        keeping.keep(_kept(number))
    if close:
        keeping.close()
    return keeping


def test_what_is_added_is_there_at_once_and_later(file: Path) -> None:
    keeping = _add(file, 1, 2, close=False)
    assert _keys(file) == ["r1.1.x", "r2.1.x"]
    keeping.close()
    _add(file, 3)
    assert _keys(file) == ["r1.1.x", "r2.1.x", "r3.1.x"]


def test_who_is_killed_loses_nothing_that_was_kept_and_breaks_nothing(file: Path) -> None:
    _add(file, 1, 2, close=False)  # and never closed
    _add(file, 3)
    assert _keys(file) == ["r1.1.x", "r2.1.x", "r3.1.x"]


def test_wherever_the_file_is_torn_whole_answers_count_and_others_can_be_added(file: Path) -> None:
    _add(file, *range(5))
    whole = file.read_bytes()
    for size in range(len(whole) // 3, len(whole), 7):
        file.write_bytes(whole[:size])
        held = _keys(file)
        assert held == [f"r{n}.1.x" for n in range(len(held))]
        _add(file, 9)
        assert _keys(file) == [*held, "r9.1.x"]


def test_a_last_line_by_hand_without_an_end_is_no_torn_one(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(_kept(1).to_json(), encoding="utf-8")
    _add(file, 2)
    assert _keys(file) == ["r1.1.x", "r2.1.x"]


def test_damage_before_the_end_is_told(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl.gz"
    file.write_bytes(gzip.compress(b"x" * 500)[:-8] + b"\0" * 8 + b"more")
    with pytest.raises(BadAnswers, match="damaged"):
        Answers.read(file)
    with pytest.raises(BadAnswers, match="damaged"):
        _add(file, 1)


def test_several_files_packed_one_after_the_other_are_one(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl.gz"
    file.write_bytes(b"".join(gzip.compress(_kept(n).to_json().encode() + b"\n") for n in (1, 2)))
    assert _keys(file) == ["r1.1.x", "r2.1.x"]


def test_without_what_packs_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(NotInstalled, match="zst"):
        _add(tmp_path / "answers.jsonl.zst", 1)


LONG = " ".join(f"Gunmen killed {n} villagers near Kano on Monday, police said." for n in range(2, 40))
REPORT = report_of(LONG, "long", "2024-03-12")
NOTHING: dict[str, Any] = {"accounts": []}


def _answers(part_chars: int, of: bool) -> Answers:
    """Answers to all parts of a report, of so many characters each; `of`: they say how many parts there are."""
    found = Answers()

    def ask(question: Question) -> Kept:
        found.add(Kept(question.key, NOTHING, "m", "old", of=question.of if of else None))
        return Kept(question.key, NOTHING)

    ModelCoder(settings=Settings("another", part_chars=part_chars), ask=ask)(REPORT)
    return found


@pytest.mark.parametrize("of", [True, False])
def test_answers_to_parts_of_another_size_are_not_taken_for_all_of_a_report(of: bool) -> None:
    coder = ModelCoder(_answers(600, of), Settings("m"), any_prompt=True)
    with pytest.raises(NotAnswered, match=r"are to \d+ parts \(another --part-chars\)"):
        coder(REPORT)
    assert replace(coder, answers=_answers(6_000, of))(REPORT).accounts == ()
    assert replace(coder, answers=_answers(600, of), settings=Settings("m", part_chars=600))(REPORT).accounts == ()


def test_of_how_many_parts_a_report_was_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    keeping = Keeping(file)
    keeping.keep(Kept("r.1.x", NOTHING, of=3))
    keeping.close()
    assert Answers.read(file).by_key["r.1.x"].of == 3
