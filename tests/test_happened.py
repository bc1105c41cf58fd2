"""When it was, told apart from what it was: sentences that point back, those who came, and the days of others."""

from __future__ import annotations

import pytest

from dateline import Account, code

PUBLISHED = "2024-05-15"  # a Wednesday


def accounts(text: str) -> tuple[Account, ...]:
    return code(text, published=PUBLISHED).accounts


def when(text: str, kind: str) -> tuple[str, str, str] | None:
    found = next(a.when for a in accounts(text) if a.type == kind)
    return found and (found.start, found.end, found.basis)


def test_what_points_back_tells_when_and_where() -> None:
    account = next(a for a in accounts("Gunmen shot dead two teachers. It happened on Monday in Kano, police said."))
    assert account.when is not None and (account.when.start, account.when.text) == ("2024-05-13", "Monday")
    assert [p.name for p in account.where] == ["Kano"]
    assert len(account.sentences) == 2


@pytest.mark.parametrize(
    "pointing",
    [
        "The incident took place on Monday.",
        "The shooting happened around 9 p.m. on Monday.",
        "Police were called to the house at 9 p.m. on Monday.",
        "Paramedics arrived on Monday evening.",
    ],
)
def test_later_sentences_date_what_has_no_day(pointing: str) -> None:
    found = when(f"Two teachers were shot dead at their home. {pointing}", "attack")
    assert found is not None and found[:2] == ("2024-05-13", "2024-05-13")


def test_how_it_happened_points_at_nothing() -> None:
    text = "Gunmen shot dead two teachers on Sunday. Nobody knows how it happened on Monday."
    assert when(text, "attack") == ("2024-05-12", "2024-05-12", "relative")


def test_the_day_of_saying_is_not_the_day() -> None:
    text = "Two teachers were shot dead in their home, the ministry confirmed on Tuesday."
    assert when(text, "attack") is None


def test_the_day_of_an_arrest_is_not_that_of_the_deed() -> None:
    text = "A man was arrested on Tuesday in connection with the murder of a judge in Lira."
    assert when(text, "arrest") == ("2024-05-14", "2024-05-14", "relative")
    killing = next(a for a in accounts(text) if a.type == "killing")
    assert killing.when is None or killing.when.basis != "relative"


def test_then_is_when_the_shots_were_fired() -> None:
    text = "The mayor was at home on Saturday when gunmen opened fire on the house."
    assert when(text, "attack") == ("2024-05-11", "2024-05-11", "relative")


def test_who_dies_later_dies_of_it() -> None:
    text = "A teacher was shot on Friday in Kano. The teacher died on Sunday in hospital."
    found = [a for a in accounts(text) if a.type in ("attack", "killing")]
    assert len(found) == 1
    assert found[0].when is not None and found[0].when.start == "2024-05-10"
    assert {(c.what, c.best) for c in found[0].counts} == {("killed", 1)}


def test_others_like_it_have_no_day_of_it() -> None:
    text = "Gunmen killed two teachers on Monday. Rebels are blamed for similar raids in which hundreds were abducted."
    assert when(text, "kidnapping") is None


def test_a_place_taken_over_says_so() -> None:
    killed, arrested = accounts("Gunmen killed two teachers in Kano on Monday. Police arrested three men.")
    assert [(p.name, p.basis) for a in (killed, arrested) for p in a.where] == [("Kano", "told"), ("Kano", "inferred")]


def test_what_a_day_owns_is_of_that_day() -> None:
    text = "The death toll from Saturday's bus bombing in Quetta rose to 31 on Monday."
    assert when(text, "bombing") == ("2024-05-11", "2024-05-11", "relative")


def test_the_day_in_court_is_none_of_the_deed() -> None:
    text = "He was charged with murder on Monday over the stabbing of a teenager in Leeds."
    assert when(text, "charge") == ("2024-05-13", "2024-05-13", "relative")
    assert when(text, "attack") is None


def test_the_year_of_the_deed_is_none_of_the_verdict() -> None:
    text = "A court sentenced nine militants to death over the 2014 massacre at a school in Kobo."
    assert when(text, "attack") == ("2014-01-01", "2014-12-31", "stated")
    verdict = when(text, "sentence")
    assert verdict is None or verdict[0] >= "2024"


def test_what_somebody_is_called_after_is_older() -> None:
    text = "Students marched through Dakar on Monday to demand the release of a jailed leader."
    assert when(text, "protest") == ("2024-05-13", "2024-05-13", "relative")
    assert when(text, "arrest") is None


def test_what_a_relative_clause_tells_in_the_past_perfect_came_earlier() -> None:
    text = "Soldiers freed two engineers who had been held by rebels since March."
    assert when(text, "release") != ("2024-03-01", "2024-05-15", "relative")


def test_items_of_a_list_have_the_day_of_its_head_and_are_each_a_happening() -> None:
    text = (
        "On 13 May aircraft of the coalition conducted nine strikes against Daesh targets in Syria and Iraq.\n\n"
        "- Near Manbij, eight strikes destroyed two bridges and a depot.\n\n"
        "- Near Tal Afar, one strike destroyed a bomb factory.\n"
    )
    first, second = accounts(text)[-2:]
    assert [(a.type, a.where[0].name, a.when and a.when.start) for a in (first, second)] == [
        ("airstrike", "Manbij", "2024-05-13"),
        ("airstrike", "Tal Afar", "2024-05-13"),
    ]


def test_an_item_that_only_names_a_happening_is_a_link() -> None:
    text = "Gunmen killed two guards in Kobo on Monday.\n\nSee also\n\n* 2014 Kobo airfield bombing\n"
    assert [a.type for a in accounts(text)] == ["killing"]


def test_the_sentences_of_an_account_tell_of_it_and_not_only_of_its_dead() -> None:
    text = "A bomb exploded at a market in Kobo on Monday. Six people died."
    (bombing,) = accounts(text)
    assert len(bombing.sentences) == 1
    (killed,) = bombing.counts
    assert (killed.best, text[killed.span.start : killed.span.end]) == (6, "Six people")
