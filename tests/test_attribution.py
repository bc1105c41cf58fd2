"""Who says so, also at second hand; and tolls, which revise what was said."""

from __future__ import annotations

import pytest

import dateline
from dateline.coding.belonging.speakers import each_once
from dateline.model import Span, Speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("AFP quoted the minister as saying that police had arrested 15 militants.", ["minister", "AFP"]),
        ("The minister was quoted by Reuters as saying that rebels kidnapped two nuns.", ["minister", "Reuters"]),
        ("The Observatory, citing local activists, said shelling killed four.", ["local activists", "Observatory"]),
        ("A statement by the army said soldiers shot dead two smugglers.", ["army", "statement"]),
        ("According to police, gunmen killed a teacher in Tarmi.", ["police"]),
        ("Gunmen killed a teacher in Tarmi on Monday.", []),
    ],
)
def test_the_nearest_speaker_comes_first(text: str, speakers: list[str]) -> None:
    (account,) = dateline.code(text).accounts
    assert [s.name for s in account.said_by] == speakers


@pytest.mark.parametrize(
    ("toll", "killed"),
    [
        ("The death toll later rose to 12, the health minister said.", 12),
        ("Officials revised the toll down to three on Tuesday.", 3),
        ("The toll reached nine on Tuesday.", 9),
        ("Officials put the death toll at 14.", 14),
        ("A toll of seven was given by the hospital.", 7),
    ],
)
def test_a_revised_toll_is_kept_beside_the_first(toll: str, killed: int) -> None:
    (account,) = dateline.code(f"A bomb killed five people in Kobo on Monday. {toll}").accounts
    assert [c.best for c in account.counts if c.what == "killed"] == [5, killed]


def test_the_toll_is_its_speakers() -> None:
    text = "Five people were killed in the blast in Kobo, police said. The toll rose to 12, the mayor said."
    (account,) = dateline.code(text).accounts
    assert [(c.best, c.said_by) for c in account.counts] == [(5, "police"), (12, "mayor")]


def test_a_metaphor_is_no_toll() -> None:
    assert dateline.code("The long season took its toll on the players.").accounts == ()


def test_sources_in_brackets_said_what_stands_before_them() -> None:
    text = "- Gunmen killed two guards in Lodwar. (Lodwar Post) (KBN)\n- A court sentenced a man in Lira. (Lira Star)"
    said = {a.type: {s.name for s in a.said_by} for a in dateline.code(text, reader="learned").accounts}
    assert said["killing"] == {"Lodwar Post", "KBN"}
    assert said["sentence"] == {"Lira Star"}


def test_a_name_in_brackets_inside_a_sentence_is_no_source() -> None:
    for text in (
        "Brig. Gen. (Ret.) Ken Sato said gunmen killed two guards in Lodwar on Monday.",
        "Gunmen killed two guards in Lodwar at 6 p.m. (GMT) on Monday.",
    ):
        (account,) = dateline.code(text, reader="learned").accounts
        assert not {"Ret.", "GMT"} & {s.name for s in account.said_by}, text


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("Sato, General Ken Sato", ["Sato", "General Ken Sato"], ["General Ken Sato"]),
        ("a resident, Ken Sato", ["a resident", "Ken Sato"], ["Ken Sato"]),
        ("Maj.-Gen. Sato", ["Maj.-Gen", "Sato"], ["Maj.-Gen"]),
        ("the Interior Ministry and the Defence Ministry", ["Interior Ministry", "Defence Ministry"], None),
        ("Police, residents and medics", ["Police", "residents", "medics"], None),
        ("Omar Khan and Imran Khan", ["Omar Khan", "Imran Khan"], None),
    ],
)
def test_who_speaks_is_named_once_and_nobody_else_is_lost(text: str, names: list[str], kept: list[str] | None) -> None:
    at = [text.rindex(name) if n else text.index(name) for n, name in enumerate(names)]
    speakers = [Speaker(name, Span(start, start + len(name))) for name, start in zip(names, at, strict=True)]
    assert [s.name for s in each_once(speakers, text)] == (kept if kept is not None else names)
