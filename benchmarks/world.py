"""A made-up world of events and reports of them, as codings: for measuring ledgers of any size without coding texts.

The world goes on from day to day at one pace, as news does (some 140 accounts a day, a third of them of events of the
last two months): twice the accounts are twice the days. Every seed gives the same codings; spans point at the words
that the values stand for.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.coding.coder import report_id
from dateline.model import Account, Actor, Coding, Count, Place, Report, Span, Speaker, When
from dateline.model.knowledge import load

_START = dt.date(2015, 1, 1)
_EVENTS_A_DAY = 20
_TELLINGS = (1, 1, 1, 2, 2, 3, 4)
#: Days that reports look back.
_REMEMBERED = 60
_COUNTRIES = ("IQ", "SY", "AF", "NG", "ML", "CO", "PH", "SO", "YE", "PK", "IN", "MM", "SD", "CD", "UA", "MX")
_TYPES = (("bombing", ("A bomb exploded", "A blast hit a market", "An explosion shook a street")),
          ("attack", ("Gunmen attacked a post", "Armed men opened fire", "A police station came under fire")),
          ("arrest", ("Police arrested suspects", "Officers detained several men", "Security forces took men away")),
          ("clash", ("Troops fought rebels", "Fighting broke out", "Soldiers and fighters traded fire")),
          ("airstrike", ("Jets struck a compound", "An air raid hit houses", "Aircraft bombed a camp")),
          ("kidnapping", ("Gunmen abducted workers", "Travellers were taken hostage", "A teacher was kidnapped")),
          ("protest", ("Residents protested", "Crowds marched", "Shopkeepers took to the streets")))  # fmt: skip
_COMMON = sorted(
    w for words in load("dateline.linking", "words.yaml", dict[str, Any])["common"].values() for w in words
)
_SYLLABLES = ("ba", "ko", "ri", "su", "ta", "mel", "dor", "zan", "fi", "lu", "gar", "hin", "pel", "wo", "xa", "ny")
_PAPERS = ("Northline", "The Gazette", "Morning Post", "Daily Record", "Valley Radio", "City Desk")


@dataclass(frozen=True, slots=True)
class _Happening:
    type: str
    words: tuple[str, ...]
    day: dt.date
    place: Place
    killed: int
    group: tuple[str, str]
    details: tuple[str, ...]


class World:
    """Codings without end, in order of publication."""

    def __init__(
        self,
        seed: int = 1,
        events_a_day: int = _EVENTS_A_DAY,
        tellings: tuple[int, ...] = _TELLINGS,
        memory: bool = True,
    ) -> None:
        """`tellings` are numbers of reports of an event, each as likely; with `memory` reports recall other events."""
        self._random = random.Random(seed)
        self._events_a_day = events_a_day
        self._tellings = tellings
        self._memory = memory
        self._places = [self._place(k) for k in range(600)]
        self._vocabulary = [self._word() for _ in range(60_000)]
        self._groups = [(f"front-{k}", f"{self._name()} {self._name()} Front") for k in range(60)]

    def codings(self, accounts: int) -> Iterator[Coding]:
        """At least so many accounts."""
        made = number = 0
        day = _START
        past: list[_Happening] = []
        while made < accounts:
            today = [self._happening(day) for _ in range(self._events_a_day)]
            for happening in today:
                wire: Coding | None = None
                for _ in range(self._random.choice(self._tellings)):
                    number += 1
                    if wire is not None and self._random.random() < 0.15:
                        coding = self._copy(wire, number)
                    else:
                        told = [happening, *self._remembered(past, today)]
                        coding = wire = self._report(number, day + dt.timedelta(1), told)
                    made += len(coding.accounts)
                    yield coding
                    if made >= accounts:
                        return
            past = (past + today)[-_REMEMBERED * self._events_a_day :]
            day += dt.timedelta(1)

    def _remembered(self, past: list[_Happening], today: list[_Happening]) -> list[_Happening]:
        if not self._memory:
            return []
        found = [self._random.choice(today)] if self._random.random() < 0.5 else []
        return found + [self._random.choice(past) for _ in range(self._random.choice((0, 1, 1, 2))) if past]

    def _word(self) -> str:
        return "".join(self._random.choice(_SYLLABLES) for _ in range(self._random.choice((2, 3, 3, 4))))

    def _name(self) -> str:
        return self._random.choice(self._vocabulary).title()

    def _place(self, k: int) -> Place:
        lat, lon = self._random.uniform(-30, 50), self._random.uniform(-100, 120)
        name = self._word().title() + self._random.choice(("abad", "ville", " City", "pur"))
        return Place(name, Span(0, 0), name, _COUNTRIES[k % 16], f"Province {k % 90}", lat, lon, "city", f"made:{k}")

    def _happening(self, day: dt.date) -> _Happening:
        choice = self._random.choice
        type_, words = choice(_TYPES)
        # Half of all events are in a tenth of the places.
        places = self._places[:60] if self._random.random() < 0.5 else self._places
        details = tuple(self._name() for _ in range(24))
        killed = choice((0, 1, 1, 2, 3, 5, 12, 31))
        return _Happening(type_, words, day, choice(places), killed, choice(self._groups), details)

    def _report(self, number: int, published: dt.date, told: list[_Happening]) -> Coding:
        pieces: list[str] = []
        accounts = []
        at = 0
        for n, happening in enumerate(told, 1):
            sentence, account = self._told(f"a{n}", happening, at, published)
            pieces.append(sentence)
            accounts.append(account)
            at += len(sentence)
        # The rest of a report: everyday words, and what only those who tell of this happening say.
        rest = [self._random.choice(_COMMON) for _ in range(90)] + self._random.sample(told[0].details, 14)
        self._random.shuffle(rest)
        pieces.append(" ".join(rest) + ".")
        text = "".join(pieces)
        when = When(published.isoformat(), published.isoformat(), "day", "given")
        paper = self._random.choice(_PAPERS)
        report = Report(report_id(text), f"made/{number}", text, None, paper, "en", when)
        return Coding(report, tuple(accounts))

    def _copy(self, coding: Coding, number: int) -> Coding:
        text = coding.report.text + " This is a copy."
        report = coding.report
        return Coding(
            Report(report_id(text), f"made/{number}", text, None, "Wire Mirror", "en", report.published),
            coding.accounts,
        )

    def _told(self, name: str, h: _Happening, at: int, published: dt.date) -> tuple[str, Account]:
        sentence = ""
        spans: dict[str, Span] = {}

        def say(words: str, mark: str = "") -> None:
            nonlocal sentence
            if mark:
                spans[mark] = Span(at + len(sentence), at + len(sentence) + len(words))
            sentence += words

        killed = max(0, h.killed + self._random.choice((0, 0, 0, 0, 1, -1)))
        say(self._random.choice(h.words), "trigger")
        say(" in ")
        say(h.place.text, "where")
        say(" on ")
        say(f"{h.day:%A}", "when")
        say(", and ")
        say(f"{killed} people", "count")
        say(" were killed, said ")
        say(h.details[0], "says")
        say(f" of {h.details[1]}; ")
        say(h.group[1], "who")
        say(" is blamed. ")
        day = h.day.isoformat()
        place = Place(h.place.text, spans["where"], h.place.name, h.place.country, h.place.admin1, h.place.lat,
                      h.place.lon, "city", h.place.gazetteer_id)  # fmt: skip
        counts = (Count("killed", "civilian", killed, killed, killed, f"{killed} people", spans["count"]),)
        return sentence, Account(
            name,
            h.type,  # type: ignore[arg-type]
            "occurred",
            "event",
            spans["trigger"],
            (Span(at, at + len(sentence) - 1),),
            when=When(day, day, "day", "relative", f"{h.day:%A}", spans["when"]),
            where=(place,),
            actors=(Actor("agent", "armed_group", h.group[1], h.group[1], spans["who"], h.group[0]),),
            counts=counts if killed else (),
            said_by=(Speaker(h.details[0], spans["says"]),),
            confidence=round(self._random.uniform(0.3, 0.97), 2),
        )
