"""The codebook: complete, current, and its examples are what it says."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline.engines import code
from dateline.model import vocabulary
from dateline.publishing.meanings import meanings, page
from tests.codebook import FILE


def test_every_word_of_the_vocabulary_has_a_meaning() -> None:
    own = meanings()
    assert set(own.types) == vocabulary.TYPES
    known = {
        "status": vocabulary.Status, "scope": vocabulary.Scope, "date_precision": vocabulary.TimePrecision,
        "place_precision": vocabulary.PlacePrecision, "role": vocabulary.Role, "kind": vocabulary.ActorKind,
        "party": vocabulary.Party,
    }  # fmt: skip
    assert {name: set(words) for name, words in own.words.items()} == {n: set(get_args(w)) for n, w in known.items()}
    assert max(change["version"] for change in own.changes) == own.version


def test_the_page_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "python -m tests.codebook"


#: Both readers leave out a meeting that a report of one sentence tells of: the example only shows the word.
_ONLY_SHOWN = "meeting"


@pytest.mark.parametrize("kind", sorted(n for n, own in meanings().types.items() if own.example and n != _ONLY_SHOWN))
def test_an_example_is_coded_as_its_type(kind: str) -> None:
    told = meanings().types[kind].example
    found = {a.type for reader in ("learned", "rules") for a in code(told, "2024-05-15", reader=reader).accounts}
    assert kind in found
