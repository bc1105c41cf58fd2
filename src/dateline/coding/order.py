"""The passes that make the accounts of a report, in their order. Each declares which fields of a draft it reads and
writes."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.accepting import accept
from dateline.coding.passes.belonging import take_own
from dateline.coding.passes.causes import join_causes
from dateline.coding.passes.citing import cite_sources
from dateline.coding.passes.clauses import join_clauses
from dateline.coding.passes.containing import add_containing
from dateline.coding.passes.counting import count_days
from dateline.coding.passes.descriptions import join_descriptions
from dateline.coding.passes.drafting import draft_mentions
from dateline.coding.passes.empty import drop_empty
from dateline.coding.passes.groups import fill_groups
from dateline.coding.passes.hearing import hear, hear_each
from dateline.coding.passes.links import link_accounts
from dateline.coding.passes.own_lives import count_own_lives
from dateline.coding.passes.places import fill_places
from dateline.coding.passes.pointers import drop_pointers
from dateline.coding.passes.pointing_back import add_what_points_back
from dateline.coding.passes.scope import mark_sums
from dateline.coding.passes.settling import settle_places
from dateline.coding.passes.shot import count_the_shot
from dateline.coding.passes.spoils import join_spoils
from dateline.coding.passes.times import fill_times
from dateline.coding.passes.twice import join_tellings
from dateline.coding.reading import Reading
from dateline.coding.tracing import traced
from dateline.model.trace import is_traced

PASSES = (
    draft_mentions,  # a draft for each mention
    hear_each,
    join_causes,  # deaths join what caused them
    join_clauses,  # "arrested in an operation" is one
    drop_empty,
    mark_sums,  # before tellings join: events and roll-ups never do
    join_tellings,
    hear,
    join_spoils,  # sorts the drafts by the text; all passes below need that
    drop_pointers,  # after tellings have joined: what pointed at a happening is a part of it by now
    count_own_lives,
    count_the_shot,
    add_what_points_back,
    join_descriptions,
    fill_times,
    fill_groups,
    take_own,
    fill_places,  # after the learned reader has said which places belong to which draft
    count_days,  # after the learned reader has said which times belong to which draft
    cite_sources,
    settle_places,
    add_containing,  # after all passes that compare places
    accept,
    link_accounts,  # last: sums have their members by time and side
)


def assemble(reading: Reading) -> list[Draft]:
    """The accounts of a report as drafts, in the order of the text."""
    drafts: list[Draft] = []
    for one in PASSES:
        drafts = traced(one, reading, drafts) if is_traced() else one(reading, drafts)
    return drafts
