"""The learned reader: how sentences become windows, and what is made of the network's numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from dateline.language import Document
from dateline.model import Span
from dateline.model.errors import NotInstalled
from dateline.reader import network as loading
from dateline.reader import read
from dateline.reader.layout import DISTANCES, LINK, LINKS, ROLES, SAME, SLICES, STATUSES, TYPES, WIDTH, distance
from dateline.reader.network import WEIGHTS, Comparing
from dateline.reader.reading import Reading
from dateline.reader.windows import LONGEST, windows

TEXT = "A bomb went off in the market of Gao. Two traders died. Police came later."


@dataclass
class _Encoding:
    ids: list[int]
    word_ids: list[int]
    offsets: list[tuple[int, int]]


class _ThreeLetters:
    """Stands for the tokenizer: a piece for every three letters."""

    def encode_batch(self, texts: list[str], add_special_tokens: bool) -> list[_Encoding]:
        return [self._encode(text) for text in texts]

    def token_to_id(self, word: str) -> int:
        return 7000 + len(word)

    def _encode(self, text: str) -> _Encoding:
        found = _Encoding([], [], [])
        for number, match in enumerate(re.finditer(r"\w+|[^\w\s]", text)):
            for start in range(match.start(), match.end(), 3):
                found.ids.append(1000)
                found.word_ids.append(number)
                found.offsets.append((start, min(start + 3, match.end())))
        return found


def _windows(text: str):
    return windows(Document.of(text).sentences, _ThreeLetters())


def test_words_stand_where_they_stand_in_the_report():
    (window,) = _windows(TEXT)
    assert [w.span.of(TEXT) for w in window.words][:4] == ["A", "bomb", "went", "off"]
    assert len(window.ids) == window.words[-1].end + 1


def test_it_does_not_matter_what_those_who_fight_are_called():
    one, other = (_windows(f"Five {who} shot a fighter jet.") for who in ("Terrorists", "militants"))
    assert one[0].ids == other[0].ids
    assert [w.span.of("Five Terrorists shot a fighter jet.") for w in one[0].words][1] == "Terrorists"


def test_a_long_report_is_cut_and_no_word_is_lost_or_read_twice():
    text = " ".join(f"In village number {n} the soldiers searched every house." for n in range(120))
    cut = _windows(text)
    assert len(cut) > 2
    assert max(len(w.ids) for w in cut) <= LONGEST
    spans = [word.span for window in cut for word in window.words]
    assert spans == sorted(set(spans))
    assert "".join(s.of(text) for s in spans) == "".join(text.split())
    assert cut[1].words[0].first > 1, "opens with the last sentence of the window before"


def test_a_sentence_longer_than_a_window_is_cut_between_words():
    text = "word " * 280 + "end."
    cut = _windows(text)
    assert max(len(w.ids) for w in cut) <= LONGEST
    assert sum(len(w.words) for w in cut) == 282


def test_nothing_to_read():
    assert windows([], _ThreeLetters()) == []


def _reading(scores: dict[tuple[str, str, int], float]) -> Reading:
    """A reading of TEXT in which some words have some scores."""
    (window,) = _windows(TEXT)
    rows = np.zeros((len(window.words), WIDTH))
    rows[:, SLICES["type"].start] = 8.0
    rows[:, SLICES["sentence"]] = -6.0
    rows[:, SLICES["filler_bias"]] = -6.0
    words = [w.span.of(TEXT) for w in window.words]
    for (word, part, number), score in scores.items():
        rows[words.index(word), SLICES[part].start + number] = score
    comparing = Comparing(
        same=np.ones(2 * SAME),
        same_far=np.zeros(DISTANCES),
        role_far=np.zeros((2 * DISTANCES, len(ROLES))),
        link=np.zeros((len(LINKS), LINK)),
        link_far=np.zeros((2 * DISTANCES, len(LINKS))),
    )
    return Reading(window.words, rows, comparing, 3)


def test_a_word_that_tells():
    reading = _reading({("bomb", "type", TYPES.index("bombing")): 12.0, ("bomb", "status", 0): 5.0})
    (told,) = reading.told
    assert told.span.of(TEXT) == "bomb"
    assert told.types[0][0] == "bombing"
    assert told.status[0][0] == STATUSES[0]
    assert told.likely == pytest.approx(0.98, abs=0.02)


def test_of_two_neighbours_that_say_the_same_the_likelier_is_told():
    bombing = TYPES.index("bombing")
    reading = _reading({("went", "type", bombing): 11.0, ("off", "type", bombing): 10.0})
    assert [t.span.of(TEXT) for t in reading.told] == ["went"]
    apart = _reading({("went", "type", bombing): 11.0, ("off", "type", TYPES.index("killing")): 10.0})
    assert len(apart.told) == 2


def test_sentences_say_what_they_tell_of():
    reading = _reading({("bomb", "sentence", 0): 90.0})
    assert reading.sentences[0][0][0] == "any"
    assert reading.sentences[0][0][1] > 0.9
    assert reading.sentences[1] == ()


def test_roles_are_those_of_the_likeliest_word():
    reading = _reading(
        {("bomb", "type", TYPES.index("bombing")): 12.0, ("Gao", "filler_bias", ROLES.index("place")): 4.0}
    )
    (told,) = reading.told
    at = TEXT.index("the market of Gao")
    assert reading.roles(told, Span(at, at + 17))["place"] > 0.9
    assert reading.roles(told, Span(0, 1))["place"] < 0.1
    assert reading.roles(told, Span(900, 901))["place"] == 0.0


def test_distances():
    assert [distance(n) for n in (0, 1, 2, 3, 5, 6, 40)] == [0, 1, 2, 3, 3, 4, 4]


def test_without_weights_the_room_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(loading, "WEIGHTS", tmp_path)
    with pytest.raises(NotInstalled):
        read(Document.of(TEXT).sentences)


needs_weights = pytest.mark.skipif(not (WEIGHTS / "reader.onnx").exists(), reason="no weights")


@needs_weights
def test_the_shipped_reader_reads():
    pytest.importorskip("onnxruntime")
    text = "Gunmen shot dead two policemen in Quetta on Monday, officials said. The bakery next door sells bread."
    sentences = Document.of(text).sentences
    reading = read(sentences)
    told = [t for t in reading.told if t.likely > 0.5]
    assert {t.sentence for t in told} == {0}
    assert told[0].types[0][0] in ("attack", "killing")
    at = text.index("two policemen")
    roles = reading.roles(told[0], Span(at, at + len("two policemen")))
    assert max(roles["victim"], roles["target"], roles["count"]) > 0.3
    again = read(sentences)
    assert again.told == reading.told
