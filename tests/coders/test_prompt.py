"""The prompt: made of the vocabulary, short enough, with examples that hold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from tokenizers import Tokenizer

import dateline.reader
from dateline.coders import prompt
from dateline.coders.asking import Asked, Settings, questions
from dateline.coders.grounding import ground
from dateline.coders.parts import cut, sentences_of
from dateline.model import vocabulary
from dateline.model.claims import CodedBy
from dateline.readers import report_of
from tests.contract import breaches


def _tokens(text: str) -> int:
    tokenizer = Tokenizer.from_file(str(Path(dateline.reader.__file__).parent / "weights" / "tokenizer.json"))
    tokenizer.no_truncation()
    return len(tokenizer.encode(text).ids)


def test_every_allowed_word_is_told() -> None:
    told = prompt.instructions()
    for field, words in prompt.FIELDS.items():
        line = next(line for line in told.splitlines() if line.startswith(f"{field.upper()}: "))
        assert all(word in line for word in words)
    assert set(prompt.FIELDS["type"]) == set(get_args(vocabulary.Type))


def test_it_leaves_room_for_a_report_and_an_answer_in_8000_tokens() -> None:
    assert _tokens(prompt.instructions()) < 5_100


def test_the_version_is_that_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    version = prompt.version()
    assert len(version) == 12
    prompt.version.cache_clear()
    monkeypatch.setattr(prompt, "instructions", lambda: "Code.")
    assert prompt.version() != version
    prompt.version.cache_clear()


@pytest.mark.parametrize("example", prompt.examples(), ids=lambda e: e.sample)
def test_each_example_is_grounded_whole(example: prompt.Example) -> None:
    asked = Asked.of(report_of(prompt.sample_text(example.sample), example.sample, example.published), Settings())
    coding = ground(asked.report, asked.document, [example.answer], CodedBy("model"))
    assert coding.warnings == ()
    assert len(coding.accounts) == len(example.answer["accounts"])
    assert all(a.confidence == 0.9 for a in coding.accounts)
    assert breaches(coding.to_json()) == []


def test_all_words_of_a_long_report_are_asked_about() -> None:
    text = "\n\n".join(f"Police in town {n} detained {n} men on Monday. They were freed." for n in range(400))
    sentences = sentences_of(text)
    parts = cut(sentences, 2_000)
    assert {s.number for part in parts for s in part} == {s.number for s in sentences}
    assert all(sum(len(s.text) for s in part) <= 2_000 for part in parts)
    assert all(a[-2:] == b[:2] for a, b in pairwise(parts))
    assert "".join("".join(s.text for s in sentences).split()) == "".join(text.split())


def test_a_later_part_is_asked_with_the_head_and_what_was_found() -> None:
    text = "\n\n".join(f"Police in town {n} detained {n} men on Monday." for n in range(100))
    asked = Asked.of(report_of(text), Settings(part_chars=1_500))
    row = {"id": "a1", "type": "arrest", "sentences": [1], "trigger": "detained"}
    found = [q for q, _ in questions(asked, Settings(), lambda q: {"accounts": [row]})]
    assert len(found) == len(asked.parts) > 1
    later = found[1].messages[1]["content"]
    assert "[1] Police in town 0 detained 0 men" in later and '"id":"a1"' in later and "Part 2 of" in later
    assert len({q.key for q in found}) == len(found)
    assert [q.part for q, _ in questions(asked, Settings(), lambda q: None)] == [1]
