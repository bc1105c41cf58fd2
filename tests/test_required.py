"""What a pattern needs is looked for before it is tried: no match may be lost by that."""

from __future__ import annotations

import pytest

from dateline.when import languages
from dateline.when.reading import grammar
from dateline.when.required import has_figure, required


@pytest.mark.parametrize(
    ("pattern", "words", "figure"),
    [
        ("overnight", ("overnight",), False),
        ("years?", ("year",), False),
        ("(?:soon|shortly)", ("soon", "shortly"), False),
        ("soon|shortly", ("soon", "shortly"), False),
        ("(?:soon|at)", (), False),
        ("(?:soon)?", (), False),
        ("(?:soon){0,2}", (), False),
        ("(?<=soon )x", (), False),
        ("(?!soon)the day", ("the",), False),
        ("(?P<pod>dusk|dawn) of", ("dusk", "dawn"), False),
        (r"the [a-z]+ after \w+ tomorrow", ("tomorrow",), False),
        (r"\d{1,2}/\d", (), True),
        (r"(?P<hour>0\d)(?:am)?", (), True),
        (r"(?:\d|one)", (), False),
        (r"\d?[12]?x", (), False),
        ("{unit} ago", ("ago",), False),
        (r"[)(\]|]day(?:s)?", ("day",), False),
    ],
)
def test_words_and_figures_that_every_match_has(pattern: str, words: tuple[str, ...], figure: bool) -> None:
    assert required(pattern) == words
    assert has_figure(pattern) is figure


@pytest.mark.parametrize("language", languages())
def test_every_word_of_a_class_is_seen(language: str) -> None:
    rules = grammar(language)
    for name in rules._all_needs - {r"\d"}:
        for word in rules._words[name]:
            assert rules._has(name, f"x {word} y".replace(" ", "\u00a0"))


@pytest.mark.parametrize("language", languages())
def test_no_rule_matches_a_text_without_what_it_needs(language: str) -> None:
    rules = grammar(language)
    texts = [rules.lowered(text) for text in TEXTS]
    for rule in rules.rules:
        for text in texts:
            if any(match.end() > match.start() for match in rule.regex.finditer(text)):
                assert not rule.words or any(word in text for word in rule.words), (rule.name, text)
                assert all(rules._has(name, text) for name in rule.needs), (rule.name, text)


_SPOKEN = (
    "yesterday", "the day before yesterday", "on Monday", "at 0530 hours", "at 5.30 p.m.", "on 3/5/24", "2024-03-11",
    "in the spring of 2003", "the late 1990s", "in the 19th century", "500 BC", "soon", "overnight", "at the weekend",
    "three weeks ago", "within 48 hours", "the same day", "every Friday", "in Q3 2021", "the New Year, and",
    "dün gece", "salı günü", "12 Mart 2024", "geçen hafta", "iki gün önce", "üç yıl sonra", "2019 yılında", "bu sabah",
    "أمس", "يوم الاثنين", "12 مارس 2024", "الأسبوع الماضي", "قبل ثلاثة أيام", "في عام 2019", "مساء اليوم",
)  # fmt: skip
TEXTS = [f"They came {words} and left {other}." for words in _SPOKEN for other in _SPOKEN[::5]]


def test_the_examples_hold_times_of_every_language() -> None:
    found = {lang: sum(bool(grammar(lang).find(grammar(lang).lowered(t))) for t in TEXTS) for lang in languages()}
    assert all(number > len(TEXTS) // 5 for number in found.values()), found
