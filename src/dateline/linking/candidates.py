"""Which pairs of accounts are worth comparing: those that share a block of time, place and words, not all with all.

Whether two are worth comparing hangs on the two alone: so an account that comes later finds the same partners as if all
had come at once.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.linking.facts import Fact
from dateline.linking.words import rarest

#: Days of a block, and how many blocks an account may lie in by its days; what lasts longer is looked for by its words.
_BLOCK_DAYS, _MOST_BLOCKS = 7, 9
#: Reports are also put side by side by publication: so many days before, for news of one event comes in days.
_BEFORE = 8
#: So many rare words must two reports have in common whose accounts share no place.
_NAMES = 3
#: ... and the sentences of accounts of which one looks back.
_OWN_NAMES = 2
#: A figure from this size on is telling: "15 arrested".
_TELLING = 10
#: A block: its week (0 where it has none), and its name. The week keeps what is new together where blocks are stored.
Block = tuple[int, str]


def candidates(facts: Iterable[Fact]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `facts`, each once, the earlier one first."""
    facts = list(facts)
    blocks: dict[Block, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        for key in block_keys(fact):
            blocks[key].append(i)
    shared = {pair for members in blocks.values() for pair in itertools.combinations(members, 2)}
    return (pair for pair in sorted(shared) if worth_comparing(facts[pair[0]], facts[pair[1]]))


def worth_comparing(a: Fact, b: Fact) -> bool:
    """Of two that share a block: are they of two reports, with a place or some names in common?"""
    if a.telling.key == b.telling.key:
        return False
    if any(p.key == q.key for p in a.fine for q in b.fine):
        return True
    if a.is_retold or b.is_retold:
        return len(a.words.keys() & b.words.keys() & a.telling.names) >= _OWN_NAMES
    return len(a.telling.names & b.telling.names) >= _NAMES


def block_keys(fact: Fact) -> list[Block]:
    """The blocks that an account lies in: its days with a place, a large figure or a word of its report.

    A report's words are looked for by the days of its publication too: a day or a place that was read wrongly parts
    nobody. Of an event that a report looks back at only the account's own words tell.
    """
    base = f"{fact.family}/{fact.is_rollup}/{fact.is_fact}"
    words = rarest(fact.words) if fact.is_retold else fact.telling.rarest
    found: set[Block] = set()
    for block in _blocks(fact):
        week = 0 if block is None else block
        found |= {(week, f"{base}/{block}/place/{place.key}") for place in fact.fine}
        found |= {(week, f"{base}/{block}/word/{word}") for word in words}
        found |= {(week, f"{base}/{block}/{figure}") for figure in _figures(fact)}
    published = fact.telling.published
    if published is not None and not fact.is_retold:
        for block in range((published - _BEFORE) // _BLOCK_DAYS, published // _BLOCK_DAYS + 1):
            found |= {(block, f"{base}/published/{block}/{word}") for word in words}
    return sorted(found)


def _figures(fact: Fact) -> Iterator[str]:
    for what, figures in fact.figures.items():
        for figure in figures:
            if figure >= _TELLING:
                for country in fact.countries or ("",):
                    yield f"{what}/{figure}/{country}"


def _blocks(fact: Fact) -> Iterable[int | None]:
    """The blocks of days that it may lie in, a day of grace on both sides; None where they are too many or unknown.

    What has no day of its own is looked for in the days before its report, too.
    """
    if fact.days is None and fact.telling.published is not None:
        end = fact.telling.published
        return [None, *range((end - _BEFORE) // _BLOCK_DAYS, end // _BLOCK_DAYS + 1)]
    if fact.days is None:
        return [None]
    blocks = range((fact.days[0] - 1) // _BLOCK_DAYS, (fact.days[1] + 1) // _BLOCK_DAYS + 1)
    return blocks if len(blocks) <= _MOST_BLOCKS else [None]
