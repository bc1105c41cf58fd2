"""Finds the runs of names that may be places: candidates with their possible entries and what the words around them
say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dateline.language import Sentence, Token
from dateline.language.dictionary import is_common, is_word
from dateline.language.names import Run, is_namelike, runs
from dateline.language.roles import words
from dateline.model import Span
from dateline.where.around import (
    AT,
    BESIDE,
    IN,
    LONGEST,
    SETTLED,
    feature_after,
    feature_before,
    feature_words,
    is_attributive,
    is_court_district,
    listed_words,
    long_feature,
    word_at,
)
from dateline.where.enclosing import said_to_lie_in
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, country, demonyms, is_country, lookup
from dateline.where.refusing import (
    LARGE_TOWN,
    does_as_people_do,
    is_no_place,
    is_part_of_name,
    is_served,
    is_small,
    is_title,
)
from dateline.where.streets import street_of
from dateline.where.toponym import Toponym
from dateline.where.unlisted import is_where_alone, unlisted_place


def spot(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Toponym]:
    """The candidates of a parsed sentence, in order. `taken` are tokens (by index) already known to be something
    else."""
    named = runs(sentence)
    taken = taken.difference(i for run in named if _is_by_a_place(run) for i in range(run.first, run.last + 1))
    found = [t for one, two in pairwise(named) if (t := _of_two(one, two, taken)) is not None]
    taken |= {i for t in found for i in range(t.first, t.last + 1)}
    for run in named:
        street = street_of(run)
        if street is not None:
            found.append(street)
            taken |= set(range(street.first, street.last + 1))
        found.extend(_in_run(run, taken))
    found.extend(_lone_demonyms(sentence, found))
    return _with_lists(sentence, sorted(found, key=lambda t: t.span))


def _with_lists(sentence: Sentence, found: list[Toponym]) -> list[Toponym]:
    """The candidates, with those marked that stand in a list. A plural after the last name of a list tells the kind of
    all of them ("Sumy, Poltava and Odesa oblasts")."""
    chains: list[list[Toponym]] = []
    for toponym in found:
        joint = _joint(sentence, chains[-1][-1], toponym) if chains else None
        if joint is None:
            chains.append([toponym])
        else:
            chains[-1].append(toponym)
    listed = []
    for chain in chains:
        ends = any(_joint(sentence, one, two) == "and" for one, two in pairwise(chain))
        kind = chain[-1].feature if ends and _is_plural_feature(sentence, chain[-1]) else None
        for toponym in chain:
            feature = toponym.feature or (kind if toponym.use != "demonym" else None)
            listed.append(replace(toponym, listed=ends and len(chain) > 1, feature=feature))
    return listed


def _joint(sentence: Sentence, one: Toponym, two: Toponym) -> str | None:
    """What joins two neighbours to a list: "and" or ","; None where other words stand between them."""
    between = [t.lower for t in sentence.tokens[one.last + 1 : two.first]]
    if between in (["and"], ["or"], [",", "and"], [",", "or"], ["&"]):
        return "and"
    return "," if between == [","] else None


def _is_plural_feature(sentence: Sentence, toponym: Toponym) -> bool:
    word = word_at(sentence.tokens, toponym.last + 1)
    return word in feature_words() and word.endswith("s")


def _is_by_a_place(run: Run) -> bool:
    """Does a run of words that look like a person's name stand where a place does ("Near Sultan Karim,", "outside Ali
    Mirza on Monday")? Not where somebody's house or an office follows."""
    tokens = run.sentence.tokens
    after = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    ends = after is None or (after.pos in ("PUNCT", "ADP", "CCONJ") and after.text not in ("-", "’", "'"))
    no_title = not any(t.lower in words("titles") or t.lower in words("organisation_words") for t in run.tokens[1:])
    mixed = all(not t.text.isupper() for t in run.tokens) and run.sentence.case == "mixed"
    return word_at(tokens, run.first - 1) in BESIDE and ends and no_title and mixed


def _of_two(one: Run, two: Run, taken: frozenset[int]) -> Toponym | None:
    """The one place that two runs of names joined by "of" name together ("Gulf of the Farallones"); else None."""
    between = one.sentence.tokens[one.last + 1 : two.first]
    if [t.lower for t in between if t.lower != "the"] != ["of"]:
        return None
    whole = Run(one.sentence, one.first, two.last)
    for first in range(one.first, one.last + 1):
        for end in range(two.last, two.first - 1, -1):
            entries = () if taken.intersection(range(first, end + 1)) else lookup(whole.sub(first, end).text)
            if entries:
                return _named(whole, first, end, entries, two.last)
    return None


def _in_run(run: Run, taken: frozenset[int]) -> Iterator[Toponym]:
    first, last = run.first, run.last
    tokens = run.sentence.tokens
    while first <= last:
        if first in taken or not any(c.isalpha() for c in tokens[first].text):
            first += 1
            continue
        match = _longest(run, first, last, taken)
        if match is None or _is_cut_short(run, match):
            match = unlisted_place(run, first, last, taken) or match
        if match is None:
            if not _skippable(tokens[first]):
                return
            first += 1
            continue
        yield match
        first = match.last + 1


def _is_cut_short(run: Run, match: Toponym) -> bool:
    """Is the match only a part of a longer name that the words call a place ("the town of Adan Yabal" is not Adan)?"""
    rest = run.sentence.tokens[match.last + 1 : run.last + 1]
    led = match.first == run.first and word_at(run.sentence.tokens, run.first - 1) == "of"
    said = led and feature_before(run.sentence.tokens, run.first) in SETTLED
    return said and bool(rest) and all(is_namelike(t) and not is_word(t.lower) for t in rest)


def _skippable(token: Token) -> bool:
    """Is it a word that may stand before a place in a run (a direction, a feature word, a title), and not a first
    name?"""
    return (
        token.lower in listed_words("directions")
        or token.lower in feature_words()
        or token.lower.endswith(".")
        or is_common(token.lower)
    )


def _longest(run: Run, first: int, last: int, taken: frozenset[int]) -> Toponym | None:
    """The longest name from `first` on that the gazetteer has and that the words after it do not rule out."""
    tokens = run.sentence.tokens
    for end in range(min(last, first + LONGEST - 1), first - 1, -1):
        if end in taken or tokens[end].lower in ("of", "de", "la", "-", "y", "&"):
            continue
        span = Span(tokens[first].start, tokens[end].end)
        text = run.sentence.text[span.start - run.sentence.start : span.end - run.sentence.start]
        name = " ".join(text.split())
        code = demonyms().get(fold(name))
        if code is not None:
            return _demonym(run, first, end, code)
        # Some names are places only with an article ("the Gulf", not "Gulf").
        articled = lookup(f"the {name}") if first == end and word_at(tokens, first - 1) == "the" else ()
        entries = articled or lookup(name)
        if not entries and tokens[end].lower in feature_words() and end > first:
            continue
        if first == end and not articled and is_no_place(run, tokens[first], entries):
            continue
        if entries:
            return _named(run, first, end, entries, last)
    return None


def _demonym(run: Run, first: int, end: int, code: str) -> Toponym | None:
    entry = country(code)
    if entry is None:
        return None
    span = Span(run.sentence.tokens[first].start, run.sentence.tokens[end].end)
    return Toponym(run.sentence, span, run.sentence.quote(span), first, end, (entry,), "demonym")


def _named(run: Run, first: int, end: int, entries: tuple[Entry, ...], last: int) -> Toponym | None:
    sentence = run.sentence
    tokens = sentence.tokens
    before, after = word_at(tokens, first - 1), word_at(tokens, end + 1)
    if after.rstrip(".") in listed_words("streets") and tokens[end + 1].text[:1].isupper():
        return None
    if is_part_of_name(tokens, end, last) or is_court_district(tokens, first, end) or is_title(tokens, first, end):
        return None
    feature = feature_after(tokens, end) or feature_before(tokens, first)
    strong = entries[0].kind in ("country", "region") or entries[0].population >= LARGE_TOWN or feature is not None
    strong |= end > first and tokens[end].lower in feature_words()
    called = tokens[end + 1].lower in feature_words() or long_feature(tokens, end + 1)[0] if end < last else True
    alone = bool(called) or is_served(tokens, first, end)
    if not alone and not strong:
        return None
    if first > run.first and not alone and is_small(entries) and not _skippable(tokens[first - 1]):
        return None
    if first > run.first and not strong and not _skippable(tokens[first - 1]) and tokens[first - 1].text not in "'’":
        return None
    single = first == end
    word = single and is_word(tokens[first].lower) and not strong
    if word and not is_where_alone(tokens, first, end) and (before not in IN or is_common(tokens[first].lower)):
        return None
    if single and not strong and does_as_people_do(sentence, tokens[first]):
        return None
    span = Span(tokens[first].start, tokens[end].end)
    located = before in (AT if after in ("'s", "’s") else IN) or (
        before in listed_words("directions") and word_at(tokens, first - 2) in (*IN, "the")
    )
    use = "name" if alone and not is_attributive(tokens, end, feature) else "attribute"
    return Toponym(
        sentence, span, sentence.quote(span), first, end, entries, use, feature,
        said_to_lie_in(tokens, first, end), located, before in listed_words("directions"), is_word=word,
    )  # fmt: skip


def _lone_demonyms(sentence: Sentence, found: list[Toponym]) -> Iterator[Toponym]:
    """Peoples and countries outside runs of names: at the start of a sentence, or within a word ("anti-Turkish",
    "Iran-backed")."""
    known = {i for t in found for i in range(t.first, t.last + 1)}
    for token in sentence.tokens:
        if token.i in known:
            continue
        at = token.start
        for part in token.text.split("-"):
            code = demonyms().get(fold(part)) if part[:1].isupper() else None
            entry = country(code) if code else _joined_country(token, part)
            if entry is not None:
                span = Span(at, at + len(part))
                yield Toponym(sentence, span, sentence.quote(span), token.i, token.i, (entry,), "demonym")
            at += len(part) + 1


def _joined_country(token: Token, part: str) -> Entry | None:
    """The country that is joined to a word by a hyphen ("U.S." in "U.S.-led"); else None."""
    if part == token.text or not part[:1].isupper() or not is_country(part):
        return None
    return next(e for e in lookup(part) if e.kind == "country")
