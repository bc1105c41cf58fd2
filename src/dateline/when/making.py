"""How a value comes of what a rule matched. Every function here is the `make` of some rule of a grammar.

Each takes the match and the context and gives a Made, or None where the expression cannot be placed in any way.
Sources: TIMEX3 (TimeML 1.2.1) and TIMEX2 (Ferro et al. 2005) for the values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dateline.language import numbers
from dateline.when import calendar as cal
from dateline.when.calendar import Stretch
from dateline.when.context import Context, Made
from dateline.when.grammar import Found

Maker = Callable[[Found, Context], "Made | None"]
MAKERS: dict[str, Maker] = {}

_UNKNOWN_DAY = "XXXX-XX-XX"
_NEXT = frozenset(("next", "this coming", "the next", "the coming", "the following", "following", "the subsequent"))
_LAST = frozenset(("last", "this past", "the past", "the last", "the previous", "previous", "the preceding", "past"))
_STORY = frozenset((
    "that", "that same", "the same", "the following", "following", "the next", "the previous", "previous",
    "the preceding", "the subsequent", "the",
))  # fmt: skip


def maker(function: Maker) -> Maker:
    """Register a function under its name."""
    MAKERS[function.__name__] = function
    return function


# ---------------------------------------------------------------- absolute dates and their parts


def _two_digit_year(yy: int, c: Context) -> int:
    """The year of that ending nearest to publication, never more than ten years after it."""
    if c.reference is not None and (c.published is None or c.narrative):
        return c.reference.start.year // 100 * 100 + yy
    latest = (c.published.year if c.published else dt.date(2030, 1, 1).year) + 10
    return latest - (latest - yy) % 100


def _pod(f: Found) -> str:
    """The part of the day that is named, as TIMEX writes it; empty where none is."""
    return f.get("partofday") or f.get("pod") or ("NI" if f.groups.get("night") else "")


def _year_of(f: Found, c: Context) -> int | None:
    if f.number("year") is not None:
        return f.number("year")
    return None if f.number("yy") is None else _two_digit_year(f.number("yy") or 0, c)


@maker
def date(f: Found, c: Context) -> Made | None:
    """Year, month and day, as many of them as are named; what is missing comes from the context."""
    year, number, day_ = _year_of(f, c), f.get("month") or f.number("month2"), f.number("day")
    mod = f.get("edge")
    if year is not None:
        return _stated(year, number, day_, mod, f)
    if number is None:
        return None
    if day_ is None:
        return _bare_month(number, mod, f, c)
    return _month_day(number, day_, f, c)


def _stated(year: int, number: int | None, day_: int | None, mod: str | None, f: Found) -> Made | None:
    if number is None:
        whole = cal.year(year)
    elif day_ is None:
        whole = cal.month(year, number)
    else:
        whole = cal.day(dt.date(year, number, day_))
    pod = _pod(f)
    value = f"{whole.value}T{pod}" if pod and day_ else whole.value
    return Made(value, whole.part(mod), "stated", "a full date" if day_ else "stated in full")


def _month_day(number: int, day_: int, f: Found, c: Context) -> Made | None:
    dt.date(2000, number, day_)  # a day that no year has is no date
    unknown = f"XXXX-{number:02d}-{day_:02d}"
    picked = _pick_year(c, lambda year: dt.date(year, number, day_))
    if picked is None:
        return Made(unknown, None, "relative", "the year cannot be known")
    pod = _pod(f)
    when, how = picked
    return Made(when.isoformat() + (f"T{pod}" if pod else ""), cal.day(when), "relative", how)


def _bare_month(number: int, mod: str | None, f: Found, c: Context) -> Made | None:
    picked = _pick_year(c, lambda year: dt.date(year, number, 1))
    if picked is None:
        return Made(f"XXXX-{number:02d}", None, "relative", "the year cannot be known")
    month = cal.month(picked[0].year, number)
    return Made(month.value, month.part(mod), "relative", picked[1])


def _pick_year(c: Context, in_year: Callable[[int], dt.date]) -> tuple[dt.date, str] | None:
    """The year of a month or day that comes without one."""
    if c.caption_year is not None:
        return _valid(in_year, c.caption_year, f"in the year of the caption, {c.caption_year}")
    if c.reference is not None and (c.narrative or c.published is None or c.explicit):
        return _story_year(c, c.reference, in_year)
    if c.published is None:
        return None
    return _news_year(c, c.published, in_year)


def _valid(in_year: Callable[[int], dt.date], year: int, how: str) -> tuple[dt.date, str] | None:
    try:
        return in_year(year), how
    except ValueError:  # 29 February
        return None


def _story_year(c: Context, reference: Stretch, in_year: Callable[[int], dt.date]) -> tuple[dt.date, str] | None:
    how = f"in the year last spoken of, after '{c.reference_text}'"
    same = _valid(in_year, reference.start.year, f"{how} -> {reference.start.year}")
    if reference.precision not in ("day", "month", "range", "week", "weekend"):
        return same
    # Stories go on: January after December is the next year's.
    options = [o for shift in (0, 1) if (o := _valid(in_year, reference.start.year + shift, how))]
    return min(options, key=lambda o: abs((o[0] - reference.start).days), default=same)


def _news_year(c: Context, published: dt.date, in_year: Callable[[int], dt.date]) -> tuple[dt.date, str] | None:
    """News looks back: the last such day before publication, unless the verb looks forward or it is days ahead."""
    options = [option for shift in (-1, 0, 1) if (option := _valid(in_year, published.year + shift, ""))]
    past = [o[0] for o in options if o[0] <= published]
    ahead = [o[0] for o in options if o[0] > published]
    if c.future and ahead:
        return ahead[0], f"future tense -> the first after publication ({published})"
    if not past:
        return None
    return past[-1], f"the last on or before publication ({published})"


@maker
def date_of_word(f: Found, c: Context) -> Made | None:
    """ "in May", "since March": months that are also words."""
    return _bare_month({"march": 3, "may": 5}[f.groups["month"]], None, f, c)


@maker
def numeric(f: Found, c: Context) -> Made | None:
    """12/11/2005: the reading that is a date; where both are, the day first unless the text is American."""
    n1, n2 = f.number("n1") or 0, f.number("n2") or 0
    year = f.number("year") or 0
    year = year if year > 99 else _two_digit_year(year, c)
    readings = []
    for day_, month in ((n1, n2), (n2, n1)):
        try:
            readings.append(dt.date(year, month, day_))
        except ValueError:
            continue
    if not readings:
        return None
    if len(readings) == 2 and readings[0] != readings[1]:
        if c.published is not None and c.published in readings:
            return Made(c.published.isoformat(), cal.day(c.published), "stated", "numeric date, as publication")
        value = f"{year:04d}-XX-XX"
        return Made(value, cal.days(min(readings), max(readings)), "stated", "day and month could be either way round")
    return Made(readings[0].isoformat(), cal.day(readings[0]), "stated", "numeric date")


@maker
def bc(f: Found, _: Context) -> Made | None:
    """Years before Christ have a value and no days."""
    return Made(f"BC{int(f.groups['bcyear']):04d}", None, "stated", "a year before Christ", refers=False)


@maker
def anno(f: Found, _: Context) -> Made | None:
    """AD 70."""
    year = int(f.groups["year"])
    if not 1 <= year <= 2100:
        return None
    return Made(f"{year:04d}", cal.year(year), "stated", "a year")


@maker
def day_range(f: Found, c: Context) -> Made | None:
    """ "3-5 May 2024"."""
    number, year = f.get("month"), f.number("year")
    first, last = f.number("day") or 0, f.number("day2") or 0
    if year is None:
        picked = _pick_year(c, lambda y: dt.date(y, number, last))
        if picked is None:
            return Made(f"XXXX-{number:02d}-{first:02d}", None, "relative", "the year cannot be known")
        year = picked[0].year
    start, end = dt.date(year, number, first), dt.date(year, number, last)
    if start > end:
        return None
    span = cal.days(start, end)
    ends = (("day", cal.day(start)), ("", cal.day(end)))
    return Made(span.value, span, "stated" if f.number("year") else "relative", "a range of days", ends=ends)


@maker
def year_range(f: Found, _: Context) -> Made | None:
    """ "2015-16"."""
    first, last = f.number("year") or 0, int(f.groups["year2"])
    last = last if last > 99 else first // 100 * 100 + last
    if not first < last <= first + 120:
        return None
    stretch = Stretch(dt.date(first, 1, 1), dt.date(last, 12, 31), "range", f"{first}/{last}")
    ends = (("year", cal.year(first)), ("year2", cal.year(last)))
    return Made(f"{first:04d}", stretch, "stated", "a range of years", ends=ends)


@maker
def month_range(f: Found, _: Context) -> Made | None:
    """ "February and March 2022"."""
    year, first, last = f.number("year") or 0, f.get("from"), f.get("month")
    if first > last:
        return None
    stretch = cal.months(year, first, last - first + 1, f"{year}-{first:02d}/{year}-{last:02d}")
    ends = (("from", cal.month(year, first)), ("", cal.month(year, last)))
    return Made(stretch.value, stretch, "stated", "a range of months", ends=ends)


@maker
def month_abbreviated(f: Found, c: Context) -> Made | None:
    """ "in Sept."."""
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return _bare_month(names.index(f.text[:3]) + 1, None, f, c)


@maker
def month_of_year(f: Found, c: Context) -> Made | None:
    """ "February of that year", "June last year"."""
    base = c.now if f.groups["which"] in ("last", "next", "this") else (c.then.start if c.then else None)
    number, day_ = f.get("month"), f.number("day")
    if base is None:
        return Made(f"XXXX-{number:02d}", None, "relative", "the year cannot be known")
    shift = {"the following": 1, "the next": 1, "next": 1, "the previous": -1, "last": -1}.get(f.groups["which"], 0)
    year = base.year + shift
    words = c.now_words if base == c.now else c.then_words
    stretch = cal.month(year, number) if day_ is None else cal.day(dt.date(year, number, day_))
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"{year}, after {words}")


@maker
def day_of_month(f: Found, c: Context) -> Made | None:
    """ "the 28th of that month"."""
    if c.then is None:
        return None
    base = cal.shift_month(c.then, 1 if f.get("which") == "the following" else 0)
    when = dt.date(base.start.year, base.start.month, f.number("day") or 0)
    return Made(when.isoformat(), cal.day(when), "relative", f"in the month of {c.then_words}")


@maker
def named_month(f: Found, c: Context) -> Made | None:
    """ "last June": the last before publication, not of this month."""
    number, now, which = f.get("month"), c.now, f.groups["which"]
    if now is None:
        return Made(f"XXXX-{number:02d}", None, "relative", "the year cannot be known")
    year = now.year
    if which in _LAST:
        year -= number >= now.month
    elif which in _NEXT:
        year += number <= now.month
    stretch = cal.month(year, number)
    return Made(stretch.value, stretch, "relative", f"'{which}' from {c.now_words}")


# ---------------------------------------------------------------- seasons, decades, centuries, quarters


@maker
def season(f: Found, c: Context) -> Made | None:
    """ "the spring of 1986", "last summer", "winter"."""
    code, year, which = f.get("season"), f.number("year"), f.get("which") or ""
    if year is not None:
        stretch = cal.season(year, code)
        return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a season of a year")
    base = c.then.start if (which in _STORY or c.narrative) and c.then else c.now
    if base is None:
        return Made(f"XXXX-{code}", None, "relative", "the year cannot be known")
    stretch = cal.season(base.year, code)
    if which in _LAST and stretch.end >= base:
        stretch = cal.season(base.year - 1, code)
    elif which in _NEXT and stretch.start <= base:
        stretch = cal.season(base.year + 1, code)
    elif not which and not c.narrative and stretch.start > base and not c.future:
        stretch = cal.season(base.year - 1, code)
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"counted from {base.isoformat()}")


@maker
def bare_season(f: Found, c: Context) -> Made | None:
    """ "in the winter": of the year last spoken of in a story, the last one in the news."""
    code = {"winter": "WI", "summer": "SU", "autumn": "FA", "spring": "SP"}[" ".join(f.text.split())]
    base = c.then.start if c.narrative and c.then else c.now
    if base is None:
        return Made(f"XXXX-{code}", None, "relative", "the year cannot be known")
    stretch = cal.season(base.year, code)
    if not c.narrative and stretch.start > base:
        stretch = cal.season(base.year - 1, code)
    return Made(stretch.value, stretch, "relative", f"counted from {base.isoformat()}")


@maker
def decade(f: Found, c: Context) -> Made | None:
    """ "the 1990s", "the '90s"."""
    number = int(f.groups["decade"])
    if number < 100:
        latest = (c.published or dt.date(2029, 1, 1)).year
        number = latest - (latest - number) % 100
    stretch = cal.decade(number)
    return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a decade", refers=False)


@maker
def century(f: Found, _: Context) -> Made | None:
    """ "the 19th century"."""
    number = numbers.ordinal(f.groups["ordinal"])
    if number is None or not 1 <= number <= 21:
        return None
    if f.groups.get("bc"):
        return Made(f"BC{number - 1:02d}", None, "stated", "a century before Christ", refers=False)
    stretch = cal.century(number)
    return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a century", refers=False)


@maker
def quarter(f: Found, c: Context) -> Made | None:
    """ "the first quarter of 2024"."""
    ordinal = f.groups["ordinal"]
    number = 4 if ordinal == "last" else int(ordinal) if ordinal.isdigit() else numbers.ordinal(ordinal)
    year = f.number("year") or (c.now.year if c.now else None)
    if number is None or year is None:
        return None
    stretch = cal.quarter(year, number)
    return Made(stretch.value, stretch, "stated" if f.number("year") else "relative", "a quarter")


@maker
def half(f: Found, _: Context) -> Made | None:
    """ "the first half of 2024"."""
    stretch = cal.half(f.number("year") or 0, numbers.ordinal(f.groups["ordinal"]) or 1)
    return Made(stretch.value, stretch, "stated", "half a year")


# ---------------------------------------------------------------- weekdays and near days


@maker
def weekday(f: Found, c: Context) -> Made | None:
    """ "Tuesday": the last on or before publication; "next Tuesday" and future tense, the first after it."""
    number, which = f.get("weekday"), f.get("which") or ""
    base = c.then.start if which in _STORY and c.then else c.now
    pod = _pod(f)
    if base is None:
        return Made(_UNKNOWN_DAY, None, "relative", "no day to count from")
    back = (base.isoweekday() - number) % 7
    words = c.then_words if which in _STORY else c.now_words
    if which in _NEXT or (not which and c.future and back):
        when, how = base + dt.timedelta(days=7 - back if back else 7), f"the first after {words}"
    elif which in ("that", "the same"):
        when, how = base - dt.timedelta(days=back), f"the one of {words}"
    elif which in _LAST:
        when, how = base - dt.timedelta(days=back or 7), f"the last before {words}"
    else:
        when, how = base - dt.timedelta(days=back), f"past tense -> the last on or before {words}"
    if f.number("day") and when.day != f.number("day"):
        when = _weekday_with_day(base, number, f.number("day") or 0) or when
    return Made(when.isoformat() + (f"T{pod}" if pod else ""), cal.day(when), "relative", how)


def _weekday_with_day(base: dt.date, number: int, day_: int) -> dt.date | None:
    """ "Friday the 13th": the nearest before."""
    for back in range(400):
        when = base - dt.timedelta(days=back)
        if when.day == day_ and when.isoweekday() == number:
            return when
    return None


@maker
def weekday_of_week(f: Found, c: Context) -> Made | None:
    """ "Tuesday of last week"."""
    if c.now is None:
        return Made(_UNKNOWN_DAY, None, "relative", "no day to count from")
    shift = {"last": -1, "next": 1}.get(f.groups["which"], 0)
    monday = cal.week(c.now).start + dt.timedelta(weeks=shift)
    when = monday + dt.timedelta(days=f.get("weekday") - 1)
    return Made(when.isoformat(), cal.day(when), "relative", f"of the week {f.groups['which']} {c.now_words}")


@maker
def weekday_set(f: Found, _: Context) -> Made | None:
    """ "every Friday"."""
    return Made(f"XXXX-WXX-{f.get('weekday')}", None, "stated", "a set of days", period=True, refers=False)


@maker
def near_day(f: Found, c: Context) -> Made | None:
    """ "yesterday", "tonight", "this morning", "last night"."""
    pod = _pod(f)
    if c.now is None:
        return Made("PRESENT_REF", None, "relative", "publication is not known", refers=False)
    if c.narrative and f.rule.fixed["shift"] == 0 and not pod:
        return Made("PRESENT_REF", None, "relative", "the present of a story", refers=False)
    when = c.now + dt.timedelta(days=f.rule.fixed["shift"])
    return Made(
        when.isoformat() + (f"T{pod}" if pod else ""),
        cal.day(when),
        "relative",
        f"counted from {c.now_words}",
    )


def _story_day(c: Context, by: int, pod: str = "") -> Made | None:
    """A day counted from the day last spoken of."""
    if c.then is None or c.then.precision not in ("day", "range", "weekend", "week"):
        return Made(_UNKNOWN_DAY, None, "relative", "no day to count from", refers=False)
    base = c.then.end if by > 0 else c.then.start
    when = base + by * cal.DAY
    value = when.isoformat() + (f"T{pod}" if pod else "")
    return Made(value, cal.day(when), "relative", f"counted from {c.then_words}")


def _pod_in(text: str) -> str:
    for word, code in (("morning", "MO"), ("afternoon", "AF"), ("evening", "EV"), ("night", "NI")):
        if word in text:
            return code
    return ""


@maker
def same_day(f: Found, c: Context) -> Made | None:
    """ "the same day"."""
    if "time" in f.text:
        return None
    return _story_day(c, 0)


@maker
def next_day(f: Found, c: Context) -> Made | None:
    """ "the next day", "the following morning"."""
    return _story_day(c, 1, _pod_in(f.text))


@maker
def previous_day(f: Found, c: Context) -> Made | None:
    """ "the day before"."""
    return _story_day(c, -1, _pod_in(f.text))


@maker
def that_part(f: Found, c: Context) -> Made | None:
    """ "that night"."""
    shift = 1 if "next" in f.text or "following" in f.text else -1 if "previous" in f.text else 0
    return _story_day(c, shift, _pod(f))


# ---------------------------------------------------------------- units


@maker
def which_unit(f: Found, c: Context) -> Made | None:
    """ "last week", "that year", "the following month"."""
    unit, which = f.get("calendar"), (f.get("which") or "").strip()
    from_story = which in _STORY
    base = (c.then.start if c.then else None) if from_story else c.now
    if which == "the" and f.get("edge") is None:
        return None
    if base is None:
        return Made("PAST_REF" if which in _LAST else "XXXX", None, "relative", "no time to count from", refers=False)
    if unit == "D":
        return _which_day(f, c, which)
    by = 1 if which in _NEXT else -1 if which in _LAST else 0
    anchor = base if unit in ("W", "WE") else dt.date(base.year, base.month, 1)
    stretch = cal.unit_around(cal.shifted(anchor, unit, by).start, unit)
    if unit == "WE" and f.rule.fixed and stretch.start >= base:
        # "the weekend" of a Monday's paper is the last one; of a Sunday's, this one.
        stretch = cal.weekend(base)
    words = c.then_words if from_story else c.now_words
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"'{which}' counted from {words}")


def _which_day(f: Found, c: Context, which: str) -> Made | None:
    if which in ("the past", "past", "the last", "the coming", "the current"):
        return Made("P1D", None, "relative", "a day long", period=True, refers=False)
    by = 1 if which in _NEXT else -1 if which in _LAST else 0
    return _story_day(c, by)


def _quantity(f: Found) -> tuple[int | None, str]:
    """(number, TIMEX digits) of an expression such as "a few days"; (None, "X") where it is vague."""
    vague = f.get("vague")
    if isinstance(vague, int):
        return vague, str(vague)
    text = f.groups.get("number")
    if vague == "X" or text is None:
        return None, "X"
    number = 1 if text in ("a", "an") else numbers.parse(text)
    return number, str(number if number is not None else text)


@maker
def shifted(f: Found, c: Context) -> Made | None:
    """ "two days ago" from publication, "three months later" from the time last spoken of."""
    number, _ = _quantity(f)
    unit, sign = f.get("unit"), f.rule.fixed["sign"]
    from_story = f.rule.fixed["anchor"] == "reference"
    base = c.then if from_story else None
    anchor = (base.start if sign < 0 else base.end) if base else (None if from_story else c.now)
    words = c.then_words if from_story else c.now_words
    if number is None or unit is None:
        return _vaguely_shifted(f, c, anchor, unit, sign)
    if anchor is None:
        return Made(
            _UNKNOWN_DAY if unit in ("D", "W") else "XXXX",
            None,
            "relative",
            "nothing to count from",
            refers=False,
        )
    if from_story and base is not None and unit in _TOO_COARSE.get(base.precision, ()):
        value = f"{anchor.year}-XX-XX" if unit in "DW" else f"{anchor.year}-XX"
        return Made(value, None, "relative", "counted from no certain day", refers=False)
    stretch = cal.shifted(anchor, unit, sign * number)
    return Made(stretch.value, stretch, "relative", f"{number} {f.groups['unit']} from {words}")


#: Units that cannot be counted from a time of so little precision: three days after 1914 is no day.
_TOO_COARSE = {
    "month": ("D", "W", "F"), "season": ("D", "W", "F", "M"), "year": ("D", "W", "F", "M"),
    "decade": ("D", "W", "F", "M", "Y"), "week": ("D",),
}  # fmt: skip

#: How far back vague quantities reach, in units; from "a few" (3 to 10 in use) to "several" and "some".
_VAGUE_REACH = (2, 10)


def _vaguely_shifted(f: Found, c: Context, anchor: dt.date | None, unit: str | None, sign: int) -> Made | None:
    reference = {"D": _UNKNOWN_DAY, "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit or "", "FUTURE_REF")
    if sign < 0 and f.rule.fixed["anchor"] == "publication":
        reference = "PAST_REF"
    if anchor is None or sign > 0 or unit not in ("D", "W") or c.narrative:
        return Made(reference, None, "relative", "vague", refers=False)
    reach = dt.timedelta(days=1 if unit == "D" else 7)
    stretch = cal.days(anchor - _VAGUE_REACH[1] * reach, anchor - _VAGUE_REACH[0] * reach)
    return Made(
        reference,
        stretch,
        "relative",
        f"vague: {_VAGUE_REACH[0]} to {_VAGUE_REACH[1]} units before",
        refers=False,
    )


@maker
def shifted_from_event(f: Found, c: Context) -> Made | None:
    """ "a day after police were killed": the other event's time is not known here, so this is near the context's."""
    _number, digits = _quantity(f)
    unit = f.get("unit")
    if f.groups["side"] in ("since",):
        return Made(f"P{digits}{unit}", None, "relative", "a spell", period=True, refers=False)
    return Made(_timex_period(digits, unit), None, "relative", "counted from an event", period=True, refers=False)


@maker
def within(f: Found, _: Context) -> Made | None:
    """ "within two days", "in three weeks"."""
    return duration(f, _)


@maker
def last_n(f: Found, c: Context) -> Made | None:
    """ "the past three days": a spell that ends at publication."""
    number, digits = _quantity(f)
    unit = f.get("unit") or f.get("calendar")
    if "number" not in f.groups and "vague" not in f.groups and "few" not in f.text and "several" not in f.text:
        number, digits = 1, "1"
    value = _timex_period(digits, unit)
    if c.now is None or c.narrative or unit in ("H", "MN", "S"):
        return Made(value, None, "relative", "a spell", period=True, refers=False)
    reach = number or 5
    start = cal.shifted(c.now, unit, -reach).start if unit in "DW" else _back(c.now, unit, reach)
    stretch = Stretch(start, c.now, "range", value)
    return Made(value, stretch, "relative", f"up to {c.now_words}", refers=False)


def _back(now: dt.date, unit: str, reach: int) -> dt.date:
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit, 1) * reach
    first = cal.shift_month(cal.month(now.year, now.month), -months)
    return min(first.start + (now.day - 1) * cal.DAY, first.end)


@maker
def recent(f: Found, c: Context) -> Made | None:
    """ "recent weeks": a spell of unknown length up to publication."""
    unit = {"days": "D", "weeks": "W", "months": "M", "years": "Y", "decades": "E"}[f.groups["units"]]
    if c.now is None or c.narrative:
        return Made("PAST_REF", None, "relative", "vague", refers=False)
    start = (
        cal.shifted(c.now, "W", -5).start
        if unit == "W"
        else _back(c.now, unit, 5)
        if unit != "D"
        else c.now - 7 * cal.DAY
    )
    return Made(
        "PAST_REF",
        Stretch(start, c.now, "range", "PAST_REF"),
        "relative",
        f"vague, up to {c.now_words}",
        refers=False,
    )


# ---------------------------------------------------------------- durations and sets


def _timex_period(digits: str, unit: str | None) -> str:
    if unit in ("H", "S"):
        return f"PT{digits}{unit}"
    if unit == "MN":
        return f"PT{digits}M"
    if unit == "F":
        return f"P{int(digits) * 2 if digits.isdigit() else digits}W"
    long_units = {"E": 10, "C": 100, "L": 1000}
    if unit in long_units:
        return f"P{int(digits) * long_units[unit]}Y" if digits.isdigit() else f"PX{'DE' if unit == 'E' else 'CE'}"
    if unit == "Q":
        return f"P{int(digits) * 3}M" if digits.isdigit() else "PXM"
    return f"P{digits}{unit}"


@maker
def duration(f: Found, _: Context) -> Made | None:
    """ "three days", "half an hour", "a two-year"."""
    _number, digits = _quantity(f)
    if "half" in f.text.split(" and ")[0].split() and not f.groups.get("number"):
        digits = "0.5"
    elif "and a half" in " ".join(f.text.split()):
        digits = f"{digits}.5"
    return Made(_timex_period(digits, f.get("unit")), None, "stated", "a duration", period=True, refers=False)


@maker
def bare_units(f: Found, _: Context) -> Made | None:
    """ "for years"."""
    unit = {
        "hours": "H",
        "days": "D",
        "weeks": "W",
        "months": "M",
        "years": "Y",
        "decades": "E",
        "centuries": "C",
    }
    return Made(_timex_period("X", unit[f.groups["units"]]), None, "stated", "a duration", period=True, refers=False)


@maker
def bare_shifted(f: Found, c: Context) -> Made | None:
    """ "weeks later", "years ago"."""
    unknown = {
        "days": _UNKNOWN_DAY,
        "weeks": "XXXX-WXX",
        "months": "XXXX-XX",
        "years": "XXXX",
        "decades": "XXX",
    }
    value = "PAST_REF" if f.groups["side"] == "ago" else unknown.get(f.groups["units"], f"{_UNKNOWN_DAY}TXX")
    return Made(value, None, "relative", "vague", refers=False)


@maker
def every(f: Found, _: Context) -> Made | None:
    """ "every two weeks"."""
    _number, digits = _quantity(f)
    digits = digits if "number" in f.groups else "2" if "other" in f.text else "1"
    return Made(_timex_period(digits, f.get("unit")), None, "stated", "a set", period=True, refers=False)


@maker
def set_word(f: Found, _: Context) -> Made | None:
    """ "daily"."""
    return Made(f.get("setword"), None, "stated", "a set", period=True, refers=False)


# ---------------------------------------------------------------- clock


@maker
def clock(f: Found, c: Context) -> Made | None:
    """ "9 a.m.", "19:15", "0600 GMT": on the day last spoken of."""
    hour, minute = f.number("hour") or 0, f.number("minute") or 0
    half_day = f.groups.get("ampm")
    if half_day:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    base = _clock_day(f, c)
    value = f"T{hour:02d}:{minute:02d}"
    if base is None:
        return Made(f"{_UNKNOWN_DAY}{value}", None, "relative", "the day is not known", refers=False)
    return Made(base.isoformat() + value, cal.day(base), "relative", f"on the day of {c.then_words}", refers=False)


def _clock_day(f: Found, c: Context) -> dt.date | None:
    number = f.get("wd")
    if number and c.now:
        return c.now - dt.timedelta(days=(c.now.isoweekday() - number) % 7)
    if "yesterday" in f.text and c.now:
        return c.now - cal.DAY
    if c.reference is not None and c.reference.precision == "day":
        return c.reference.start
    return None if c.narrative else c.published


@maker
def part_of_day(f: Found, c: Context) -> Made | None:
    """ "in the morning", "at dawn"."""
    pod = _pod(f) or _pod_in(f.text)
    if not pod:
        return None
    if f.number("day") and f.get("month"):
        dated = date(f, c)
        if dated is not None and dated.stretch is not None:
            return Made(f"{dated.value.split('T')[0]}T{pod}", dated.stretch, dated.basis, dated.how)
        return dated
    base = _clock_day(f, c)
    if base is None:
        return Made(f"{_UNKNOWN_DAY}T{pod}", None, "relative", "the day is not known", refers=False)
    return Made(f"{base.isoformat()}T{pod}", cal.day(base), "relative", f"on the day of {c.then_words}", refers=False)


# ---------------------------------------------------------------- holidays and references

#: First days of the Islamic year's feasts by Gregorian year (Umm al-Qura; local sightings differ by a day).
_HIJRI_EPOCH_DAYS = 227015


def _hijri_to_gregorian(year: int, month: int, day_: int) -> dt.date:
    """The tabular Islamic calendar (civil epoch; Reingold and Dershowitz, Calendrical Calculations)."""
    ordinal = day_ + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH_DAYS - 1
    return dt.date.fromordinal(ordinal)


_HIJRI_FEASTS = {"ramadan": (9, 1, 30), "eid al-fitr": (10, 1, 3), "eid al-adha": (12, 10, 4), "ashura": (1, 10, 1),
                 "muharram": (1, 1, 30)}  # fmt: skip


def _feast(name: str, code: str | None, year: int) -> Stretch | None:
    if name in _HIJRI_FEASTS:
        month, first, length = _HIJRI_FEASTS[name]
        for hijri in (year - 580, year - 579, year - 578, year - 577):
            start = _hijri_to_gregorian(hijri, month, first)
            if start.year == year:
                return cal.days(start, start + (length - 1) * cal.DAY)
        return None
    if code is None:
        return None
    if code.startswith("EASTER"):
        rest = code[6:]
        start = cal.easter(year) + dt.timedelta(days=int(rest.rstrip("W") or 0))
        return cal.days(start, start + 6 * cal.DAY) if rest.endswith("W") else cal.day(start)
    number, _, of_month = code.partition("-")
    return cal.day(dt.date(year, int(number), int(of_month)))


@maker
def holiday(f: Found, c: Context) -> Made | None:
    """ "Christmas", "Ramadan 2024", "Good Friday"."""
    name = f.groups.get("holiday", "")
    code = f.get("holiday")
    year = f.number("year")
    if year is not None:
        stretch = _feast(name, code, year)
        return None if stretch is None else Made(stretch.value, stretch, "stated", "a feast of a year")
    base = c.then.start if c.narrative and c.then else c.now
    if base is None:
        return Made("XXXX", None, "relative", "the year cannot be known", refers=False)
    options = [s for shift in (-1, 0, 1) if (s := _feast(name, code, base.year + shift))]
    if not options:
        return None
    near = min(options, key=lambda s: abs((s.start - base).days))
    return Made(near.value, near, "relative", f"the nearest to {base.isoformat()}")


@maker
def reference(f: Found, _: Context) -> Made | None:
    """ "now", "recently", "soon"."""
    value = f.get("presentref") or f.get("pastref") or f.get("futureref")
    return Made(value, None, "relative", "vague", refers=False)


@maker
def that_time(f: Found, c: Context) -> Made | None:
    """ "at that time"."""
    if "this" in f.text or "present" in f.text:
        return Made("PRESENT_REF", None, "relative", "vague", refers=False)
    if "the time" in f.text or c.reference is None or not c.narrative:
        return Made("PAST_REF", None, "relative", "vague", refers=False)
    return Made(c.reference.value.split("T")[0], c.reference, "relative", f"the time of {c.then_words}", refers=False)
