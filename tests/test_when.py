"""Time expressions and what they resolve to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import Document
from dateline.model import When
from dateline.when import Stretch, Time, publication, read, times_of
from dateline.when.feasts import feast

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
        ("They were killed overnight.", "2025-12-30", "2025-12-31"),
        ("July 28: a girl was hit by a stray bullet.", "2025-07-28", "2025-07-28"),
        ("He was shot on Monday in the 1200 block of Main Street.", "2025-12-29", "2025-12-29"),
        ("He was shot on Monday at 1900 North Main Street.", "2025-12-29", "2025-12-29"),
        ("Police say on Monday that this may have been murder.", "2025-12-29", "2025-12-29"),
        ("SAN SALVADOR, 18 FEB 90", "1990-02-18", "1990-02-18"),
        ("He was shot in the spring of 1986.", "1986-03-01", "1986-05-31"),
        ("Good Friday 2024 was quiet.", "2024-03-29", "2024-03-29"),
        ("He was killed in the past few weeks.", "2025-11-26", "2025-12-31"),
        ("In the last 24 hours two were killed.", "2025-12-30", "2025-12-31"),
        ("From 17 August to 2 September 2014 they fought.", "2014-08-17", "2014-09-02"),
        ("They met on May 6 and 7, 2024.", "2024-05-06", "2024-05-07"),
        ("He was killed last Ramadan.", "2025-03-01", "2025-03-30"),
        ("Nobody worked during Ramadan last year.", "2024-03-11", "2024-04-09"),
        ("The mosque was attacked on Ashura 2024.", "2024-07-17", "2024-07-17"),
        ("Nowruz 2024 was quiet, and so was Nowruz 2025.", "2025-03-21", "2025-03-21"),
        ("Eid al-Fitr will be quiet.", "2026-03-20", "2026-03-22"),
        ("They left at the end of March 2024.", "2024-03-22", "2024-03-31"),
        ("The shop opened on 25/12/2005 and closed on 3/4/2006.", "2006-04-03", "2006-04-03"),
        ("The shop opened on 12/25/2005 and closed on 3/4/2006.", "2006-03-04", "2006-03-04"),
        ("The shop closed on 3/4/2006.", "2006-03-04", "2006-04-03"),
        ("He came at 1700 on Tuesday, shortly before 1700.", "2025-12-30", "2025-12-30"),
        ("On this day in 1990 he was shot.", "1990-12-31", "1990-12-31"),
        ("Massacres of May 2024.\n\nDay 17. Kobo. A teacher was shot.", "2024-05-17", "2024-05-17"),
    ],
)
def test_resolves(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end)


def test_a_time_tells_how_it_was_found() -> None:
    first, second = times("Police came on Tuesday. The next day they left.")
    assert first.derivation.how == (
        "'Tuesday', past tense -> the Tuesday on or before publication (2025-12-31) -> 2025-12-30"
    )
    assert (first.derivation.rule, first.derivation.anchor, first.derivation.anchor_span) == (
        "weekday", "publication", None,
    )  # fmt: skip
    assert second.derivation.how == "'The next day', the day after 'Tuesday' (2025-12-30) -> 2025-12-31"
    assert (second.derivation.anchor, second.derivation.anchor_span) == ("Tuesday", first.span)


def test_an_aside_does_not_move_the_story() -> None:
    text = (
        "The war began on 3 May 1920. In June 1920 the army crossed the river, the largest move since 1813. "
        "A book (2004) tells of it. In August 1920 it was beaten, as papers found in 2004 prove. "
        "On 6 September it left. In October 1920 it was gone."
    )
    found = {t.text: t.value for t in times(text, dt.date(2009, 12, 19))}
    assert found["6 September"] == "1920-09-06"


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
    "{d.day}-{m:.3}-{y:02d}",
    "{d:%Y/%m/%d}",
    "{d:%d.%m.%Y}",
    "{d:%A}, {m} {d.day}, {d.year}",
    "{d:%A} {d.day} {m} {d.year}",
    "the {d.day}th day of {m}, {d.year}",
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
    st.sampled_from(["Monday", "Friday", "last Tuesday", "next Sunday", "Wednesday night", "this Saturday"]),
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


def test_a_memory_does_not_date_a_report() -> None:
    text = (
        "Police searched a flat. They found a rifle. Two men were held. Neighbours were surprised. Nobody was hurt. "
        "The street had last been in the news on 11 September 2001."
    )
    assert publication(Document.of(text)) is None


def test_what_a_report_tells_of_does_not_say_by_when_it_appeared() -> None:
    text = "Police searched a flat on 11 September 2001 and found a rifle. The trial of those who fled began in Kobo."
    assert publication(Document.of(text)) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gang boss shot dead\nMarch 5, 2024 -- A gang boss was shot dead in Kobo, police said.", "2024-03-05"),
        ("Blood on the road\n\nBy Our Correspondent, 2 June 2015, No. 44\n\nTroops shot 40 people.", "2015-06-02"),
        ("Minister slams rivals Kobo, Nov 11 2017, 1:04 IST The minister spoke on Friday of arrests.", "2017-11-11"),
        ("KOBO, Kenya (Our Agency) 3 Feb 1996 Gunmen killed two teachers, police said.", "1996-02-03"),
        ("LIMA, 18 AUG 89 (OUR AGENCY) -- Rebels attacked a post, the army said.", "1989-08-18"),
        ("Kobo, (AGENCY - Site News - 6th March, 2024) Troops killed two men in a raid.", "2024-03-06"),
        ("Troops kill two\n\nPublished November 30, 2009\n\nTroops killed two men in Kobo on Friday.", "2009-11-30"),
        ("Troops kill two\nUpdated 5:00 PM, May 3, 2024\nTroops killed two men in Kobo on Friday.", "2024-05-03"),
    ],
)
def test_what_dates_a_report(text: str, day: str) -> None:
    found = publication(Document.of(text))
    assert found is not None and (found.start, found.end, found.basis) == (day, day, "stated")


@pytest.mark.parametrize(
    "text",
    [
        "Three men were released on 3 May 2024 in Kobo. They had been held for a year.",
        "A driver was held in Kobo. Nobody was hurt. Police were silent. He was let go. His court date is set for May 3, 2024.",  # noqa: E501
        "He was killed on 3 May 2014, at 10:05 he was found by a guard. Nobody was held.",
    ],
)
def test_other_dates_do_not(text: str) -> None:
    assert publication(Document.of(text)) is None


def test_an_undatable_report_stays_undated() -> None:
    assert publication(Document.of("A bomb exploded in the market and killed two people.")) is None


@settings(deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2060, 12, 31)), st.dates(dt.date(1930, 1, 1), dt.date(2060, 12, 31)))
def test_ranges_are_their_ends(one: dt.date, two: dt.date) -> None:
    start, end = min(one, two), max(one, two)
    text = f"It lasted from {start.day} {start:%B} {start.year} to {end.day} {end:%B} {end.year}."
    assert days(text) == (start.isoformat(), end.isoformat())


@pytest.mark.parametrize(
    ("code", "year", "start"),
    [
        ("PERSIAN 1-1", 2020, "2020-03-20"), ("PERSIAN 1-1", 2021, "2021-03-21"), ("PERSIAN 1-1", 2024, "2024-03-20"),
        ("HIJRI 9-1+30", 2023, "2023-03-23"), ("HIJRI 1-10+1", 2024, "2024-07-17"), ("ORTHODOX", 2024, "2024-05-05"),
        ("EASTER", 2024, "2024-03-31"), ("NTH 11-4-4", 2024, "2024-11-28"), ("NTH 05-1--1", 2024, "2024-05-27"),
    ],
)  # fmt: skip
def test_feasts_fall_on_their_days(code: str, year: int, start: str) -> None:
    found = feast(code, year)
    assert found is not None
    assert found.start.isoformat() == start


def test_of_a_report_of_some_day_a_weekday_may_be_one_of_several() -> None:
    document = Document.of("Police raided a house on Friday. A few days ago they found arms. On May 3 two men fled.")
    published = When("2024-05-13", "2024-05-27", "range", "inferred")
    friday, ago, dated = times_of(document, document.sentences, published)
    assert (friday.stretch, friday.value) == (
        Stretch(dt.date(2024, 5, 10), dt.date(2024, 5, 24), "range", friday.value),
        "2024-05-10/2024-05-24",
    )
    # What is loose of itself, and what is told to the day, is as for the last day that the report may be of.
    late = read(document, document.sentences, dt.date(2024, 5, 27))
    assert [ago.stretch, dated.stretch] == [t.stretch for t in late[1:]]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 60), st.sampled_from(["Monday", "Friday"]))
def test_the_readings_of_both_ends_lie_within_the_time(day: dt.date, width: int, weekday: str) -> None:
    document = Document.of(f"Police raided a house on {weekday}.")
    ends = (day, day + dt.timedelta(days=width))
    published = When(*(d.isoformat() for d in ends), "range", "inferred")
    (time,) = times_of(document, document.sentences, published)
    assert time.stretch is not None
    for end in ends:
        (one,) = read(document, document.sentences, end)
        assert one.stretch is not None and time.stretch.start <= one.stretch.start <= time.stretch.end


def test_a_dateline_may_end_in_a_stop() -> None:
    found = publication(Document.of("Kobo, 3 May 2024. Police arrested 12 people on Thursday."))
    assert found is not None and (found.start, found.basis) == ("2024-05-03", "stated")
    assert publication(Document.of("He was born in Kobo, 3 May 1924. Police said so."), infer=False) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The court ordered the ministry to respond by 14 January.", ("2025-01-14", "2025-01-14")),
        ("By 14 January 30 people had been killed.", ("2024-01-14", "2024-01-14")),
        ("The toll was known before the summit in April.", ("2024-04-01", "2024-04-30")),
        ("The state will free 150 prisoners by the end of March.", ("2024-03-22", "2024-03-31")),
        ("Police foiled a plan to bomb a hotel in Kobo on Sunday.", ("2024-03-03", "2024-03-03")),
        ("Relatives of those killed in the September 11 attacks met senators.", ("2001-09-11", "2001-09-11")),
        ("This year 40 people were killed.", ("2024-01-01", "2024-03-06")),
        ("Up to 15 January this year 40 people were killed.", ("2024-01-01", "2024-01-15")),
        ("Gunmen attacked a bus overnight on January 3 to 4.", ("2024-01-03", "2024-01-04")),
        ("Two men died in a weekend raid.", ("2024-03-02", "2024-03-03")),
        ("Police made 50 arrests in the past week.", ("2024-02-28", "2024-03-06")),
    ],
)
def test_what_is_ahead_and_what_is_behind(text: str, days: tuple[str, str]) -> None:
    document = Document.of(text)
    published = When("2024-03-06", "2024-03-06", "day", "given")
    whens = [t.as_when() for t in times_of(document, document.sentences, published)]
    assert [(w.start, w.end) for w in whens if w is not None] == [days]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On January 9 two men were shot.", "XXXX-01-09"),
        ("The leader (born 3 May 1961) was shot on January 9.", "XXXX-01-09"),
        ("The leader, who was convicted in May 1999, was shot on January 9.", "XXXX-01-09"),
        ("In May 2012 rebels took the town. On January 9 they left it.", "2012-01-09"),
        ("05/03/2017: Assailants set off a bomb at a court.", "2017-05-03"),
    ],
)
def test_a_year_comes_from_the_story_and_not_from_an_aside(text: str, value: str) -> None:
    document = Document.of(text)
    assert times_of(document, document.sentences, None)[-1].value == value


def test_vague_times_are_times_and_date_nothing() -> None:
    document = Document.of(
        "He recently spoke of it in Kobo, is now in Lodwar and will soon leave; soon after, he fell."
    )
    times = times_of(document, document.sentences, When("2024-03-06", "2024-03-06", "day", "given"))
    assert [(t.value, t.as_when()) for t in times] == [("PAST_REF", None), ("PRESENT_REF", None), ("FUTURE_REF", None)]


def test_the_day_of_a_dateline_is_the_reports() -> None:
    document = Document.of("KOBO, March 5 - Troops killed two men, the army said.")
    (time,) = times_of(document, document.sentences, When("2024-03-05", "2024-03-05", "day", "given"))
    assert time.stamp


def test_today_is_the_day_of_an_older_dateline() -> None:
    published = When("2024-03-06", "2024-03-06", "day", "given")
    for text in ("KOBO, March 5 - Troops today killed two men.", "KOBO, March 5: Troops today killed two men."):
        document = Document.of(text)
        dateline, today = times_of(document, document.sentences, published)
        assert dateline.stamp
        assert today.value == "2024-03-05"


def test_a_week_of_a_year_is_no_week() -> None:
    document = Document.of("He was convicted under the law of 2019. Two others were killed in the same week.")
    week = times_of(document, document.sentences, When("2024-03-06", "2024-03-06", "day", "given"))[-1]
    assert week.stretch is None


@pytest.mark.parametrize(
    ("text", "published", "start"),
    [
        ("Police detained 115 people over alleged plans to attack Christmas celebrations.", "2025-12-29", "2025-12-25"),
        ("A man who planned to attack a church at Christmas was held in Bonn.", "2026-01-06", "2025-12-25"),
        ("Police arrested five rebels who were planning to bomb a mall during Holy Week.", "2026-04-08", "2026-03-29"),
        ("Soldiers broke up a cell that had plans to bomb a mosque at Eid al-Fitr.", "2026-03-25", "2026-03-20"),
        ("They were held over plans to attack a parade on November 1.", "2026-11-03", "2026-11-01"),
        ("He was charged with conspiracy to bomb a train in December.", "2026-01-20", "2025-12-01"),
        ("The group threatened to attack shoppers at Christmas.", "2026-11-26", "2026-12-25"),
        ("He was accused of plotting to attack a Halloween party.", "2026-10-27", "2026-10-31"),
        ("Militants plan to attack pilgrims during Ramadan.", "2026-02-01", "2026-02-18"),
        ("They will hold a march at Easter.", "2026-05-10", "2027-03-28"),
        ("The trial will open in March.", "2026-05-10", "2027-03-01"),
        ("He was killed at Christmas.", "2026-11-26", "2025-12-25"),
    ],
)
def test_what_was_meant_to_be_is_of_the_nearest_day(text: str, published: str, start: str) -> None:
    document = Document.of(text)
    times = times_of(document, document.sentences, When(published, published, "day", "given"))
    assert [w.start for t in times if (w := t.as_when()) is not None] == [start]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Nine died in the first ten months of the year.", "2026-01-01", "2026-10-31"),
        ("Nine died in the first ten months of the year 2024.", "2024-01-01", "2024-10-31"),
        ("Police arrested 40 men in the first 6 months of this year.", "2026-01-01", "2026-06-30"),
        ("Police arrested 40 men in the first two months of 2025.", "2025-01-01", "2025-02-28"),
    ],
)
def test_the_first_months_of_a_year_are_a_stretch(text: str, start: str, end: str) -> None:
    document = Document.of(text)
    (time,) = times_of(document, document.sentences, When("2026-11-26", "2026-11-26", "day", "given"))
    assert time.stretch is not None
    assert (str(time.stretch.start), str(time.stretch.end)) == (start, end)


def test_the_same_period_is_not_that_of_a_day() -> None:
    document = Document.of("He said on Tuesday that nine had died, up from six in the same period of 2025.")
    (_, period) = times_of(document, document.sentences, When("2026-11-26", "2026-11-26", "day", "given"))
    assert period.stretch is None
