"""In which language a report is, by a few words of it already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline
from dateline.language.identify import language_of

_KNOWN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8"))
_SENTENCES = [(language, text) for language, texts in _KNOWN["sentences"].items() for text in texts]
#: So large a share of short sentences with names of all regions may be taken for another language. (5 of 1,326 are.)
_WRONG = 0.005


@pytest.mark.parametrize(("language", "text"), _SENTENCES)
def test_short_sentences_are_english_or_not(language: str, text: str) -> None:
    assert (language_of(text) == "en") == (language == "en")


def test_names_of_no_region_make_a_sentence_another_language() -> None:
    made = [
        (language, frame.format(name))
        for language, frames in _KNOWN["frames"].items()
        for frame in frames
        for name in _KNOWN["names"]
    ]
    wrong = [(language, text) for language, text in made if (language_of(text) == "en") != (language == "en")]
    assert len(made) > 1000
    assert len(wrong) <= _WRONG * len(made), wrong


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt", "tr", "id"])
def test_a_few_sentences_are_named(language: str) -> None:
    assert language_of(" ".join(_KNOWN["sentences"][language][:4])) == language


def test_names_and_numbers_alone_are_no_other_language() -> None:
    assert language_of("2026-11-27") is None
    assert language_of("Al-Qaeda in Yemen") == "en"


def test_what_is_not_english_is_said_and_not_coded() -> None:
    coding = dateline.code("La police turque a arrêté 38 personnes soupçonnées de liens avec le groupe.")
    assert coding.accounts == ()
    assert coding.warnings == ("The report is in 'fr'; only English is coded.",)
