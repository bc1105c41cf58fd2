"""Frames as data: the manual is made of the form, every file and entry is used, and lines stay short."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load_file
from dateline.what.frames import FAMILIES, Frame, frames
from dateline.what.lexicon import _index
from tests.frame_manual import PAGE, page

KNOWLEDGE = Path(__file__).parents[1] / "src" / "dateline" / "what" / "knowledge"
FRAMES = sorted((KNOWLEDGE / "en" / "frames").glob("*.yaml"))


def test_the_manual_is_made_of_the_form() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.frame_manual"
    assert all(field.description for field in Frame.model_fields.values())


def test_every_file_of_frames_is_read() -> None:
    assert {file.stem for file in FRAMES} == set(FAMILIES)


@pytest.mark.parametrize("file", FRAMES, ids=lambda file: file.stem)
def test_lines_are_short(file: Path) -> None:
    assert max(map(len, file.read_text(encoding="utf-8").splitlines())) < 120


def test_every_entry_can_be_reached() -> None:
    """A frame that needs nothing leaves none for later frames of the same word."""
    for (kind, _), entries in _index().items():
        for earlier, later in combinations(entries, 2):
            same = earlier.words == later.words
            assert not same or earlier.frame.needs or earlier.frame.transitive, (kind, earlier.words, later.frame.key)


def test_no_word_stands_twice_in_a_frame() -> None:
    for frame in frames():
        for words in (frame.verbs, frame.nouns, frame.adjectives):
            assert [word for word, n in Counter(words).items() if n > 1] == [], frame.key


def test_a_field_that_no_frame_has_is_told(tmp_path: Path) -> None:
    file = tmp_path / "frames.yaml"
    file.write_text("- {type: protest, nouns: [hartal], weight: 3}\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match="weight"):
        load_file(file, list[Frame])
