"""What a model answers is held against the report: what stands there is kept, the rest is dropped and counted."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.coders.quoting import Quotable
from dateline.model import Account, Coding
from tests.coders.answering import TEXT, coded, of_one


def _one(coding: Coding) -> Account:
    assert len(coding.accounts) == 1
    return coding.accounts[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("police chief Musa Bello", "police chief Musa Bello"),
        ("POLICE  CHIEF\nMusa Bello", "police chief Musa Bello"),
        ('"It was revenge"', "It was revenge"),
        ("'It was revenge,'", "“It was revenge,”"),
        ("Gunmen ... 12 villagers", "Gunmen killed at least 12 villagers"),
        ("villagers and two policemen.", "villagers and two policemen"),
        ("two police", "two policemen"[:10]),
        ("2 policemen", None),
        ("12 village", None),
        ("1", None),
        ("...", None),
        ("the mayor", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_words_are_found_up_to_white_space_case_and_marks(words: str, found: str | None) -> None:
    span = Quotable(TEXT).find(words)
    assert (span.of(TEXT) if span else None) == found


def test_words_are_found_up_to_accents_however_they_are_written() -> None:
    text = "Cumhurbaşkanı İstanbul’da, Bingöl’de, Diyarbakır — Şırnak hattında"
    for words in ("istanbul", "Bingol", "BİNGÖL", "Diyarbakir - Sirnak"):
        assert Quotable(text).find(words) is not None
    assert Quotable("al-Ba\u0301b fell").find("al-Báb").of("al-Ba\u0301b fell") == "al-Ba\u0301b"  # type: ignore[union-attr]


def test_of_several_places_the_one_meant_is_taken() -> None:
    text = "Police said so. Two men were held by police. Two men fled."
    words = Quotable(text)
    from dateline.model import Span

    assert words.find("police", near=[Span(16, 44)]) == Span(37, 43)
    assert words.find("Two men", around="Two men fled") == Span(45, 52)
    assert words.find("Two men", at=50) == Span(45, 52)
    assert words.find("Two men") == Span(16, 23)


def _count(**fields: Any) -> Any:
    return of_one(counts=[{"what": "killed", "party": "civilian", **fields}])


@pytest.mark.parametrize(
    ("fields", "bounds", "text"),
    [
        ({"words": "12 villagers", "low": 12, "best": 12}, (12, 12, None), "at least 12 villagers"),
        ({"words": "at least 12 villagers", "n": 12}, (12, 12, None), "at least 12 villagers"),
        ({"words": "villagers", "low": 12, "best": 12}, (12, 12, None), "at least 12 villagers"),
        ({"words": "two policemen", "n": 2}, (2, 2, 2), "two policemen"),
        ({"words": "two policemen", "n": 20}, (2, 2, 2), "two policemen"),
        ({"words": "at least 12 villagers and two policemen", "n": 14}, (14, 14, 14), None),
        ({"words": "a man and eight others", "n": 9}, (9, 9, 9), "a man and eight others"),
        ({"words": "police chief Musa Bello", "n": 1}, (1, 1, 1), "police chief Musa Bello"),
        ({"words": "two policemen"}, (2, 2, 2), "two policemen"),
        ({"words": "the dead at 15", "n": 15}, (15, 15, 15), None),
        ({"words": "residents", "n": 15}, (15, 15, 15), None),
        ({"words": "reporters", "n": 40}, None, None),
        ({"words": "forty people", "n": 40}, None, None),
    ],
)
def test_a_figure_stands_in_its_words_or_the_words_win(
    fields: dict[str, Any], bounds: tuple[int | None, ...] | None, text: str | None
) -> None:
    coding = coded(_count(**fields))
    counts = _one(coding).counts
    if bounds is None:
        assert counts == () and "'counts'" in coding.warnings[0]
        return
    assert (counts[0].low, counts[0].best, counts[0].high) == bounds
    assert text is None or counts[0].text == text


def test_where_the_words_win_the_account_says_so() -> None:
    account = _one(coded(_count(words="two policemen", n=20)))
    assert any(line.startswith("to review: killed: the model says 20") for line in account.derivation)
    assert account.confidence == 0.8


@pytest.mark.parametrize(
    ("when", "days", "rule"),
    [
        ({"words": "on Monday", "start": "2024-03-11"}, ("2024-03-11", "2024-03-11"), "agree"),
        ({"words": "on Monday", "start": "2024-03-04"}, ("2024-03-04", "2024-03-04"), "differ.apart"),
        ({"words": "on Monday"}, ("2024-03-11", "2024-03-11"), "grammar"),
        ({"words": "later", "start": "2024-03-11", "end": "2024-03-12"}, ("2024-03-11", "2024-03-12"), "model"),
        ({"words": "March 12, 2024", "start": "2024-03-13"}, ("2024-03-12", "2024-03-12"), "differ.stated"),
        ({"words": "on Monday", "start": "2024-03-40"}, ("2024-03-11", "2024-03-11"), "grammar"),
        ({"words": "later", "start": "2024-02"}, ("2024-02-01", "2024-02-29"), "model"),
        ({"words": "later", "start": "2023", "end": "2024-02"}, ("2023-01-01", "2024-02-29"), "model"),
        ({"quote": "on Monday", "start": "2024-03-11"}, ("2024-03-11", "2024-03-11"), "agree"),
        ({"words": "later", "start": "0000"}, None, None),
        ({"words": "on Sunday", "start": "2024-03-10"}, None, None),
        ({"words": "reporters"}, None, None),
        ({"words": "reporters", "start": "2024-03-12", "end": "2024-03-01"}, None, None),
    ],
)
def test_days_are_read_twice(when: dict[str, str], days: tuple[str, str] | None, rule: str | None) -> None:
    found = _one(coded(of_one(when=when))).when
    assert (found and (found.start, found.end)) == days
    if found is not None and found.derivation is not None:
        assert found.derivation.rule == f"coders.when.{rule}"


def test_two_readings_of_a_day_both_stand_in_the_derivation() -> None:
    account = _one(coded(of_one(when={"words": "on Monday", "start": "2024-03-04"})))
    assert account.when is not None and account.when.derivation is not None
    assert "2024-03-11" in account.when.derivation.how and "2024-03-04" in account.when.derivation.how
    assert any(line.startswith("to review: when:") for line in account.derivation)


def test_places_get_their_point_from_the_gazetteer_alone() -> None:
    where = [
        {"words": "Kano", "country": "NG", "precision": "city", "lat": 1.0, "lon": 2.0},
        {"words": "Kano", "country": "NG", "precision": "city"},
        {"words": "Nigeria", "country": "NG", "precision": "country"},
        {"words": "Abuja", "country": "NG", "precision": "city"},
    ]
    coding = coded(of_one(where=where))
    kano, nigeria = _one(coding).where
    assert (kano.name, kano.precision, round(kano.lat or 0)) == ("Kano", "city", 12)
    assert (nigeria.name, nigeria.precision) == ("Nigeria", "country")
    assert coding.warnings == ("1 values of 'where' had no words to support them.",)


def test_a_place_elsewhere_than_the_model_says_has_no_point() -> None:
    place = _one(coded(of_one(where=[{"words": "Kano", "country": "JP", "precision": "admin1"}]))).where[0]
    assert (place.lat, place.country, place.name) == (None, "JP", "Kano")


def test_names_that_do_not_stand_in_the_report_are_not_taken_over() -> None:
    actors = [{"role": "agent", "kind": "armed_group", "words": "Gunmen", "name": "Boko Haram", "id": "boko-haram"}]
    actor = _one(coded(of_one(actors=actors, said_by=[{"words": "Bello", "name": "General Audu"}]))).actors[0]
    # The name's capital letter alone does not bear an id out: nothing in the report names that group.
    assert actor.name == "Gunmen"


def test_accounts_without_words_or_type_are_dropped() -> None:
    rows = [
        {"type": "attack", "sentences": [2], "trigger": "bombed"},
        {"type": "massacre", "sentences": [2], "trigger": "killed"},
        {"type": "attack", "sentences": [77], "trigger": "exploded"},
        {"type": "attack", "trigger": "killed"},
        {"type": "attack"},
    ]
    coding = coded({"accounts": rows})
    assert [a.id for a in coding.accounts] == ["a1", "a2"]
    # Without its own words, the sentence that tells of it is what triggers an account.
    assert coding.accounts[0].trigger == coding.accounts[0].sentences[0]
    assert "3 values of 'accounts' had no words to support them." in coding.warnings


def test_links_hold_between_accounts_that_were_kept() -> None:
    rows = of_one()["accounts"] + [{"id": "a2", "type": "arrest", "sentences": [3], "trigger": "arrested"}]
    links = [
        {"kind": "follows", "from": "a2", "to": "a1"},
        {"kind": "follows", "from": "a2", "to": "a9"},
        {"kind": "follows", "from": "a1", "to": "a1"},
        {"kind": "caused", "from": "a2", "to": "a1"},
    ]
    coding = coded({"accounts": rows, "links": links})
    assert [(k.kind, k.source, k.target) for k in coding.links] == [("follows", "a2", "a1")]
    assert "3 values of 'links' had no words to support them." in coding.warnings


def test_sentences_are_understood_however_their_numbers_are_written() -> None:
    for numbers in ([2], ["2"], ["[2]"], "2", 2):
        account = _one(coded({"accounts": [{"type": "attack", "sentences": numbers}]}))
        assert account.trigger.of(TEXT).startswith("Gunmen killed")


@pytest.mark.parametrize(
    ("words", "start", "reviewed"),
    [
        ("Gunmen", "2024-03-01", True),  # no words of time
        ("on Monday", "2024-03-11", False),
        ("Troops later", "2024-03-12", False),  # of which our grammar reads none, and which tell of time
        ("Troops later", "0001-01-01", True),  # no report tells of that day
    ],
)
def test_days_that_only_the_model_reads_are_to_be_looked_at_where_no_words_bear_them(
    words: str, start: str, reviewed: bool
) -> None:
    account = _one(coded(of_one(when={"words": words, "start": start})))
    assert account.when is not None and account.when.start == start
    assert any(line.startswith("to review: when") for line in account.derivation) is reviewed


SPANISH = (
    "BOGOTÁ, 12 de marzo de 2024 - Hombres armados mataron a varios soldados cerca de Cali el lunes, dijo el ejército. "
    "Los atacantes huyeron después hacia las montañas, según los vecinos."
)


def test_numbers_that_no_words_of_another_language_bear_out_are_to_be_looked_at() -> None:
    row = {"id": "a1", "type": "attack", "sentences": [2], "trigger": "mataron"}
    counts = [{"what": "killed", "words": "varios soldados", "n": 777}]
    items = [{"what": "used", "words": "Hombres armados", "count": 5_000}]
    account = _one(coded({"accounts": [{**row, "counts": counts, "items": items}]}, SPANISH))
    assert [c.best for c in account.counts] == [777]
    assert "to review: killed: the model reads 777, and we no number in 'varios soldados'" in account.derivation
    assert sum("the model reads 5000" in line for line in account.derivation) == len(account.items)


def _place(words: str, text: str, **told: Any) -> Any:
    where = [{"words": words, **told}]
    return _one(
        coded({"accounts": [{"type": "attack", "sentences": [1], "trigger": "attacked", "where": where}]}, text)
    ).where[0]


def test_the_capital_and_a_part_of_a_country_get_the_name_that_the_model_gives() -> None:
    haiti = "Gangs attacked a police station in the capital, Haitian officials said. They later withdrew to the hills."
    capital = _place("the capital", haiti, name="Port-au-Prince", country="HT", precision="city")
    assert (capital.name, capital.admin1, round(capital.lat)) == ("Port-au-Prince", "Ouest", 19)
    kenya = (
        "Gunmen attacked a bus in the country's north-east, Kenyan police said on Monday. Nobody was hurt, they added."
    )
    part = _place("the country's north-east", kenya, name="northeastern Kenya", country="KE", precision="region")
    assert (part.name, part.country, part.lat) == ("northeastern Kenya", "KE", None)


def test_a_described_place_is_not_one_of_a_country_or_direction_that_the_report_does_not_tell() -> None:
    text = "Gunmen attacked a bus in the capital and one in the country's east, Kenyan police said on Monday afternoon."
    assert _place("the capital", text, name="Kampala", country="UG", precision="city").name == "capital"
    assert _place("the capital", text, name="Mombasa", country="KE", precision="city").name == "capital"
    east = _place("the country's east", text, name="western Kenya", country="KE", precision="region")
    assert east.name == "country's east"
    assert _place("the country's east", text, name="eastern Uganda", country="UG").name == "country's east"


def test_a_name_that_the_report_spells_otherwise_is_looked_up_as_the_model_spells_it() -> None:
    text = "Gangs attacked a police station in port of Prince on Wednesday, and burnt it down, officials in Haiti said."
    assert (
        _place("port of Prince", text, name="Port-au-Prince", country="HT", precision="city").name == "Port-au-Prince"
    )
