"""Places of a happening, by the words that the learned reader takes for its places."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.draft import Draft
from dateline.coding.drafting.places import asks, is_measured_from, receives
from dateline.coding.reading import Reading
from dateline.howmany import figure
from dateline.language import Sentence, Token
from dateline.language.roles import kind_of
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.where import Located, Toponym, in_order, is_section_head

#: Least likelihoods: of a place with a name, and of a site without one.
TAKEN, SITE = 0.25, 0.45
#: A place must be at least this share as likely here as for any other happening of the report. Otherwise the arrests of
#: the lead would be put in the town of an earlier arrest. Chosen on development reports (194 that the reader did not
#: learn from): claims 0.728 and accounts 0.795, the same as without it. The figure for places, which counts whether the
#: right place is among those named and not how many wrong ones are, falls from 0.860 to 0.856 there, and on batches 16
#: to 20 from 0.752 to 0.737.
SHARE = 0.6
#: From this likelihood of its own place on, a brief does not get a less likely place that lies in another country and
#: is named in another paragraph.
SURE = 0.75


def own_places(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the places that are likely its own, in addition to those that the rules gave it."""
    # A dateline says where the report was written. The place that heads a section belongs to everything under it.
    named = (p for p in reading.places if p.toponym.sentence.kind != "dateline" and not is_section_head(p.toponym))
    likely = [place for place in named if (roles.likely("place", place.span) or 0.0) >= TAKEN]
    taken = [place for place in likely if roles.is_own("place", place.span, SHARE)]
    taken = [
        p
        for p in taken
        if not (asks(p) or _is_abroad(draft, p, roles) or (draft.type == "extradition" and receives(p)))
    ]
    nearer = [p for p in (*taken, *draft.places) if not is_measured_from(p)]
    taken = [p for p in taken if p in nearer or not nearer]
    found = _once([*(p for p in taken if not p.is_street), *draft.places])
    if [p.span for p in found] != [p.span for p in draft.places]:
        note("coding.belonging.places", draft.trigger, ", ".join(p.toponym.text for p in found) or "nowhere")
    if taken:
        draft.own_place = True
        draft.place_inferred = False
    draft.places = found
    for place in taken:
        if place.is_street:
            draft.add_street(place)
    for run in roles.runs("place", SITE):
        site = _site(reading, run)
        if site is not None:
            draft.add_street(site)


def _is_abroad(draft: Draft, place: Located, roles: Roles) -> bool:
    """Is a place that another paragraph names in another country than the draft's own, surer place? A report may hold
    briefs of several countries, one after the other, with no heading between them."""
    far = place.toponym.sentence.paragraph not in {s.paragraph for s in draft.sentences}
    own = [p for p in draft.places if p.entry is not None] if far and place.entry is not None else []
    sure = max((roles.likely("place", p.span) or 0.0 for p in own), default=0.0)
    abroad = place.entry is not None and place.entry.country not in {p.entry.country for p in own if p.entry}
    return abroad and sure >= SURE and sure > (roles.likely("place", place.span) or 0.0)


def _once(places: list[Located]) -> list[Located]:
    """Each place once, the finest first."""
    found: dict[str, Located] = {}
    for place in places:
        key = str(place.entry.id) if place.entry is not None else place.toponym.text.lower()
        found.setdefault(key, place)
    return in_order(list(found.values()))


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
