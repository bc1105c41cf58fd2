"""Places of a happening, by the words that the learned reader takes for its places."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import get_args

from dateline.coding.belonging import weighing
from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.belonging.weighing import NONE, Candidate, Crowd, Signs, candidate
from dateline.coding.draft import Draft
from dateline.coding.drafting.places import MOTION, POINTS, asks, is_measured_from, is_where_somebody_spoke, receives
from dateline.coding.learned import log_odds
from dateline.coding.reading import Reading
from dateline.howmany import figure
from dateline.language import Sentence, Token
from dateline.language.roles import kind_of
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import PlacePrecision
from dateline.reader.layout import ROLES
from dateline.where import Located, Toponym, contains, in_order, is_section_head

#: The least likelihood at which a place that no rule gave, and that another sentence names, is considered.
LEAST = 0.1
#: The most places of the rules, and the most others, that are weighed for a happening. More would take too long.
_MOST = 40
#: A place that no rule gave must be at least this share as likely here as for any other happening of the report.
#: Otherwise the arrests of the lead would be put in the town of an earlier arrest.
SHARE = 0.6
#: From this likelihood on, by the reader, a place that is taken counts as told of the happening itself.
OWN = 0.25
#: From this likelihood of a place of its own on, a happening is not put into the report's own town.
SURE = 0.75
#: The least likelihood of a site without a name ("a school bathroom").
SITE = 0.2
#: Words between two places of one list: those that join, directions and kinds of places.
_LISTING = english("dateline.coding", "listing_places")


def own_places(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the places that are likely its own. Of the rules' places those are dropped that are unlikely, unless
    the happening's own words name them."""
    found = _candidates(reading, draft, roles)

    def signs(one: Candidate[Located], crowd: Crowd[Located]) -> Signs:
        return place_signs(reading, roles, one, crowd)

    taken = weighing.taken("place", draft, found, signs)
    if draft.own_place:  # the words of the happening name it
        taken = [c for c in found if c.by_rules or c in taken]
    # More places of the rules than are weighed stay as they are.
    own = [*(c.value for c in taken), *[*draft.places, *draft.streets][_MOST:]]
    home = _home(reading, draft, taken)
    named = _once([*([home] if home else []), *(p for p in own if not p.is_street)])
    if [p.span for p in named] != [p.span for p in draft.places]:
        note("coding.belonging.places", draft.trigger, ", ".join(p.toponym.text for p in named) or "nowhere")
    draft.own_place = draft.own_place or any(c.heard >= OWN for c in taken)
    draft.places, draft.streets = named, []
    for place in own:
        if place.is_street:
            draft.add_street(place)


def _home(reading: Reading, draft: Draft, taken: Sequence[Candidate[Located]]) -> Located | None:
    """The town that the report is from and about, where no words put the happening elsewhere: it has no town of its own
    by the rules, and none of which the reader is sure."""
    town = reading.town(draft.type)
    if town is None:
        return None
    sure = [c for c in taken if c.heard >= SURE and c.value.precision in POINTS and not c.value.is_street]
    own = [p for p in draft.places if p.precision in POINTS]
    abroad = any(_country(c.value) not in (None, _country(town)) for c in taken)
    return None if own or sure or abroad or not taken else town


def _candidates(reading: Reading, draft: Draft, roles: Roles) -> list[Candidate[Located]]:
    """The candidates: places that the rules gave the draft, others that its sentences name, and those that the learned
    reader considers."""
    rules = [*draft.places, *draft.streets]
    spans = {p.span for p in rules}
    others = ((_likely(draft, roles, p), p) for p in reading.places if p.span not in spans)
    considered = [(likely, p) for likely, p in others if likely is not None]
    likeliest = nlargest(_MOST, considered, key=lambda row: (row[0], -row[1].span.start))
    named = [p for _, p in likeliest if _may_be(reading, draft, roles, p)]
    found = [candidate(roles, p, ("place",), _OTHERS, by_rules=True) for p in rules[:_MOST]]
    found += [candidate(roles, p, ("place",), _OTHERS, by_rules=False) for p in named]
    spoke = [c for c in found if is_where_somebody_spoke(c.value)]
    if any(c.by_rules and c.value.precision in POINTS and c not in spoke for c in found):
        found = [c for c in found if c not in spoke]
    for run in roles.runs("place", SITE):
        site = _site(reading, run)
        if site is not None and not any(c.span.overlaps(site.span) for c in found):
            found.append(candidate(roles, site, ("place",), _OTHERS, by_rules=False))
    return found


#: The roles of the words that are no place of the happening.
_OTHERS = tuple(role for role in ROLES if role not in ("place", "time", "count", "item"))


def _likely(draft: Draft, roles: Roles, place: Located) -> float | None:
    """How likely a place is considered, by the learned reader; None where it is not: it is unlikely, and no sentence of
    the draft names it."""
    likely = roles.likely("place", place.span) or 0.0
    told = place.toponym.sentence in draft.sentences and place.toponym.use == "name"
    return likely if told or likely >= LEAST else None


def _may_be(reading: Reading, draft: Draft, roles: Roles, place: Located) -> bool:
    """May a place be the draft's? A dateline says where the report was written, and the head of a section holds for all
    that is told under it."""
    if place.toponym.sentence.kind == "dateline" or is_section_head(place.toponym):
        return False
    if asks(place) or (draft.type == "extradition" and _receives(reading, place)):
        return False
    return roles.is_own("place", place.span, SHARE)


def _receives(reading: Reading, place: Located) -> bool:
    """Is it the country that somebody is sent to, here or elsewhere in the report?"""
    return any(receives(p) for p in reading.places if _is_same(p, place))


def place_signs(reading: Reading, roles: Roles, one: Candidate[Located], crowd: Crowd[Located]) -> Signs:
    """The signs of a place, in addition to those of any value (weighing.signs)."""
    place = one.value
    toponym = place.toponym
    others = [c for c in crowd.found if c is not one]
    best = max(others, key=lambda c: (c.heard + 0.3 * c.by_rules, -c.span.start), default=None)
    beside = [c for c in others if _in_one_list(one, c)]
    inside = [c for c in others if contains(place, c.value)]
    around = [c for c in others if contains(c.value, place)]
    country = _country(place)
    rival = bool(best and country and _country(best.value) not in (None, country))
    return {
        "demonym": toponym.use == "demonym",
        "attribute": toponym.use == "attribute",
        "located": toponym.located,
        "part": toponym.part,
        "nameless": place.entry is None,
        "somebody": any(toponym.first <= i <= toponym.last for i in reading.cast.taken(toponym.sentence)),
        "proper_nameless": place.entry is None and toponym.sentence.tokens[toponym.last].pos == "PROPN",
        "lone": len({t.sentence for t in roles.told}) == 1,
        "measured": is_measured_from(place),
        "from": _preposition(place) in MOTION,
        "headline": toponym.sentence.kind == "heading",
        "abroad": rival,
        "outer": bool(inside),
        "outer_rules": any(c.by_rules for c in inside),
        "outer_heard": log_odds(max((c.heard for c in inside), default=NONE)),
        "inner": bool(around),
        "inner_heard": log_odds(max((c.heard for c in around), default=NONE)),
        "listed": bool(beside),
        "listed_heard": log_odds(max((c.heard for c in beside), default=NONE)),
        "listed_rules": any(c.by_rules for c in beside),
        "again": any(_is_same(c.value, place) and c.heard > one.heard for c in others),
        **{f"kind_{kind}": place.precision == kind for kind in get_args(PlacePrecision) if kind != "city"},
    }


def _country(place: Located) -> str | None:
    """The country in which a place lies; None where it is not known."""
    return place.entry.country if place.entry is not None else place.country


def _in_one_list(one: Candidate[Located], other: Candidate[Located]) -> bool:
    """Do two places stand in one list ("near Homs and Hama", "west of Homs near Hama; east of Homs near Salamiyah")?"""
    first, second = sorted((one.value.toponym, other.value.toponym), key=lambda t: t.first)
    if first.sentence is not second.sentence or "demonym" in (first.use, second.use):
        return False
    between = first.sentence.tokens[first.last + 1 : second.first]
    return all(t.pos in ("PUNCT", "PROPN") or t.lower in _LISTING for t in between)


def _preposition(place: Located) -> str | None:
    """The preposition that a place hangs on."""
    sentence = place.toponym.sentence
    root = sentence.root_of(place.span)
    return sentence.head(root).lower if root is not None and root.dep == "pobj" else None


def _is_same(one: Located, other: Located) -> bool:
    """Are two places one place that is named twice?"""
    if one.entry is not None and other.entry is not None:
        return one.entry.id == other.entry.id
    return one.toponym.text.lower() == other.toponym.text.lower()


def _once(places: list[Located]) -> list[Located]:
    """Each place once, the finest first."""
    found: list[Located] = []
    for place in places:
        if not any(_is_same(place, known) for known in found):
            found.append(place)
    return in_order(found)


def _site(reading: Reading, run: Run) -> Located | None:
    """A site that has no name in the gazetteer ("a school bathroom"). None where the words hold a named place or a
    time, or count places ("11 provinces")."""
    others = (*(p.span for p in reading.places), *(t.span for t in reading.times))
    if any(span.overlaps(run.span) for span in others):
        return None
    stands = head_of(reading, run)
    if stands is None:
        return None
    sentence, head = stands
    if head.pos not in ("NOUN", "PROPN") or figure(sentence, head, singular=False) is not None:
        return None
    if head.lower in _WHOLE or _only_describes(sentence, head):
        return None
    return Located(_as_toponym(sentence, run), None, "site", 0.0)


#: Words for a whole ("in the country"), which is not a site.
_WHOLE = english("dateline.coding", "whole")


def _only_describes(sentence: Sentence, word: Token) -> bool:
    """Does a noun only describe the noun after it ("a supply convoy")? Words for buildings are excepted."""
    return (
        word.pos == "NOUN" and word.dep == "compound" and word.head > word.i and kind_of(sentence, word) != "facility"
    )


def _as_toponym(sentence: Sentence, run: Run) -> Toponym:
    inside = [t for t in sentence.tokens if run.span.overlaps(t.span)]
    while len(inside) > 1 and inside[0].pos in ("DET", "ADP", "PUNCT"):
        inside = inside[1:]
    span = sentence.words(inside)
    return Toponym(sentence, span, " ".join(sentence.quote(span).split()), inside[0].i, inside[-1].i, (), "name")
