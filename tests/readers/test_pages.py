"""Forty-eight saved pages of our own: the whole story is read, and nothing of the site."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import Report
from dateline.readers import reports_of
from tests.readers.pages import FURNITURE, LAYOUTS, Saved, saved_pages

PAGES = list(saved_pages())


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


def test_no_sentence_of_an_account_is_furniture() -> None:
    coding = dateline.code(_read(PAGES[0]).text, reader="rules")
    told = [span.of(coding.report.text) for account in coding.accounts for span in account.sentences]
    assert told and not [words for words in FURNITURE if any(words in sentence for sentence in told)]
