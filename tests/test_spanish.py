"""A second language: Spanish words stand for ours, Spanish relations are turned into those that rules ask for.

What needs the Spanish parser runs where it is installed (`uv sync --group spanish`); it is GPL-3.0 and no part of us.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline
from dateline.coding import code_or_reject
from dateline.coding.why import why
from dateline.language import Document
from dateline.language.dictionary import lemma
from dateline.language.other import is_coded, is_installed, tongue, tongues
from dateline.language.other.lexicon import FILES, lexicon
from dateline.language.other.nodes import Node
from dateline.language.other.parsing import OtherParser, _as_tokens
from dateline.language.other.universal import turned
from dateline.language.roles import words as people
from dateline.language.tokens import Token
from dateline.model import Coding, Report
from dateline.readers import read_paths
from dateline.what.lexicon import _index
from dateline.when import languages

HERE = Path(__file__).parent / "spanish"
EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
WAYS: list[dict[str, Any]] = yaml.safe_load((HERE / "ways.yaml").read_text(encoding="utf-8"))
#: Ways that are not read as they should be; a way that is mended must be taken out.
UNREAD = (
    "Hallaron el cadáver de un policía con impactos de bala en Tumaco.",
    "Soldados hallaron una caleta con 15 fusiles en El Retorno.",
)
#: Claim F1 on the twenty reports of each kind falls below none of these.
FLOORS = {"development": 0.80, "first_look": 0.70}
spanish = pytest.mark.skipif(
    find_spec("es_core_news_sm") is None, reason="the Spanish parser is not installed: uv sync --group spanish"
)


def _tokens(*rows: tuple[str, str, str, str, int, dict[str, str]]) -> dict[str, Token]:
    """Tokens, by their words, of nodes: word, base form, part of speech, relation, head, features."""
    nodes, at = [], 0
    for text, base, pos, dep, head, form in rows:
        nodes.append(Node(text, base, pos, dep, head, at, at + len(text), form))
        at += len(text) + 1
    return {t.text: t for t in _as_tokens(turned(nodes, tongue("es"), lexicon("es")), lexicon("es"))}


_PART, _PAST = {"VerbForm": "Part"}, {"VerbForm": "Fin", "Tense": "Past"}


def test_a_passive_has_a_passive_subject_and_an_agent() -> None:
    tokens = _tokens(
        ("dos", "dos", "NUM", "nummod", 1, {}),
        ("hombres", "hombre", "NOUN", "nsubj", 3, {"Number": "Plur"}),
        ("fueron", "ser", "AUX", "aux", 3, _PAST),
        ("detenidos", "detener", "VERB", "ROOT", 3, _PART),
        ("por", "por", "ADP", "case", 5, {}),
        ("policías", "policía", "NOUN", "obl", 3, {"Number": "Plur"}),
    )
    assert (tokens["hombres"].lower, tokens["hombres"].dep, tokens["hombres"].tag) == ("man", "nsubjpass", "NNS")
    assert (tokens["detenidos"].lemma, tokens["detenidos"].tag, tokens["fueron"].dep) == ("arrest", "VBN", "auxpass")
    assert (tokens["por"].dep, tokens["por"].head, tokens["policías"].dep) == ("agent", 3, "pobj")


def test_a_reflexive_passive_and_persons_as_objects() -> None:
    tokens = _tokens(
        ("se", "él", "PRON", "obj", 1, {"Reflex": "Yes"}),
        ("detuvo", "detener", "VERB", "ROOT", 1, _PAST),
        ("a", "a", "ADP", "case", 3, {}),
        ("sicarios", "sicario", "NOUN", "obl", 1, {"Number": "Plur"}),
    )
    assert (tokens["se"].dep, tokens["sicarios"].dep, tokens["sicarios"].lemma) == ("auxpass", "dobj", "hitman")


def test_a_verb_of_state_makes_a_passive() -> None:
    tokens = _tokens(
        ("soldados", "soldado", "NOUN", "nsubj", 1, {"Number": "Plur"}),
        ("resultaron", "resultar", "VERB", "ROOT", 1, _PAST),
        ("heridos", "herido", "ADJ", "obj", 1, {}),
    )
    assert (tokens["heridos"].dep, tokens["heridos"].lemma, tokens["soldados"].dep) == ("ROOT", "wound", "nsubjpass")
    assert lemma(tokens["heridos"].lower, "verb") == "wound"  # "wound" itself is a form of "wind"


def test_the_future_has_a_helper_without_letters() -> None:
    tokens = _tokens(("atacarán", "atacar", "VERB", "ROOT", 0, {"VerbForm": "Fin", "Tense": "Fut"}))
    assert (tokens[""].lower, tokens[""].dep, tokens[""].start, tokens[""].end) == ("will", "aux", 0, 0)


def test_words_that_are_none_of_ours_are_not_taken_for_english_ones() -> None:
    tokens = _tokens(("actual", "actual", "ADJ", "ROOT", 0, {}))
    assert tokens["actual"].lower == "actual~"


def test_each_word_that_tells_evokes_a_frame_of_ours() -> None:
    read = yaml.safe_load((_knowledge() / "frames.yaml").read_text(encoding="utf-8"))
    known = {word for _, word in _index()} | {entry.words[0] for own in _index().values() for entry in own}
    for kind in ("verbs", "nouns", "adjectives"):
        assert not {w for w in read[kind] if w.split()[-1] not in known and w.split()[0] not in known}, kind


def test_each_list_says_something_and_no_word_stands_for_two() -> None:
    for name in FILES:
        assert yaml.safe_load((_knowledge() / f"{name}.yaml").read_text(encoding="utf-8"))
    kinds = {"police": "state", "gunman": "armed_group", "farmer": "civilian", "truck": "facility"}
    told = set(lexicon("es").tables["nouns"].values())
    assert all(word in told and word in people(kind) for word, kind in kinds.items())


def _knowledge() -> Path:
    return Path(dateline.__file__).parent / "language" / "knowledge" / "es"


def test_without_its_parser_a_language_is_not_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.coding.coder.is_installed", lambda code: False)
    coding = dateline.code("La Policía detuvo el lunes a tres hombres en la ciudad de Cali, Colombia.", "2023-05-17")
    assert not coding.accounts
    assert coding.warnings[0].startswith("The report is in 'es'; only English is coded.")
    assert tongue("es").install in coding.warnings[0]


def test_other_languages_are_as_before() -> None:
    assert tongues() == {"es"} and "es" in languages()
    assert is_coded("en") and is_coded(None) and not is_coded("fr") and not is_installed("fr")


@spanish
@pytest.mark.parametrize("way", [w for w in WAYS if w["text"] not in UNREAD], ids=lambda w: w["text"][:40])
def test_the_sixty_commonest_ways(way: dict[str, Any]) -> None:
    assert _holds(way)


@spanish
@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_read_yet_is_said(text: str) -> None:
    assert not _holds(next(w for w in WAYS if w["text"] == text)), "take it out of UNREAD"


def _holds(way: dict[str, Any]) -> bool:
    coding = _coded(way["text"])
    types = {way["type"], way.get("also", way["type"])}
    told = [a for a in coding.accounts if a.type in types and a.status == "occurred"]
    counts = {(c.what, c.best) for a in told for c in a.counts}
    assert all(c.span.of(way["text"]) == c.text for a in told for c in a.counts)
    return bool(told) and set(way.get("counts", {}).items()) <= counts


def _coded(text: str) -> Coding:
    coding = code_or_reject(Report(id="way", uri="way", text=text, lang="es"))
    assert isinstance(coding, Coding)
    return coding


def test_there_are_sixty_ways_of_six_kinds() -> None:
    assert len(WAYS) == 60
    assert {w["type"] for w in WAYS} == {"arrest", "attack", "bombing", "killing", "clash", "kidnapping", "seizure"}


@spanish
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("El Ejército negó haber matado a dos campesinos en Cauca.", "denied"),
        ("El grupo planeaba secuestrar a un empresario en Quito.", "planned"),
        ("La Policía frustró un atentado contra un cuartel en Neiva.", "foiled"),
        ("Un juez ordenó la captura de cinco militares.", "ordered"),
        ("No hubo detenidos tras el ataque.", "occurred"),
    ],
)
def test_what_stands_above_says_whether_it_happened(text: str, status: str) -> None:
    assert status in {a.status for a in _coded(text).accounts}


@spanish
def test_every_sentence_is_a_tree_and_its_words_stand_in_the_report() -> None:
    for row in read_paths([str(HERE / "development" / "reports.jsonl")]):
        assert isinstance(row, Report)
        document = Document.of(row.text, tongue("es").heads)
        OtherParser("es").parse(document, document.sentences)
        for sentence in document.sentences:
            roots = {[token, *sentence.ancestors(token)][-1].i for token in sentence.tokens}
            assert all(sentence.tokens[i].head == i for i in roots)
            assert all(row.text[t.start : t.end].lower() == t.text.lower() for t in sentence.tokens)


@spanish
def test_why_shows_the_words_of_ours_and_the_learned_reader_is_silent() -> None:
    report = Report(id="why", uri="why", text="La Policía detuvo a tres hombres en Cali.", lang="es")
    found = why(report, reader="learned")
    assert any("arrest" in line for line in found.sentences[0].tree)
    assert found.coding.reader is None


@spanish
@pytest.mark.quality
@pytest.mark.skipif(not EVAL.is_dir(), reason="the scorer lies in ../shared/eval")
@pytest.mark.parametrize("part", sorted(FLOORS))
def test_the_floor_on_our_forty_reports(part: str, tmp_path: Path) -> None:
    out = tmp_path / "codings.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for row in read_paths([str(HERE / part / "reports.jsonl")]):
            coding = code_or_reject(row)
            assert isinstance(coding, Coding), coding
            lines.write(coding.to_json() + "\n")
    command = [sys.executable, str(EVAL / "score_coded.py"), str(out), str(HERE / part / "gold.jsonl")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout)["claim_f1"] >= FLOORS[part]
