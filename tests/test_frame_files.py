"""Frames as data: the manual is made of the form, every file and entry is used, and lines stay short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dateline.language import Document, Parser
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load, load_file
from dateline.what import happenings
from dateline.what.case import Case
from dateline.what.conditions import Condition, _check, condition, table
from dateline.what.frames import FAMILIES, Frame, frames
from dateline.what.lexicon import _index
from tests.frame_manual import PAGE, page

KNOWLEDGE = Path(__file__).parents[1] / "src" / "dateline" / "what" / "knowledge"
FRAMES = sorted((KNOWLEDGE / "en" / "frames").glob("*.yaml"))


def test_the_manual_is_made_of_the_form() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.frame_manual"
    assert all(field.description for form in (Frame, Condition) for field in form.model_fields.values())


def test_every_file_of_frames_is_read() -> None:
    assert {file.stem for file in FRAMES} == set(FAMILIES)


@pytest.mark.parametrize("file", [*FRAMES, KNOWLEDGE / "conditions.yaml"], ids=lambda file: file.stem)
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


def _of_python() -> str:
    """The text of all modules, in which the names of lists and conditions stand that they ask for."""
    return "\n".join(file.read_text("utf-8") for file in KNOWLEDGE.parents[1].rglob("*.py"))


def _named(one: Any) -> Iterator[str]:
    """All words and numbers of an entry of conditions.yaml."""
    inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    yield from (str(key) for key in one) if isinstance(one, dict) else ()
    yield from (one,) if isinstance(one, str) else ()
    for each in inner:
        yield from _named(each)


def _entries() -> dict[str, Any]:
    return load("dateline.what", "conditions.yaml", dict[str, Any])


def test_every_condition_can_be_asked_and_is_needed() -> None:
    for name in table():
        condition(name)
    by_frames = {frame.needs for frame in frames()}
    by_python = set(re.findall(r'condition\("(\w+)"\)', _of_python()))
    by_others = {name for one in _entries().values() for name in _named(one)}
    assert set(table()) <= by_frames | by_python | by_others
    assert by_frames - {None} <= set(table())


def test_every_list_of_words_is_used() -> None:
    asked = set(re.findall(r'wordlist\("(\w+)"\)', _of_python()))
    by_conditions = set(_named(_entries()))
    lists = set(load("dateline.what", "words.yaml", dict[str, Any])) - {"methods"}
    by_means = {f"kills_as_{one}" for one in ("bombing", "shelling", "airstrike")}  # coding/drafting/kinds.py
    assert lists - asked - by_conditions - by_means == set()


def test_no_list_stands_twice_under_two_names() -> None:
    lists = load("dateline.what", "words.yaml", dict[str, Any]) | load("dateline.what", "en/words.yaml", dict[str, Any])
    same = Counter(frozenset(words) for words in lists.values())
    assert [sorted(words) for words, n in same.items() if n > 1] == []


def test_a_condition_that_asks_for_an_unknown_list_is_told() -> None:
    with pytest.raises(BadKnowledge, match="no_such_list"):
        _check(Condition(sentence=("no_such_list",)))
    with pytest.raises(BadKnowledge, match="no_such_condition"):
        condition("no_such_condition")


@pytest.mark.parametrize(
    ("text", "entry", "holds"),
    [
        ("Police arrested two men in Kobo.", {"agent": ["state"]}, True),
        ("Police arrested two men in Kobo.", {"object": ["facility"]}, False),
        ("Police arrested two men in Kobo.", {"not": {"object": ["people"]}}, False),
        ("Police arrested two men in Kobo.", {"any": [{"object": ["facility"]}, {"sentence": ["law"]}]}, True),
        ("Two men were arrested in Kobo.", {"passive": True}, True),
        ("Two men were arrested in Kobo, aged 71.", {"like": r"\baged 7\d"}, True),
        ("Police arrested two men over bombs in Kobo.", {"after": {"over": ["explosives"]}}, True),
        ("Police arrested two men over bombs in Kobo.", {"after": {"in": ["explosives"]}}, False),
    ],
)
def test_what_a_new_entry_asks_is_seen(text: str, entry: dict[str, Any], holds: bool) -> None:
    """A condition that no frame has yet, on the arrest that a sentence tells."""
    document = Document.of(text)
    Parser(lambda _: False, frozenset()).parse(document, document.sentences)
    (sentence,) = document.sentences
    (mention,) = [m for m in happenings(sentence, frozenset(text.lower().split())) if m.frame.type == "arrest"]
    case = Case(mention.frame, sentence, mention.hit, mention.agents, mention.objects, frozenset())
    assert _check(Condition.model_validate(entry))(case) is holds
