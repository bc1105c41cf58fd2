"""Find the pairs of accounts that are worth comparing: those that share a block of time, place and words.

Whether two accounts are worth comparing depends on these two only. So an account that is added later finds the same
partners as if all accounts had been added at once.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.linking.facts import Fact
from dateline.linking.words import weight, weight_of

#: Days of a block, and the most blocks that an account may lie in because of its days. An account that lasts longer is
#: found by its words only.
_BLOCK_DAYS, _MOST_BLOCKS = 7, 9
#: An account is also looked for in this many days before the publication of its report: reports of one event appear
#: within days of one another.
_BEFORE = 8
#: The least weight (words.py) of the names that two reports must have in common where their two accounts share no
#: place. It takes two or three names.
_NAMES = 10.0
#: The same for two reports that are mainly of the two accounts and appeared within days of each other; and for the
#: names in the sentences of the two accounts. Each takes one name.
_NAMES_OF_MAIN, _OWN_NAMES = 5.0, 7.0
#: The same for an account with a day and one without: for a name in the sentences of one of them, and for the names of
#: the whole reports. (Of 2,600 such pairs of training/stories and of the incidents, 540 have less, and for none of
#: these does the sum of weights rise above 0.)
_ONE_NAME, _MANY_NAMES = 5.0, 40.0
#: How many of an account's rarest words make pairs of words, by which it is looked for within a year; and from how many
#: years between its first and last day on an account is not looked for in this way.
_TWO_BY_TWO, _MOST_YEARS = 8, 3
#: An account with no day, or a vague one, is also looked for within its years by one place, or by one word of at least
#: this weight.
_ALONE = 6.0
#: Two words that together weigh at least this much (words.py) are looked for in any year (two rare names, or a rare
#: name and a place); and the weight that a place counts for.
_IN_ANY_YEAR, _PLACE = 13.0, 6.0
#: From this size on a figure is rare enough to find partners by ("15 arrested").
_TELLING = 10
#: A block: its week (0 where it has none), and its name. Because of the week, blocks of recent accounts are stored side
#: by side.
Block = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks in which an account lies, and the blocks in which it looks for partners. Most often they are the same.

    Of two accounts either both look for the other, or neither does.
    """

    lies_in: frozenset[Block]
    looks_in: frozenset[Block]


def candidates(facts: Iterable[Fact]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `facts`, each once, the earlier one first."""
    facts = list(facts)
    members: dict[Block, list[int]] = defaultdict(list)
    shared: set[tuple[int, int]] = set()
    for i, fact in enumerate(facts):
        blocks = blocks_of(fact)
        shared |= {(j, i) for block in blocks.looks_in for j in members.get(block, ())}
        for block in blocks.lies_in:
            members[block].append(i)
    return (pair for pair in sorted(shared) if worth_comparing(facts[pair[0]], facts[pair[1]]))


def worth_comparing(a: Fact, b: Fact) -> bool:
    """Are two accounts that share a block worth comparing: of two reports, with a place or some names in common?

    Where one of the two has no exact day, a place or one rare name in the sentences of either is enough: a short
    retelling has little more to share. Two accounts without an exact day need more, because words that any trial has
    ("charged with murder") would join them. An account that its report tells in passing is not compared with the news
    of another report if their weeks differ.
    """
    if a.telling.key == b.telling.key:
        return False
    is_vague = _is_vague(a) != _is_vague(b)
    if not is_vague and a.is_central != b.is_central and _are_weeks_apart(a, b):
        return False
    if any(p.key == q.key for p in a.fine for q in b.fine):
        return True
    shared = weight_of(a.telling.names & b.telling.names)
    if is_vague:
        return not (a.is_central or b.is_central) or shared >= _MANY_NAMES or _have_own_name(a, b)
    if a.is_central and b.is_central:
        return shared >= (_NAMES_OF_MAIN if _are_near(a, b) else _NAMES)
    return shared >= _NAMES or weight_of(a.own_names & b.own_names) >= _OWN_NAMES


def _have_own_name(a: Fact, b: Fact) -> bool:
    """Does the report of one account hold a rare name from the other account's own sentences?"""
    own = (a.own_names & b.telling.names) | (b.own_names & a.telling.names)
    return weight_of(own) >= _ONE_NAME


def _are_weeks_apart(a: Fact, b: Fact) -> bool:
    """Do both have days, and no week in common?"""
    if a.days is None or b.days is None:
        return False
    (one, two), (three, four) = _span_of_weeks(a.days), _span_of_weeks(b.days)
    return two < three or four < one


def _are_near(a: Fact, b: Fact) -> bool:
    """Were the two reports published within _BEFORE days of each other? True where a day is unknown."""
    one, two = a.telling.published, b.telling.published
    return one is None or two is None or abs(one - two) <= _BEFORE


def blocks_of(fact: Fact) -> Blocks:
    """The blocks of an account: its weeks with a place, a large figure or a rare word; its years with two rare words.

    For an account that its report is mainly of, the words are those of the whole report. It is also looked for around
    the day of publication, so that a day or place that was read wrongly does not hide a partner. For an account that
    its report only looks back at, the words are those of its own sentences. An account without an exact day ("last
    year", or nothing) is also looked for in its years by one place or one rare word. Two very rare words are looked for
    in any year (a trial may come years after the deed). An account with neither day nor publication is looked for at
    all times.
    """
    base = f"{fact.family}/{fact.is_rollup}/{fact.is_fact}"
    words = fact.rarest if fact.is_retold and not fact.is_central else fact.telling.rarest
    told = [*(f"place/{place.key}" for place in fact.fine), *(f"word/{word}" for word in words)]
    found: set[Block] = set()
    weeks = _weeks(fact)
    for week in weeks:
        found |= {(week, f"{base}/{week}/{what}") for what in (*told, *_figures(fact))}
    published = fact.telling.published
    if published is not None and not fact.is_retold:
        for week in _around(published):
            found |= {(week, f"{base}/published/{week}/{what}") for what in told}
    years = _years(fact)
    yearly = [f"{base}/{when}" for two, is_rare in _two_by_two(fact) for when in _in(years, two, is_rare)]
    yearly += [f"{base}/{year}/{what}" for what in _alone(fact) for year in years]
    always = [f"{base}/{what}" for what in {*told, *(f"word/{word}" for word in fact.rarest)}]
    is_vague, is_timeless = _is_vague(fact) or not weeks, fact.days is None and published is None
    return Blocks(
        frozenset(found | _kept(yearly, is_vague) | _kept(always, is_timeless)),
        frozenset(found | _sought(yearly, is_vague) | _sought(always, is_timeless)),
    )


def _is_vague(fact: Fact) -> bool:
    """Has the account no day, or a range of days longer than a week?"""
    return fact.days is None or fact.days[1] - fact.days[0] > _BLOCK_DAYS


def _kept(names: Iterable[str], is_vague: bool) -> set[Block]:
    """The blocks of these names, with one half for accounts with vague days and one for the others."""
    return {(0, f"{'vague' if is_vague else 'sharp'}/{name}") for name in names}


def _sought(names: Iterable[str], is_vague: bool) -> set[Block]:
    """The blocks to look in. An account with vague days looks in both halves, any other only among the vague: accounts
    with exact days find one another by week, which is faster."""
    return {block for name in names for block in _kept([name], True) | (_kept([name], False) if is_vague else set())}


def _two_by_two(fact: Fact) -> Iterator[tuple[str, bool]]:
    """Each pair of the account's rarest words and places, and whether the pair is so rare that the year does not
    matter.

    For an account that its report is mainly of, the report's rarest words are used, too.
    """
    words = {*fact.rarest[:_TWO_BY_TWO], *(fact.telling.rarest[:_TWO_BY_TWO] if fact.is_central else ())}
    weights = {word: weight(word) for word in words} | {f"place/{place.key}": _PLACE for place in fact.fine}
    for one, two in itertools.combinations(sorted(weights), 2):
        yield f"{one}/{two}", weights[one] + weights[two] >= _IN_ANY_YEAR


def _alone(fact: Fact) -> Iterator[str]:
    """The account's places, and the rare names of its report: each of them finds partners alone."""
    yield from (f"place/{place.key}" for place in fact.fine)
    yield from sorted(word for word in {*fact.rarest, *fact.telling.rarest} if weight(word) >= _ALONE)


def _in(years: Iterable[int], two: str, is_rare: bool) -> Iterable[str]:
    """The names of the blocks of a pair of words: one for all years where the pair is rare, else one for each year."""
    return (two,) if is_rare else (f"{year}/{two}" for year in years)


def _years(fact: Fact) -> Iterable[int]:
    """The years in which it may have happened. Without a day: the year of its report and the year before."""
    if fact.days is None:
        last = None if fact.telling.published is None else _year(fact.telling.published)
        return () if last is None else (last - 1, last)
    first, last = map(_year, fact.days)
    return range(first, last + 1) if last - first < _MOST_YEARS else ()


def _year(day: int) -> int:
    return dt.date.fromordinal(day).year


def _figures(fact: Fact) -> Iterator[str]:
    for what, figures in fact.figures.items():
        for figure in figures:
            if figure >= _TELLING:
                for country in fact.countries or ("",):
                    yield f"{what}/{figure}/{country}"


def _weeks(fact: Fact) -> Sequence[int]:
    """The blocks of days that it may lie in, with a day added on both sides; none where they are too many or unknown.

    An account without a day of its own is looked for in the days before its report.
    """
    if fact.days is None:
        return () if fact.telling.published is None else _around(fact.telling.published)
    first, last = _span_of_weeks(fact.days)
    return range(first, last + 1) if last - first < _MOST_BLOCKS else ()


def _span_of_weeks(days: tuple[int, int]) -> tuple[int, int]:
    """The first and the last block of some days, with a day added on both sides."""
    return (days[0] - 1) // _BLOCK_DAYS, (days[1] + 1) // _BLOCK_DAYS


def _around(published: int) -> range:
    return range((published - _BEFORE) // _BLOCK_DAYS, published // _BLOCK_DAYS + 1)
