"""How the English model is loaded and kept: the same parse by any way of multiplying, and a bounded store of words."""

from __future__ import annotations

import pytest
from thinc.api import NumpyOps

from dateline.language import Document, Parser
from dateline.language import loading as loaded
from dateline.language.loading import model, with_fast_products

_TEXT = (
    "Gunmen on motorbikes attacked a market in the north on Tuesday, killing at least 12 people. "
    "Two soldiers who had been guarding the bridge were wounded, the governor's office said."
)


def _parsed(text: str) -> list[tuple[str, str, int]]:
    document = Document.of(text)
    Parser(lambda word: False).parse(document, document.sentences)
    return [(t.tag, t.dep, t.head) for s in document.sentences for t in s.tokens]


def test_numpy_and_blis_give_the_same_parse() -> None:
    nodes = [node for _, component in model().pipeline for node in component.model.walk()]
    assert all(isinstance(node.ops, NumpyOps) and not node.ops.use_blis for node in nodes)
    by_numpy = _parsed(_TEXT)
    try:
        for node in nodes:
            node.ops = NumpyOps(use_blis=True)
        assert _parsed(_TEXT) == by_numpy
    finally:
        with_fast_products(model())


def test_new_words_are_kept_until_there_are_enough_and_freed_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    strings = model().vocab.strings
    monkeypatch.setattr(loaded, "_KEPT", len(model().vocab) + 1)
    _parsed("Zorbulax met Quixadrin in the old town.")
    assert "Zorbulax" in strings and "Quixadrin" in strings
    _parsed("Vexolantor met Brimtaquil in the old town.")
    assert "Vexolantor" not in strings and "Brimtaquil" not in strings


def test_a_report_is_parsed_the_same_before_and_after_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaded, "_KEPT", 0)
    freed = _parsed(_TEXT)
    monkeypatch.setattr(loaded, "_KEPT", 10**9)
    assert _parsed(_TEXT) == freed == _parsed(_TEXT)
