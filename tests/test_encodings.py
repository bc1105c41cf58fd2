"""Bytes in any encoding are read as what they say, or rejected with the bytes shown: never as other words."""

from __future__ import annotations

import random

import pytest
from benchmarks.encodings import cases

from dateline.coding import code_report
from dateline.model import RejectedReport, Report
from dateline.readers import reports_of
from dateline.readers.codepages import guess

USUAL = {"en": "cp1252", "es": "cp1252", "fr": "cp1252", "tr": "cp1254", "ru": "cp1251", "ar": "cp1256"}
_PAGE = "<html><head>{head}<title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _only(data: bytes, name: str = "a.txt") -> Report | RejectedReport:
    (found,) = reports_of(data, name)
    return found


def test_no_text_in_an_old_code_page_is_read_as_other_words() -> None:
    wrong, rejected = [], 0
    for language, page, text, data in cases():
        found = guess(data)
        rejected += found is None
        if found is not None and found.text != text:
            wrong.append((language, page, found))
    assert not wrong
    assert rejected <= 5


@pytest.mark.parametrize("language", sorted(USUAL))
def test_the_usual_code_page_of_a_language_is_read_and_the_guess_is_said(language: str) -> None:
    of_it = [(text, data) for one, page, text, data in cases() if (one, page) == (language, USUAL[language])]
    assert len(of_it) == 7
    for text, data in of_it:
        found = _only(data)
        assert isinstance(found, Report) and found.text == text
        assert found.notes == (
            f"The encoding is a guess: windows-{USUAL[language][2:]}, by the words of '{language}' that it gives.",
        )
    coding = code_report(found, reader="rules")
    assert coding.warnings[0] == found.notes[0]
    assert "a guess" in coding.to_json()


def test_utf8_with_bad_bytes_stays_utf8_and_says_so() -> None:
    text = "José Núñez, a baker in Bogotá, heard the bomb that killed two on Monday."
    data = text.encode().replace(b"baker", b"b\xe9ker")
    found = _only(data)
    assert isinstance(found, Report) and found.text == text.replace("baker", "b\ufffdker")
    assert found.notes[0].startswith("1 place is no UTF-8") and "b\\xe9ker" in found.notes[0]
    cut = _only(text.encode()[: text.encode().index("ú".encode()) + 1])
    assert isinstance(cut, Report) and cut.text == "José N\ufffd"


def test_doubt_is_told_with_the_bytes() -> None:
    found = _only(b"Bomba en Culiac\xe1n: 2 muertos")
    assert isinstance(found, RejectedReport) and found.code == "DL-R003"
    assert "Culiac\\xe1n" in found.what


def test_noise_is_not_read_as_words() -> None:
    choice = random.Random(4)
    taken = 0
    for _ in range(300):
        size = choice.randrange(40, 400)
        data = bytes(
            choice.choice(b"abcdefghij klmnop.,\n") if choice.random() < 0.8 else choice.randrange(128, 256)
            for _ in range(size)
        )
        taken += guess(data) is not None
    assert taken <= 1


@pytest.mark.parametrize("head", ["", '<meta charset="utf-8">', '<meta charset="iso-8859-1">', '<meta charset="none">'])
@pytest.mark.parametrize("language", ["tr", "es", "ru"])
def test_pages_that_name_no_encoding_or_a_wrong_one_are_read(language: str, head: str) -> None:
    whole = max((text for one, page, text, _ in cases() if (one, page) == (language, USUAL[language])), key=len)
    body = "".join(f"<p>{whole}</p>" for _ in range(2))
    title = whole.split(".")[0]
    data = _PAGE.format(head=head, title=title, body=body).encode(USUAL[language])
    found = _only(data, "a.html")
    assert isinstance(found, Report) and whole in found.text
    assert found.title == title


def test_a_page_that_names_its_encoding_is_believed_where_its_words_do_not_tell() -> None:
    told = "Čačak, Niš, Užice, Šabac: 3 / 4 / 5 / 6 mrtvih. " * 9
    data = _PAGE.format(head='<meta charset="windows-1250">', title="Čačak", body=f"<p>{told}</p>").encode("cp1250")
    found = _only(data, "a.html")
    assert isinstance(found, Report) and "Čačak, Niš, Užice, Šabac" in found.text
