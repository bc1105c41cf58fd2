"""Which pairs of accounts are worth comparing: those that share a block of time, place and words, not all with all.

Whether two are worth comparing hangs on the two alone: so an account that comes later finds the same partners as if all
had come at once.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.linking.facts import Fact, place_key

#: Days of a block, and how many blocks an account may lie in by its days; what lasts longer is looked for by its words.
_BLOCK_DAYS, _MOST_BLOCKS = 7, 9
#: Reports are also put side by side by publication: so many days before, for news of one event comes in days.
_BEFORE = 8
#: A figure from this size on is telling: "15 arrested".
_TELLING = 10


def candidates(facts: Iterable[Fact]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `facts`, each once, the earlier one first."""
    facts = list(facts)
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        for key in block_keys(fact):
            blocks[key].append(i)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for pair in itertools.combinations(members, 2):
            if pair not in seen and facts[pair[0]].telling.key != facts[pair[1]].telling.key:
                seen.add(pair)
                yield pair


def block_keys(fact: Fact) -> list[str]:
    """The blocks that an account lies in, by name; accounts that share one are worth comparing."""
    return sorted({"/".join(map(str, key)) for key in _keys(fact)})


def _keys(fact: Fact) -> Iterator[tuple[object, ...]]:
    """Days with a place of the account or a telling word of its report: a place that was read wrongly parts nobody."""
    base = (fact.family, fact.is_rollup, fact.is_fact)
    words = fact.telling.rarest
    for block in _blocks(fact):
        for place in fact.fine:
            yield (*base, block, "place", place_key(place))
        for word in words:
            yield (*base, block, "word", word)
        for what, figures in sorted(fact.figures.items()):
            for figure in sorted(n for n in figures if n >= _TELLING):
                yield (*base, block, what, figure)
    published = fact.telling.published
    if published is not None:
        for block in range((published - _BEFORE) // _BLOCK_DAYS, published // _BLOCK_DAYS + 1):
            for word in words:
                yield (*base, "published", block, word)


def _blocks(fact: Fact) -> Iterable[int | None]:
    """The blocks of days that it may lie in, a day of grace on both sides; None where they are too many or unknown."""
    if fact.days is None:
        return [None]
    blocks = range((fact.days[0] - 1) // _BLOCK_DAYS, (fact.days[1] + 1) // _BLOCK_DAYS + 1)
    return blocks if len(blocks) <= _MOST_BLOCKS else [None]
