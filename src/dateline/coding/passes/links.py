"""Links between the accounts of a report: plots and what foiled them, roll-ups and their members, what came after
what."""

from __future__ import annotations

import itertools

from dateline.coding.draft import Draft
from dateline.coding.learned import Learned
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import When, types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL


@step("coding.links", reads="type status scope mentions sentences when actors links", writes="links status")
def link_accounts(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Link accounts (part of, follows, response to, foiled by). A plot that somebody stopped gets the status foiled."""
    for plot in (a for a in accounts if a.type == "plot"):
        _foil(plot, accounts)
    for rollup in (a for a in accounts if a.scope == "rollup" and a.when is not None):
        for draft in accounts:
            if _is_member(draft, rollup):
                _link(draft, "part_of", rollup)
    for draft in accounts:
        earlier = _what_came_before(draft, accounts)
        if earlier is not None:
            _link(draft, "follows", earlier)
    if reading.learned is not None:
        _as_heard(reading.learned, accounts)
    return accounts


#: The least likelihood of a link that the learned reader draws.
HEARD = 0.3


def _as_heard(learned: Learned, accounts: list[Draft]) -> None:
    """Draw the links that the learned reader is sure of."""
    for draft, other in itertools.permutations(accounts, 2):
        kind, likely = learned.link(draft, other)
        if kind is not None and likely >= HEARD and (kind, other) not in draft.links:
            draft.links.append((kind, other))
            note("coding.links.heard", draft.trigger, f"{kind} {other.called} ({likely:.2f})")


#: Kind of link -> name of the rule that draws it.
_RULES = {
    "foiled_by": "coding.links.foiled-by",
    "part_of": "coding.links.part-of",
    "follows": "coding.links.follows",
}


def _link(draft: Draft, kind: str, other: Draft) -> None:
    """Draw a link from a draft to another."""
    draft.links.append((kind, other))
    note(_RULES[kind], draft.trigger, other.called)


def _foil(plot: Draft, accounts: list[Draft]) -> None:
    """Link a plot to the arrest, raid or operation told in its sentences."""
    own = set(map(id, plot.sentences))
    stoppers = (a for a in accounts if a.type in types.STOPS_PLOTS and a.status in FACTUAL)
    stopper = next((a for a in stoppers if own & set(map(id, a.sentences))), None)
    if stopper is None:
        return
    _link(plot, "foiled_by", stopper)
    if plot.status == "planned":
        plot.status = "foiled"


def _is_member(draft: Draft, rollup: Draft) -> bool:
    """Is the draft one happening of a roll-up: of its type, in its time and of its side?"""
    if draft.scope != "event" or draft.type != rollup.type or draft.when is None:
        return False
    return _inside(draft.when, rollup.when) and _same_side(draft, rollup)


def _inside(inner: When, outer: When | None) -> bool:
    return outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _same_side(a: Draft, b: Draft) -> bool:
    """Do two drafts share a known actor, or does one of them name none?"""
    one, two = ({x.id for x in d.actors if x.id} for d in (a, b))
    return not one or not two or bool(one & two)


def _what_came_before(draft: Draft, accounts: list[Draft]) -> Draft | None:
    """The account that the words put before this one ("after", "following")."""
    mark = _order_mark(draft)
    if mark is None:
        return None
    told = (a for a in accounts if a is not draft)
    return next((a for a in told if mark in {m.token.i for m in a.mentions if m.sentence is draft.sentences[0]}), None)


def _order_mark(draft: Draft) -> int | None:
    """The index of the trigger after "after" or "following", where this draft's clause is what came later."""
    sentence = draft.sentences[0]
    clause = draft.first.clause
    for token in sentence.tokens:
        if token.lower in ("after", "following") and token.head == clause.i:
            for child in sentence.children(token, "pobj", "pcomp"):
                return child.i
    for child in sentence.children(clause, "advcl"):
        if any(m.lower == "after" for m in sentence.children(child, "mark")):
            return child.i
    return None
