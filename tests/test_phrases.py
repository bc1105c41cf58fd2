"""Figures of bare phrases, without a parse."""

from __future__ import annotations

import pytest

from dateline.howmany import readings, sums


@pytest.mark.parametrize(
    ("phrase", "bounds"),
    [
        ("at least 12 people", (12, 12, None)),
        ("357 individuals", (357, 357, 357)),
        ("more than 500", (501, 501, None)),
        ("two dozen men", (24, 24, 24)),
        ("between 20 and 30 fighters", (20, None, 30)),
        ("20-30", (20, None, 30)),
        ("dozens of people", (24, None, None)),
        ("several dozen", (36, None, None)),
        ("several hundreds of soldiers", (300, None, None)),
        ("several hundred people", (300, None, None)),
        ("tens of thousands of people", (20000, None, None)),
        ("about a dozen", (None, 12, None)),
        ("half a dozen", (6, 6, 6)),
        ("1.5 million", (1_500_000,) * 3),
        ("3,50,000 people", (350_000,) * 3),
        ("roughly 30, 000 people", (None, 30_000, None)),
        ("one hundred and twenty-five", (125, 125, 125)),
        ("12 or more dead", (12, 12, None)),
        ("50+ people", (50, 50, None)),
        ("as many as 40", (None, None, 40)),
    ],
)
def test_bounds(phrase: str, bounds: tuple[int | None, ...]) -> None:
    assert readings(phrase)[0].bounds == bounds


@pytest.mark.parametrize(
    "phrase", ["a priest", "a 40-year-old man", "his 24yearold son", "John Kerr, 23", "on 08 March 1986", "25 per cent"]
)
def test_what_counts_nobody(phrase: str) -> None:
    assert readings(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "total"),
    [
        ("a man and eight others", 9),
        ("Musa Bello and four others", 5),
        ("father and son", 2),
        ("Ali Kaya, Veli Demir and two guards", 4),
        ("three children and their mother", 4),
        ("the third blast", 3),
        ("the duo", 2),
    ],
)
def test_sums(phrase: str, total: int) -> None:
    assert total in sums(phrase, readings(phrase))


@pytest.mark.parametrize(
    ("language", "phrase", "number"),
    [
        ("tr", "yirmi üç asker", 23),
        ("tr", "ÜÇ kişi", 3),
        ("tr", "2 bin kişi", 2000),
        ("es", "treinta y dos personas", 32),
        ("es", "3.000 personas", 3000),
        ("fr", "3 000 personnes", 3000),
        ("fr", "une vingtaine de blessés", 20),
        ("ru", "двадцать один человек", 21),
        ("ru", "ранены трое", 3),
        ("ar", "ثلاثة وعشرون شخصا", 23),
        ("ar", "١٢ شخصا", 12),
        ("de", "12 Menschen", 12),
    ],
)
def test_other_languages(language: str, phrase: str, number: int) -> None:
    assert [r.value for r in readings(phrase, language)] == [number]
