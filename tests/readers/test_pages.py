"""Forty-eight saved pages of our own: the whole story is read, and nothing of the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dateline
from dateline.model import Coding, Report
from dateline.readers import reports_of
from dateline.readers.story import byline, is_furniture
from tests.readers.pages import FURNITURE, LAYOUTS, Saved, saved_pages

PAGES = list(saved_pages())
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
#: The credit of a picture, or a call to do something on the site.
_CREDIT = re.compile(r"/AFP|via Getty|Getty Images|Browse Categories|Personalize|Follow \w+ on\b|Your News")


def _read(page: Saved) -> Report:
    (report,) = reports_of(page.data, page.uri)
    assert isinstance(report, Report), report
    return report


def test_there_are_forty_of_a_dozen_layouts() -> None:
    assert len(PAGES) >= 40 and len(LAYOUTS) >= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.uri[8:])
def test_a_page_gives_its_story_and_no_furniture(page: Saved) -> None:
    text = _read(page).text
    assert not [words for words in FURNITURE if words.casefold() in text.casefold()]
    assert all(paragraph in text for paragraph in page.story)
    assert sum(map(len, page.story)) > 0.9 * (len(text) - 80)


def test_characters_that_no_page_may_hold_do_no_harm() -> None:
    page = PAGES[0].data.replace(b"<figure>", b"&#1;&#xB;<figure>").replace(b"</figure>", b"</figure>&#1;&#x1F;")
    (report,) = reports_of(page, PAGES[0].uri)
    assert isinstance(report, Report) and all(paragraph in report.text for paragraph in PAGES[0].story)


@pytest.mark.parametrize("reader", ["learned", "rules"])
def test_no_sentence_of_an_account_is_furniture(reader: str) -> None:
    accounts = 0
    for page in PAGES:
        told = _told(dateline.code(_read(page).text, reader=reader))
        accounts += len(told)
        assert not [words for words in FURNITURE if any(words.casefold() in one.casefold() for one in told)]
    assert accounts > 3 * len(PAGES)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds")
@pytest.mark.parametrize("reader", ["learned", "rules"])
def test_no_sentence_of_an_account_of_the_seeds_is_furniture(reader: str) -> None:
    """The seeds are texts, taken from pages with all that stood around the story."""
    for path in sorted(SEEDS.glob("*.txt")):
        told = _told(dateline.code(path.read_text(encoding="utf-8"), reader=reader))
        assert told
        assert not [one for one in told if is_furniture(one) or byline(one) or _CREDIT.search(one)]


def _told(coding: Coding) -> list[str]:
    return [span.of(coding.report.text) for account in coding.accounts for span in account.sentences]
