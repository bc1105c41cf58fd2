"""Smaller parts: sentences, casing, numbers, names, the gazetteer, notebook view."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import code
from dateline.language import Document, Gate, Parser
from dateline.language.casing import case_of, truecase
from dateline.language.dictionary import forms, lemma
from dateline.language.mending import mended
from dateline.language.numbers import ordinal, parse
from dateline.model import Span
from dateline.model.knowledge import load
from dateline.model.show import as_html, segments
from dateline.what import triggers
from dateline.where import is_place_word, resolve, spot
from dateline.where.build import is_current
from dateline.where.folding import fold, without_article
from dateline.who import known_actors
from dateline.who.actors import ActorForm, pieces_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("nine hundred", 900),
        ("twenty-one", 21),
        ("3,000", 3000),
        ("1.5 million", 1_500_000),
        ("two thousand and five", 2005),
        ("many", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert parse(text) == number


def test_ordinals() -> None:
    assert [ordinal(w) for w in ("third", "21st", "twenty-first", "x")] == [3, 21, 21, None]


def test_sentences_in_any_case() -> None:
    mixed = "Gen. A. B. Khan of the U.S. Army spoke on Nov. 3. He left at once. Nobody saw him."
    assert len(Document.of(mixed).sentences) == 3
    assert len(Document.of(mixed.upper()).sentences) == 3
    assert len(Document.of("two men were held. police said so.nobody was hurt.").sentences) == 3


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "   MEMBERS OF THE FRONT ATTACKED A POWER STATION NEAR THE CAPITAL\nLAST NIGHT AND A SOLDIER GUARDING THE"
        " PLACE\nWAS WOUNDED, ACCORDING TO PRELIMINARY REPORTS FROM THE\nARMY.  NOBODY WAS ARRESTED.\n"
    )
    assert len(Document.of(text).sentences) == 2


@given(st.text(max_size=400))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for sentence in Document.of(text).sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        assert len(sentence.text) == sentence.end - sentence.start
        at = sentence.end


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["upper", "lower", "title", "mixed"]))
def test_truecase_moves_no_offset(text: str, case: str) -> None:
    assert len(truecase(text, case, is_place_word)) == len(text)


def test_truecase_writes_prose() -> None:
    text = "GUERRILLAS ATTACKED SAN SALVADOR"
    assert case_of(text) == "upper"
    assert truecase(text, "upper", is_place_word) == "guerrillas attacked San Salvador"


def test_marks_that_nobody_sees_part_no_words() -> None:
    assert mended("Minister\u200e met") == "Minister  met"
    assert mended("15-y\u00adear") == "15-y\u00adear"


def test_lemmas_and_forms() -> None:
    assert (lemma("killed", "verb"), lemma("policemen", "noun"), lemma("fled", "verb")) == ("kill", "policeman", "flee")
    assert {"seize", "seizes", "seized", "seizing"} <= forms("seize", "verb")


def test_every_strong_trigger_opens_the_gate() -> None:
    words = triggers()
    assert {"kidnapped", "arrested", "murdered"} <= words.strong
    assert words.strong.isdisjoint(words.weak)
    assert "police" in words.company
    assert not {"of", "to", "with"} & (words.strong | words.weak)


_DULL = "The council met and took note of the budget. It will meet again in May. The mayor thanked all. "


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("", 0),
        ("Gunmen opened fire on a bus. ", 1),
        ("Gunmen opened fire. A man was kidnapped. Police arrested two. ", 15),
        ("The film was shot in Kenya. ", 1),
        ("The chef lit a fire in the stove. ", 0),
    ],
)
def test_the_gate_reads_what_may_tell_of_something(told: str, read: int) -> None:
    words = triggers()
    gate = Gate(words.strong, words.weak, words.company, words.phrases)
    assert len(gate.open_for(Document.of(told + 4 * _DULL)).worth) == read


def test_folding() -> None:
    assert fold("Türkiye") == fold("TURKIYE")
    assert without_article(fold("al-Bab")) == fold("Bab")


def test_the_gazetteer_is_of_these_sources() -> None:
    assert is_current(), "run `python -m dateline.where.build`"


@pytest.mark.parametrize(
    ("text", "country", "kind"),
    [
        ("He was held in Bab city of Syria.", "SY", "city"),
        ("He was held in London, Ontario.", "CA", "city"),
        ("He lives in Portland, Ore.", "US", "city"),
        ("They met in northern Syria.", "SY", "region"),
        ("They met in the Syrian Badia.", "SY", "region"),
    ],
)
def test_places(text: str, country: str, kind: str) -> None:
    document = Document.of(text)
    Parser(is_place_word).parse(document, document.sentences)
    found = resolve([t for s in document.sentences for t in spot(s)])
    assert (country, kind) in {(p.entry.country, p.precision) for p in found if p.entry}


def test_actors_have_parents_that_exist() -> None:
    actors = known_actors()
    assert all(a.parent is None or a.parent in actors for a in actors.values())
    assert len(actors) >= 150


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("ab")), max_size=6)
)
def test_highlights_join_back_to_the_text(text: str, raw: list[tuple[int, int, str]]) -> None:
    marks = [(Span(min(a, len(text)), min(b, len(text))), m) for a, b, m in raw if a < b]
    assert "".join(piece for piece, _ in segments(text, marks)) == text


def test_the_notebook_view_runs_no_markup_of_the_text() -> None:
    html = as_html(code('<script>alert(1)</script> Police arrested <b onload="x">two men</b> in Kabul.', "2024-01-01"))
    assert "<script>" not in html
    assert "<b " not in html
    assert "<mark" in html


def test_repr_is_readable() -> None:
    shown = repr(code("Police arrested two men in Kabul on Tuesday.", "2024-05-15"))
    assert "arrest, occurred: 2024-05-14 at Kabul, 2 arrested" in shown


def test_another_language_is_said_and_not_coded() -> None:
    spanish = (
        "La policía detuvo el martes a doce personas en la ciudad de Medellín, según informó el ministro del Interior. "
    )
    coding = code(spanish * 3)
    assert coding.report.lang == "es"
    assert coding.accounts == ()
    assert "only English" in coding.warnings[0]
    assert code("Police arrested two men in Kabul.").report.lang == "en"


def test_the_times_of_turkish_are_read() -> None:
    coding = code(
        "Yayın tarihi: 31 Aralık 2025\n\nJandarma geçen hafta Van'da üç kişiyi yakaladı ve bir depoyu aradı. " * 2
    )
    assert coding.report.lang == "tr"
    assert coding.report.published is not None
    assert [(e.value, e.start) for e in coding.entities[:2]] == [
        ("2025-12-31", "2025-12-31"),
        ("2025-W52", "2025-12-22"),
    ]
    assert coding.accounts == ()


def test_actors_have_names_of_their_own_or_share_them_with_actors_of_other_countries() -> None:
    rows = load("dateline.who", "actors.yaml", dict[str, ActorForm])
    owners: dict[str, set[str]] = {}
    for key, row in rows.items():
        for name in (row.name, *row.also):
            owners.setdefault(" ".join(pieces_of(name)), set()).add(key)
        assert row.parent is None or row.parent in rows, key
        assert set(row.doubtful) <= {row.name, *row.also}, key
    shared = [[rows[key].country for key in sorted(keys)] for keys in owners.values() if len(keys) > 1]
    assert shared
    assert all(None not in countries and len(set(countries)) == len(countries) for countries in shared)
    assert len(rows) >= 400


def test_a_doubtful_acronym_needs_its_country() -> None:
    def ids(text: str) -> set[str | None]:
        return {e.id for e in code(text, entities="all").entities if e.kind == "organisation"}

    assert "mit-turkey" in ids("MIT agents arrested two men in Adana, Turkey, on Tuesday.")
    assert "mit-turkey" not in ids("An MIT professor was arrested in Boston on Tuesday.")
