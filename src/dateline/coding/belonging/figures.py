"""How many they were, by what the learned reader takes for figures of a happening."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.model import Count, types
from dateline.model.trace import note
from dateline.model.vocabulary import Party
from dateline.what import are_downed

#: A figure is taken from so likely on; one of the rules is given up below so likely; an article or a name counts one
#: person from so likely on.
TAKEN, GIVEN_UP, ONE = 0.55, 0.03, 0.8
#: What a figure counts is told from so likely on.
TOLD = 0.4
_NOT_PEOPLE = frozenset(("operations", "raids", "incidents", "sites", "items"))


def own_figures(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the figures that are likely its own, and give up those that are not."""
    kept = [c for c in draft.counts if not _is_given_up(roles, c)]
    if len(kept) < len(draft.counts):
        note("coding.belonging.figures-given-up", draft.trigger, f"{len(draft.counts) - len(kept)} given up")
    draft.counts = kept
    for run in roles.runs("count", TAKEN):
        if any(c.span.overlaps(run.span) for c in (*draft.counts, *draft.parts)):
            continue
        for count in _counts(reading, draft, roles, run):
            if not roles.is_own("count", count.span, 1.0):
                continue  # a figure is of one happening
            note("coding.belonging.figure", count.span, f"{count.what} of {draft.called}")
            draft.add_count(count)


def _is_given_up(roles: Roles, count: Count) -> bool:
    likely = roles.likely("count", count.span)
    return likely is not None and likely < GIVEN_UP


def _counts(reading: Reading, draft: Draft, roles: Roles, run: Run) -> list[Count]:
    """The figures that stand in these words, each with what it counts; without any, the one that a name or an article
    counts."""
    stands = head_of(reading, run)
    if stands is None:
        return []
    sentence, head = stands
    if head.dep in ("nsubjpass", "dobj") and are_downed(sentence, sentence.head(head)):
        return []  # drones, and no people
    found: list[Figure] = []
    for token in sentence.tokens:
        if not run.span.overlaps(token.span) or token.pos not in ("NOUN", "PROPN", "NUM", "PRON"):
            continue
        number = figure(sentence, token, singular=False)
        if number is not None and not any(number.span.overlaps(f.span) for f in found):
            found.append(number)
    one = figure(sentence, head, singular=True) if not found and run.likely >= ONE else None
    found = found if one is None else [one]
    return [c for number in found if (c := _counted(draft, roles, number)) is not None]


def _counted(draft: Draft, roles: Roles, number: Figure) -> Count | None:
    """A figure with what it counts, by the reader, among what the type of the draft counts."""
    what, likely = next(iter(roles.read.whats(number.span)), (None, 0.0))
    if what is None or likely < TOLD or what not in types.of(draft.type).counts:
        return None
    parties = roles.read.parties(number.span)
    party: Party | None = None if what in _NOT_PEOPLE or not parties else parties[0][0]
    return Count(what, party, number.low, number.best, number.high, number.text, number.span)
