"""A reading: everything that the question rooms find in a report. Accounts are made from it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import ClassVar

from dateline.coding.draft import Draft
from dateline.coding.learned import LEAST, WHOLE, Learned, sentences_with_roles, tells_as_a_whole
from dateline.coding.origins import is_origin
from dateline.coding.pointing import points_back
from dateline.coding.years_in_names import labelled
from dateline.language import Document, Gate, Opened, Parser, Sentence, glance
from dateline.language.dictionary import lemma
from dateline.language.other import OtherParser, tongue
from dateline.model import Report, Span, When, types
from dateline.model.span import Along
from dateline.model.trace import is_traced, note, untraced
from dateline.model.vocabulary import Type
from dateline.reader import Reading as Heard
from dateline.reader import read
from dateline.what import Mention, happenings, triggers
from dateline.when import Time, publication, times_of
from dateline.where import (
    Located,
    Toponym,
    country_code,
    is_country,
    is_from,
    is_place_name,
    is_place_word,
    main_city,
    resolve,
    spot,
    under_heads,
)  # fmt: skip
from dateline.who import Cast, acronyms, group_names

#: The learned reader reads reports of up to so many sentences whatever their words are: that costs little.
SHORT = 3


@dataclass
class Reading:
    """A report, its parsed sentences, and what the rooms found in them. Lists by sentence have the index of the
    sentence as key."""

    #: The longest period in days that dates a happening (a century dates none).
    LONGEST: ClassVar[int] = 3660

    report: Report
    document: Document
    sentences: list[Sentence]
    published: When | None
    times: list[Time] = field(default_factory=list)
    places: list[Located] = field(default_factory=list)
    cast: Cast = field(default_factory=Cast)
    mentions: list[Mention] = field(default_factory=list)
    #: The learned reader's answers; None where it did not read.
    heard: Heard | None = None

    def times_of(self, sentence: Sentence) -> list[Time]:
        """All times of a sentence, durations too."""
        return [t for t in self.times if t.sentence == sentence.index]

    def times_in(self, sentence: Sentence) -> list[Time]:
        """The times of a sentence that may date a happening."""
        return [t for t in self.times if t.sentence == sentence.index and self.is_of_a_deed(t)]

    def is_of_a_deed(self, time: Time) -> bool:
        """May a time date a happening? Not the report's own date, the year in a name, or a century."""
        return time.stretch is not None and time.stretch.days <= self.LONGEST and not (time.stamp or time.label)

    @cached_property
    def learned(self) -> Learned | None:
        """What the learned reader says of mentions and drafts."""
        return None if self.heard is None else Learned(self.heard)

    def is_heard(self, draft: Draft) -> bool:
        """Is the learned reader sure that a draft tells of a happening?"""
        return self.learned is not None and self.learned.is_sure(draft)

    @cached_property
    def settings(self) -> list[Located]:
        """The places at which something may happen: without streets and without places that people come from."""
        return [p for p in self.places if not p.is_street and not is_origin(p)]

    @cached_property
    def places_along(self) -> Along[Located]:
        """All places, to be looked up by where they stand."""
        return Along(self.places, lambda p: p.span)

    def other_items(self, own: Sequence[Sentence]) -> frozenset[int]:
        """Where all of `own` stand in items of a list or bulletin, the indexes of the sentences of the other items;
        else none."""
        if any(s.kind != "item" for s in own):
            return frozenset()
        paragraphs = {s.paragraph for s in own}
        items = (s for s in self.document.sentences if s.kind == "item")
        return frozenset(s.index for s in items if s.paragraph not in paragraphs)

    @cached_property
    def _town(self) -> Located | None:
        return main_city(self.settings)

    def town(self, kind: Type) -> Located | None:
        """The town that the report is about, for a happening of a type; a court sits in it only if the report is from
        there."""
        town = self._town
        return town if town is None or kind not in types.COURT or is_from(self.settings, town) else None

    def places_in(self, sentence: Sentence) -> list[Located]:
        """The places of a sentence at which something may happen."""
        return [p for p in self.settings if p.toponym.sentence is sentence]

    def streets_in(self, sentence: Sentence) -> list[Located]:
        """The streets of a sentence."""
        return [p for p in self.places if p.is_street and p.toponym.sentence is sentence]


@cache
def gate() -> Gate:
    """The gate of all triggers."""
    words = triggers()
    return Gate(words.strong, words.weak, words.company, words.phrases)


@cache
def _parser() -> Parser:
    known = acronyms()
    return Parser(lambda word: word in known or is_place_word(word), group_names())


@cache
def _other_parser(language: str) -> OtherParser:
    return OtherParser(language)


def read_report(report: Report, everything: bool = False, gated: bool = True, learned: bool = False) -> Reading:
    """Read a report; only the sentences that are worth it are parsed. With `everything`, all of it is (for `--entities
    all`).

    Without the gate (`gated` false) happenings are looked for in every sentence; the gate is measured against this.
    With `learned`, the learned reader reads it, too. Raises NotInstalled (DL-E010) where that is not installed.
    """
    document = Document.of(report.text)
    opened = opened_for(document, learned) if gated else None
    worthwhile = opened is None or bool(opened.worth) or len(document.sentences) <= SHORT
    heard = read(document.sentences) if learned and worthwhile else None
    worth = document.sentences if opened is None else _worth(document, opened, heard)
    published = report.published or publication(document, infer=bool(worth))
    sentences = list(document.sentences) if everything else _with_opening(document, worth, heard)
    _parser().parse(document, [s for s in sentences if not s.tokens])
    reading = Reading(report, document, sentences, published, heard=heard)
    if not sentences:
        return reading
    reading.times = times_of(document, document.sentences, published)
    return _filled(reading, worth, _beside(report, _parser()))


def read_in(report: Report) -> Reading:
    """Read all of a report in another language than English: the gate and the learned reader know only English.

    Raises NotInstalled (DL-E010) where its parser is missing.
    """
    language = str(report.lang)
    parser = _other_parser(language)
    document = Document.of(report.text, tongue(language).heads)
    published = report.published or publication(document, language=language)
    parser.parse(document, document.sentences)
    reading = Reading(report, document, list(document.sentences), published)
    reading.times = times_of(document, document.sentences, published, language)
    return _filled(reading, document.sentences, _beside(report, parser), tongue(language).countries)


def _filled(
    reading: Reading, worth: Sequence[Sentence], beside: list[Toponym], at_home: frozenset[str] = frozenset()
) -> Reading:
    """Fill in the cast, the places and the mentions of the parsed sentences. `worth`: the sentences in which happenings
    are looked for. `at_home`: the countries of the language; of places with one name those in these countries are
    taken."""
    document, sentences = reading.document, reading.sentences
    reading.cast = Cast.of(sentences, is_place_name, is_country, _countries(sentences))
    reading.times = labelled(_without_names(reading.times, reading.cast, sentences), sentences)
    timed = _tokens_in([t.span for t in reading.times], sentences)
    toponyms = [t for s in sentences for t in spot(s, reading.cast.taken(s) | timed.get(s.index, frozenset()))]
    toponyms, beside = _at_home(under_heads(toponyms, document.sentences), at_home), _at_home(beside, at_home)
    reading.places = resolve(toponyms, beside)
    open_indexes = {s.index for s in worth}
    reading.mentions = mentions_in(reading, [s for s in sentences if s.index in open_indexes], timed)
    return reading


def _at_home(toponyms: list[Toponym], countries: frozenset[str]) -> list[Toponym]:
    """The names, each with its places in `countries` where it has any there. A word of the language that also
    translates an English one ("Nacional") is not a name."""
    if not countries:
        return toponyms
    words = {id(t): t.sentence.tokens[t.first] for t in toponyms if t.first == t.last}
    names = [t for t in toponyms if id(t) not in words or words[id(t)].lower == words[id(t)].text.lower()]
    there = [tuple(e for e in t.entries if e.country in countries) for t in names]
    return [replace(t, entries=own) if own else t for t, own in zip(names, there, strict=True)]


def opened_for(document: Document, learned: bool) -> Opened:
    """What the gate opens; nothing where the learned reader is to read the report and its words promise nothing."""
    opened = gate().open_for(document)
    costly = learned and bool(opened.worth) and len(document.sentences) > SHORT
    return Opened([], [], []) if costly and not glance().promises(opened, document) else opened


def _told(document: Document, heard: Heard) -> list[Sentence]:
    """The sentences that, by the learned reader, may tell of a happening, even if that is unlikely."""
    told = {one.sentence for one in heard.told if one.ours >= LEAST}
    told |= {s.index for s in document.sentences if tells_as_a_whole(heard, s) >= WHOLE}
    for sentence in document.sentences if is_traced() else ():
        if sentence.index in told:
            note("coding.hearing.opened", sentence, "read")
    return [s for s in document.sentences if s.index in told]


def mentions_in(reading: Reading, sentences: list[Sentence], timed: dict[int, frozenset[int]]) -> list[Mention]:
    """The mentions in these sentences; `timed` has the indexes of the words inside times, by sentence."""
    words = _words(reading.sentences)
    learned = reading.learned
    return [
        m
        for s in sentences
        for m in happenings(s, words, learned.in_sentence(s) if learned is not None else ())
        if m.token.i not in timed.get(s.index, frozenset()) or m.token.pos == "VERB"
    ]


def _worth(document: Document, opened: Opened, heard: Heard | None) -> list[Sentence]:
    """The sentences worth reading. With the learned reader: those that it takes to tell of something. By rules alone:
    those that the gate opens, or none where the sentences that opened the report tell of nothing after all."""
    if heard is not None:
        return _told(document, heard)
    if not opened.opening:
        return opened.worth
    _parser().parse(document, opened.opening)
    words = _spelt(document)
    with untraced():  # they are read again with the rest, unless they tell of nothing
        told = any(happenings(s, words) for s in opened.opening)
    if not told and is_traced():
        for sentence in opened.opening:
            happenings(sentence, words)
    return opened.worth if told else []


def _spelt(document: Document) -> frozenset[str]:
    """The words of a document with their possible base forms, before it is parsed."""
    found = {w for s in document.sentences for w in _LETTERS.findall(s.text.lower())}
    return frozenset(found | {lemma(w, kind) for w in found for kind in ("noun", "verb")})


_LETTERS = re.compile(r"[^\W\d_]+")


def _beside(report: Report, parser: Parser | OtherParser) -> list[Toponym]:
    """The places named in the title and by the publisher; these are not in the text."""
    sentences = [s for part in (report.title, report.publisher) if part for s in Document.of(part).sentences]
    document = Document(report.text, sentences)
    parser.parse(document, sentences)
    return [t for s in sentences for t in spot(s)]


def _with_opening(document: Document, worth: list[Sentence], heard: Heard | None) -> list[Sentence]:
    """The sentences to parse: those worth reading, those that point back at them or hold what belongs to them, and
    those that tell where the report is from (its dateline and its first two sentences)."""
    if not worth:
        return []
    datelines = [s for s in document.sentences if s.kind == "dateline"]
    others = [s for s in document.sentences if s.kind != "dateline"]
    pointing = [s for s in document.sentences if points_back(s)]
    chosen = {s.index for s in (*worth, *pointing, *datelines, *others[:2])}
    if heard is not None:
        chosen |= sentences_with_roles(heard)
    return [s for s in document.sentences if s.index in chosen]


def _words(sentences: list[Sentence]) -> frozenset[str]:
    return frozenset(w for s in sentences for t in s.tokens for w in (t.lower, t.lemma))


def _without_names(times: list[Time], cast: Cast, sentences: list[Sentence]) -> list[Time]:
    """Leave out times that are part of an actor's name ("the 19 April Movement")."""
    named = {s.index: [m.span(s) for m in cast.actors.get(s.index, ())] for s in sentences}
    return [t for t in times if not any(span.overlaps(t.span) for span in named.get(t.sentence, ()))]


def _countries(sentences: list[Sentence]) -> frozenset[str]:
    """The countries that the report names, by ISO code."""
    words = {t.text for s in sentences for t in s.tokens if t.text[:1].isupper()}
    words |= {
        f"{a.text} {b.text}"
        for s in sentences
        for a, b in itertools.pairwise(s.tokens)
        if a.text in words and b.text in words
    }
    return frozenset(code for word in words if (code := country_code(word)))


def _tokens_in(spans: list[Span], sentences: list[Sentence]) -> dict[int, frozenset[int]]:
    """Sentence index -> indexes of the tokens that lie in one of the spans."""
    found: dict[int, frozenset[int]] = {}
    for sentence in sentences:
        inside = [s for s in spans if sentence.start <= s.start < sentence.end]
        if inside:
            found[sentence.index] = frozenset(
                t.i for t in sentence.tokens if any(s.start < t.end and t.start < s.end for s in inside)
            )
    return found
