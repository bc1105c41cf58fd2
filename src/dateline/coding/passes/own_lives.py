"""Count killers who then kill themselves: one more death, of the side that killed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import Count, Span, types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL

#: Phrases for suicide: "before killing himself", "and then himself", "turned the gun on herself", "took his own life".
_OWN_LIFE = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|then) (himself|herself)\b"
    r"|\bturn(?:s|ed|ing)? (?:the|a|his|her) (?:\w+ )?(?:gun|weapon|rifle|pistol|handgun|shotgun|knife|revolver)"
    r" on (himself|herself)\b"
    r"|\b(?:take|takes|took|taking|taken) ((?:his|her) own life)\b",
    re.I,
)
#: Words beside a figure that may then be of all who died, the killer included.
_ALL_DEAD = english("dateline.coding", "all_dead")


@step("coding.own-lives", reads="type status scope sentences counts", writes="counts")
def count_own_lives(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Add the killers to the killed of an account in which they kill others and then themselves.

    Nothing is added where a figure may include the killer already ("three people are dead"). Suicide bombers are left
    to the method of the account.
    """
    for draft in accounts:
        if draft.type not in types.OWN_LIFE or draft.scope != "event" or draft.status not in FACTUAL:
            continue
        killed = [c for c in draft.counts if c.what == "killed"]
        found = next(_own_lives(draft.sentences), None) if killed else None
        if found is None:
            continue
        sentence, span = found
        if any(c.party == "nonstate" or _may_be_all(c, draft) for c in killed):
            note("coding.own-lives.counted-already", span, "no one more")
            continue
        draft.add_count(Count("killed", "nonstate", 1, 1, 1, sentence.quote(span), span))
        note("coding.own-lives.one-more", span, "one more killed, of those who did it")
    return accounts


def _own_lives(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Span]]:
    for sentence in sentences:
        match = _OWN_LIFE.search(sentence.text)
        if match is not None:
            group = next(n for n in (1, 2, 3) if match.group(n) is not None)
            yield sentence, Span(sentence.start + match.start(group), sentence.start + match.end(group))


def _may_be_all(count: Count, draft: Draft) -> bool:
    told = next((s for s in draft.sentences if s.span.covers(count.span)), None)
    words = {t.lower for t in told.tokens} if told is not None else set()
    return (count.best or count.low or 0) > 1 and bool(words & _ALL_DEAD)
