"""The first look: what it spares the learned reader, and what it leaves alone."""

from __future__ import annotations

import random

import dateline
from dateline.coding.reading import gate, read_report
from dateline.language import Document, glance
from dateline.language.glance import Glance
from dateline.readers import report_of

_STORY = (
    "The second film must be the best of the season. It can help the company to move into growth. The launch killed "
    "off a rival game. The private firm will keep its first plans."
)
_REPORT = "Gunmen killed two farmers near Gao. The mayor was away. It rained all day. Police arrested a man."


def _promise(text: str) -> float:
    document = Document.of(text)
    return glance().of(gate().open_for(document), document.sentences)


def test_a_story_that_the_gate_opens_is_not_read_and_a_report_is() -> None:
    assert gate().open_for(Document.of(_STORY)).worth
    assert read_report(report_of(_STORY), learned=True).heard is None
    assert not dateline.code(_STORY, reader="learned").accounts
    assert read_report(report_of(_REPORT), learned=True).heard is not None
    assert dateline.code(_REPORT, reader="learned").accounts


def test_a_happening_anywhere_in_a_story_opens_it() -> None:
    for told in ("Gunmen killed two farmers near Gao.", "A bomb wounded nine soldiers.", "Police arrested a suspect."):
        for text in (f"{told} {_STORY}", f"{_STORY} {told}"):
            assert read_report(report_of(text), learned=True).heard is not None, text


def test_the_rules_alone_read_what_the_gate_opens() -> None:
    opened = read_report(report_of(_STORY), learned=False)
    assert any(s.tokens for s in opened.document.sentences)


def test_what_is_said_does_not_hang_on_the_order_of_sentences() -> None:
    sentences = _STORY.split(". ")
    for seed in range(5):
        random.Random(seed).shuffle(sentences)
        assert _promise(". ".join(sentences)) == _promise(_STORY)


def test_each_word_counts_once_and_what_is_not_known_counts_nothing() -> None:
    document = Document.of("Rebels killed two men. Rebels qwerty killed. Nobody came. Nobody saw it.")
    model = Glance(0, -10, {"rebels": 20, "killed": 30}, {"killed": 40, "nobody": -4})
    opened = gate().open_for(document)
    assert model.of(opened, document.sentences) == -10 + 50 + 2.5 * 36 / 2**0.5
