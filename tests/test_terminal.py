"""What a person sees in a terminal: tables and cards of any width, whose figures they are, colours where wanted."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dateline.cli import evidence, wording
from dateline.cli.layout import NARROW, Column, is_coloured, lines_of, width_of, wrapped, write_groups
from dateline.model import Account, Count, Span, words
from dateline.model.event import EventCount, EventWhen, Figure
from dateline.model.vocabulary import Party, What

COLUMNS = (
    Column("event", whole=True, heads=True), Column("what", heads=True), Column("who"), Column("how many"),
    Column("sure", whole=True),
)  # fmt: skip
_CELL = st.text(alphabet="ab é文字 →,;", max_size=60).map(lambda text: " ".join(text.split()))
_ROW = st.tuples(st.just("e-0f3a9c71b2d4"), _CELL, _CELL, _CELL, st.just("96%"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@settings(max_examples=150, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=8), st.integers(60, 200))
def test_every_width_is_kept_and_nothing_is_lost(rows: list[tuple[str, ...]], width: int) -> None:
    lines = list(lines_of(COLUMNS, [("report.txt", rows)], width))
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith("e-0f3a9c71b2d4") for line in lines) == len(rows)
    shown = "".join(lines)
    for letter in "é文→;":
        assert shown.count(letter) == sum(cell.count(letter) for row in rows for cell in row)


ROWS = [
    ("e-0f3a9c71b2d4", "arrest", "police → two men", "2 men arrested", "96%"),
    ("e-1f3a9c71b2d4", "bombing (suicide), foiled", "gunmen of the Free Valley Front → market", "", "71%"),
]


def table(width: int, rows: Sequence[Sequence[str]] = ROWS) -> list[str]:
    return list(lines_of(COLUMNS, [("", rows)], width))


def test_a_row_is_one_line_where_it_fits() -> None:
    head, rule, *lines = table(140)
    assert head.split() == ["event", "what", "who", "how", "many", "sure"]
    assert set(rule) == {"─"}
    assert len(lines) == 2
    assert lines[0].split("  ")[0] == "e-0f3a9c71b2d4"


def test_a_narrower_table_wraps_text_and_no_id() -> None:
    lines = table(92, [*ROWS, ("e-2f3a9c71b2d4", "attack", "men " * 30, "40 men killed", "50%")])
    assert [line[:14] for line in lines if line.startswith("e-")] == [
        "e-0f3a9c71b2d4", "e-1f3a9c71b2d4", "e-2f3a9c71b2d4",
    ]  # fmt: skip
    assert len(lines) > 5


def test_below_ninety_columns_rows_are_cards() -> None:
    assert table(NARROW - 1) == [
        "e-0f3a9c71b2d4 · arrest",
        "  who       police → two men",
        "  how many  2 men arrested",
        "  sure      96%",
        "",
        "e-1f3a9c71b2d4 · bombing (suicide), foiled",
        "  who       gunmen of the Free Valley Front → market",
        "  sure      71%",
    ]


def test_a_column_in_which_nothing_stands_takes_no_room() -> None:
    head, *_ = table(120, [("e-0f3a9c71b2d4", "arrest", "", "2 men arrested", "96%")])
    assert head.split() == ["event", "what", "how", "many", "sure"]


def test_days_stay_together_and_long_words_are_cut() -> None:
    assert wrapped("2024-01-01\u00a0– 2024-06-18", 13) == ["2024-01-01\u00a0–", "2024-06-18"]
    assert wrapped("of abcdefghijkl", 5) == ["of", "abcde", "fghij", "kl"]
    assert wrapped("文文文", 4) == ["文文", "文"]
    assert wrapped("", 5) == [""]


# ---------------------------------------------------------------- the terminal


@pytest.mark.parametrize(
    ("env", "stream", "coloured"),
    [
        ({}, Terminal(), True),
        ({"NO_COLOR": "1"}, Terminal(), False),
        ({"NO_COLOR": ""}, Terminal(), True),  # no-color.org: when present and not an empty string
        ({"TERM": "dumb"}, Terminal(), False),
        ({}, io.StringIO(), False),
    ],
)
def test_colours_only_where_they_are_seen_and_wanted(
    env: dict[str, str], stream: io.StringIO, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert is_coloured(stream) is coloured
    stream.seek(0)
    stream.truncate()
    write_groups(COLUMNS, [("", ROWS)], stream)
    assert ("\x1b" in stream.getvalue()) is coloured


def test_the_width_is_that_of_the_terminal_or_what_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width_of(io.StringIO()) == 200
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((70, 24)))
    assert width_of(Terminal()) == 70
    monkeypatch.setenv("COLUMNS", "110")
    assert width_of(io.StringIO()) == width_of(Terminal()) == 110


# ---------------------------------------------------------------- words


def count(text: str, what: What = "killed", party: Party | None = None, **given: Any) -> Count:
    return Count(what, party, text=text, span=Span(0, 1), **{"low": 3, "best": 3, "high": 3} | given)


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("three policemen", {}, "3 policemen killed"),
        ("THREE GUERRILLAS", {}, "3 guerrillas killed"),
        ("group of 3 guards", {}, "3 guards killed"),
        ("a police officer", {"low": 1, "best": 1, "high": 1}, "1 police officer killed"),
        ("three", {"party": "state"}, "3 killed (state)"),
        ("three", {"party": "unknown"}, "3 killed"),
        ("a woman and two others", {"party": "civilian"}, "3 killed (civilians)"),
        ("more than 400 civilians", {"low": 401, "best": 401, "high": None}, "over 400 civilians killed"),
        ("at least 70,000 people", {"low": 70000, "best": 70000, "high": None}, "at least 70,000 people killed"),
        ("up to 30 men", {"low": None, "best": 30, "high": 30}, "up to 30 men killed"),
        ("20 to 30 men", {"low": 20, "best": 25, "high": 30}, "20 to 30 men killed"),
        ("some 20 men", {"low": None, "best": 20, "high": None}, "about 20 men killed"),
        ("11 provinces", {"what": "sites", "low": 11, "best": 11, "high": 11}, "11 provinces"),
        ("one", {"what": "attackers", "low": 1, "best": 1, "high": 1}, "1 attacker"),
        ("dozens of such raids", {"what": "raids", "low": 24, "best": None, "high": None}, "at least 24 such raids"),
        ("three of them", {"part": True}, "of them 3 killed"),
    ],
)
def test_a_figure_says_whose_it_is(text: str, given: dict[str, Any], said: str) -> None:
    assert wording.figures([count(text, **given)]) == said


def test_figures_of_one_fate_share_its_word() -> None:
    six = count("six IS fighters", party="nonstate", low=6, best=6, high=6)
    hurt = count("nine people", "wounded", low=9, best=9, high=9)
    assert wording.figures([count("3 police", party="state"), six, hurt]) == (
        "3 police, 6 IS fighters killed; 9 people wounded"
    )


def test_a_figure_of_an_event_has_the_words_of_the_report_that_tells_it_and_what_others_tell() -> None:
    told = ((5, "five men"), (3, "three"), (3, "three guards"))
    figures = tuple(Figure("a", "a1", n, n, n, text, None) for n, text in told)
    one = EventCount("killed", None, 3, 3, 3, "agreed", figures)
    assert wording.figures([one], ["counts.killed.all"]) == "3 guards (also 5) killed"
    # Two figures of one source are no disagreement: an event's `disagreements` alone says what is one.
    assert wording.figures([one]) == "3 guards killed"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2024-05-14", "2024-05-14", "2024-05-14"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-02-27", "2023-02-01\u00a0– 2023-02-27"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-12-30", "2025-01-02", "2024-12-30\u00a0– 2025-01-02"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(start: str, end: str, said: str) -> None:
    assert words.period(EventWhen(start, end, "range", "agreed")) == said
    assert re.fullmatch(r"[\d\u00a0 –-]+", said)


def test_what_happened_has_its_status_where_it_did_not_simply_happen() -> None:
    plot = Account("a1", "plot", "foiled", "rollup", Span(0, 1), (), method=("attack",))
    assert words.what(plot) == "plot (attack), foiled [total]"
    assert words.what(replace(plot, status="occurred", method=(), scope="event")) == "plot"


# ---------------------------------------------------------------- words in their sentence

REPORT = "A spokesman was silent. Gunmen killed two guards in Mosul on Tuesday. Nobody was arrested. Nine people fled."


def account(*words: str, sentence: str = "Gunmen killed two guards in Mosul on Tuesday.") -> Account:
    def span(text: str) -> Span:
        return Span(REPORT.index(text), REPORT.index(text) + len(text))

    trigger, *others = words
    counts = tuple(Count("killed", None, 2, 2, 2, text, span(text)) for text in others)
    return Account("a1", "killing", "occurred", "event", span(trigger), (span(sentence),), counts=counts)


def test_words_are_marked_in_their_sentence_and_neighbours_together() -> None:
    told = evidence.marked(account("killed", "two guards", "Mosul"), REPORT)
    assert list(evidence.lines(told, 200, False)) == ["Gunmen «killed two guards» in «Mosul» on Tuesday."]
    assert list(evidence.lines(told, 200, True)) == [
        "Gunmen \x1b[1mkilled two guards\x1b[22m in \x1b[1mMosul\x1b[22m on Tuesday."
    ]


def test_a_value_told_elsewhere_brings_its_sentence() -> None:
    told = evidence.marked(account("killed", "Nine people"), REPORT)
    assert "".join(evidence.lines(told, 200, False)) == (
        "Gunmen «killed» two guards in Mosul on Tuesday. … «Nine people» fled."
    )


def test_bold_words_that_run_over_a_line_are_bold_on_both_and_nothing_else_is() -> None:
    told = evidence.marked(account("killed two guards in Mosul"), REPORT)
    first, second, *_ = evidence.lines(told, 22, True)
    assert (first, second) == ("Gunmen \x1b[1mkilled two\x1b[22m", "\x1b[1mguards in Mosul\x1b[22m on")
