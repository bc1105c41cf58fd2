"""Figures of a happening (how many people), by the words that the learned reader takes for its figures."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.belonging import weighing
from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.belonging.weighing import Candidate, Crowd, Signs, candidate
from dateline.coding.draft import Draft
from dateline.coding.learned import log_odds
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.model import Count, types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import Party
from dateline.what import are_downed

#: Least likelihoods at which a figure that no rule gave is considered: any figure; one person, told by an article or a
#: name.
LEAST, ONE = 0.1, 0.4
#: The least likelihood at which the reader's word on what a figure counts is used.
TOLD = 0.3
#: Verbs whose "at" says at whom it was aimed, and not who was hit.
_SHOOTING = english("dateline.coding", "shooting_at")
_NOT_PEOPLE = frozenset(("operations", "raids", "incidents", "sites", "items"))


def own_figures(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the figures that are likely its own, and drop those that are not."""

    def signs(one: Candidate[Count], crowd: Crowd[Count]) -> Signs:
        return figure_signs(roles, one, crowd.found)

    own = weighing.taken("figure", draft, _candidates(reading, draft, roles), signs)
    kept = [c for c in draft.counts if any(one.value is c for one in own)]
    if len(kept) < len(draft.counts):
        note("coding.belonging.figures-given-up", draft.trigger, f"{len(draft.counts) - len(kept)} given up")
    draft.counts = kept
    for one in own:
        if not one.by_rules:
            note("coding.belonging.figure", one.span, f"{one.value.what} of {draft.called}")
            draft.add_count(one.value)


def _candidates(reading: Reading, draft: Draft, roles: Roles) -> list[Candidate[Count]]:
    """The candidates: figures that the rules gave the draft, and figures that the learned reader considers."""
    found = [candidate(roles, c, ("count",), (), by_rules=True) for c in draft.counts]
    for run in roles.runs("count", LEAST):
        if any(c.span.overlaps(run.span) for c in (*draft.counts, *draft.parts)):
            continue
        # A figure is of one happening: of the one that it likeliest belongs to.
        own = [c for c in _counts(reading, draft, roles, run) if roles.is_own("count", c.span, 1.0)]
        found += [candidate(roles, count, ("count",), (), by_rules=False) for count in own]
    return found


def figure_signs(roles: Roles, one: Candidate[Count], found: Sequence[Candidate[Count]]) -> Signs:
    """The signs of a figure, in addition to those of any value (weighing.signs)."""
    count = one.value
    alike = [c for c in found if c is not one and c.value.what == count.what]
    what = dict(roles.read.whats(count.span)).get(count.what, 0.0)
    return {
        "one_person": count.best == 1,
        "what": log_odds(what),
        "what_rules": log_odds(what) * one.by_rules,
        "alike": bool(alike),
        "alike_rules": any(c.by_rules for c in alike),
        "alike_likelier": any(c.heard > one.heard for c in alike),
        "again": any(c.value.best == count.best for c in alike),
        "not_people": count.what in _NOT_PEOPLE,
        "harmed": count.what in ("killed", "wounded"),
        "arrested": count.what == "arrested",
    }


def _counts(reading: Reading, draft: Draft, roles: Roles, run: Run) -> list[Count]:
    """The figures in the words of a run, each with what it counts. Where there is none, the one person that a name or
    an article tells of."""
    stands = head_of(reading, run)
    if stands is None:
        return []
    sentence, head = stands
    if head.dep in ("nsubjpass", "dobj") and are_downed(sentence, sentence.head(head)):
        return []  # drones, and no people
    at = sentence.head(head)
    if head.dep == "pobj" and at.lower == "at" and sentence.head(at).lemma in _SHOOTING:
        return []  # "shot at a man": nobody says that he was hit
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
    """A figure with what it counts, by the learned reader; None where the type of the draft does not count that."""
    what, likely = next(iter(roles.read.whats(number.span)), (None, 0.0))
    if what is None or likely < TOLD or what not in types.of(draft.type).counts:
        return None
    parties = roles.read.parties(number.span)
    party: Party | None = None if what in _NOT_PEOPLE or not parties else parties[0][0]
    return Count(what, party, number.low, number.best, number.high, number.text, number.span)
