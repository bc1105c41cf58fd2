"""Time expressions and what they resolve to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import Document
from dateline.when import Time, publication, read

WEDNESDAY = dt.date(2025, 12, 31)


def times(text: str, published: dt.date | None = WEDNESDAY) -> list[Time]:
    document = Document.of(text)
    return read(document, document.sentences, published)


def days(text: str, published: dt.date | None = WEDNESDAY) -> tuple[str, str] | None:
    found = [t for t in times(text, published) if t.stretch is not None]
    return (
        (found[-1].stretch.start.isoformat(), found[-1].stretch.end.isoformat())
        if found and found[-1].stretch
        else None
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Police arrested him on Tuesday.", "2025-12-30", "2025-12-30"),
        ("He was killed yesterday.", "2025-12-30", "2025-12-30"),
        ("The raid came last week.", "2025-12-22", "2025-12-28"),
        ("It happened at the weekend.", "2025-12-27", "2025-12-28"),
        ("The church was bombed last June.", "2025-06-01", "2025-06-30"),
        ("They met in December of 2023.", "2023-12-01", "2023-12-31"),
        ("In December of 2023 he fled. In February of that year he was seen.", "2023-02-01", "2023-02-28"),
        ("The trial will open on Friday.", "2026-01-02", "2026-01-02"),
        ("They fought from August 2016 to March 2017.", "2016-08-01", "2017-03-31"),
        ("It rained between 3 and 5 May 2024, on 3-5 May 2024.", "2024-05-03", "2024-05-05"),
        ("Two days ago a bomb went off.", "2025-12-29", "2025-12-29"),
        ("Since June 1 they have held the town.", "2025-06-01", "2025-12-31"),
        ("On 3 May 2024 he fled. The next day he was caught.", "2024-05-04", "2024-05-04"),
        ("SAN SALVADOR, 18 FEB 90", "1990-02-18", "1990-02-18"),
        ("He was shot in the spring of 1986.", "1986-03-01", "1986-05-31"),
        ("Good Friday 2024 was quiet.", "2024-03-29", "2024-03-29"),
    ],
)
def test_resolves(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end)


@pytest.mark.parametrize(
    "text", ["On 31 June 2024 nothing happened.", "The year 0000 is none.", "On 30 February he left."]
)
def test_impossible_dates_are_no_days(text: str) -> None:
    assert all(t.stretch is None or t.stretch.precision != "day" for t in times(text))


def test_nothing_is_guessed_without_publication() -> None:
    assert days("Police arrested him on Tuesday.", None) is None
    assert times("It was on November 24.", None)[0].value == "XXXX-11-24"


_FORMS = (
    "{d:%Y-%m-%d}",
    "{d.day} {m} {d.year}",
    "{m} {d.day}, {d.year}",
    "the {d.day}th of {m} {d.year}",
    "{d.day} {m:.3} {y:02d}",
)


@settings(deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2035, 12, 31)), st.sampled_from(_FORMS))
def test_any_date_in_any_form_is_itself(day: dt.date, form: str) -> None:
    written = form.format(d=day, m=day.strftime("%B"), y=day.year % 100)
    published = day if "{y" in form else WEDNESDAY
    assert days(f"It happened on {written}.", published) == (day.isoformat(), day.isoformat())


@settings(deadline=None)
@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)),
    st.sampled_from(["Monday", "Friday", "last Tuesday", "next Sunday"]),
)
def test_a_week_later_every_weekday_is_a_week_later(day: dt.date, weekday: str) -> None:
    now, then = (days(f"He left on {weekday}.", d) for d in (day, day + dt.timedelta(days=7)))
    assert now is not None
    assert then is not None
    assert dt.date.fromisoformat(then[0]) - dt.date.fromisoformat(now[0]) == dt.timedelta(days=7)


@settings(deadline=None)
@given(st.text(max_size=200), st.dates())
def test_never_raises_and_spans_are_exact(text: str, day: dt.date) -> None:
    for time in times(text, day):
        assert time.stretch is None or time.stretch.start <= time.stretch.end
        assert 0 <= time.span.start < time.span.end <= len(text)


def test_a_header_states_publication() -> None:
    found = publication(Document.of("date 2025-12-31 Police arrested 12 people on Tuesday."))
    assert found is not None
    assert (found.start, found.basis, found.text) == ("2025-12-31", "stated", "2025-12-31")


def test_a_dateline_states_publication() -> None:
    found = publication(Document.of("LIMA, 14 NOV 91 (SUR) -- [TEXT] A BOMB EXPLODED TODAY."))
    assert found is not None
    assert found.start == "1991-11-14"


def test_a_captions_old_date_is_not_the_storys() -> None:
    text = (
        "A picture taken on Oct. 20, 2017, shows a wall. (Stringer/AFP via Getty Images)\n\n"
        "The bombing of the church in Damascus last June was avenged on Oct. 18. The developments coincide with the "
        "president's Nov. 10 visit, where he is expected to sign."
    )
    found = publication(Document.of(text))
    assert found is not None
    assert found.start.startswith("2025-11")


def test_an_undatable_report_stays_undated() -> None:
    assert publication(Document.of("A bomb exploded in the market and killed two people.")) is None
