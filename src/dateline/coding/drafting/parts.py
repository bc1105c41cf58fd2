"""Add parts of a total, and descriptions of people told of before ("twelve were killed, among them two nurses", "the
dead were soldiers")."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.drafting.counts import count_of
from dateline.coding.drafting.figures import figure_of, is_bare, party_of, what_of
from dateline.coding.drafting.listed import how_many
from dateline.coding.drafting.parties import actor_of, role_of
from dateline.coding.drafting.sums import together
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token
from dateline.language.roles import names_people
from dateline.model.vocabulary import Type
from dateline.what import Mention
from dateline.where import country_of
from dateline.who import Described, describe


def add_part(draft: Draft, reading: Reading, mention: Mention, head: Token, type_: Type) -> None:
    """Add one item of a list of a part: an actor, and a figure of its own that is never added to the total."""
    d = describe(mention.sentence, head, reading.cast, country_of)
    number, what = how_many(mention.sentence, head), what_of(mention, type_)
    if number is None and head.pos == "PROPN" and d.kind != "person":
        placed = any(p.span.covers(head.span) for p in reading.places_in(mention.sentence))
        named = None if placed or d.kind not in ("unknown", "civilian") else _by_name(mention.sentence, head, d)
        if named is None:
            return
        d = named
    actor = actor_of(role_of(mention, d, type_), d)
    if actor is not None:
        draft.add_actor(actor)
    if number is None and any(c.what == what and (c.best or c.low or 0) > 1 for c in draft.counts):
        number = _single(mention.sentence, head)
    if what is not None and number is not None:
        draft.add_part(replace(count_of(what, party_of(d, what), number), part=True))


def add_known(draft: Draft, mention: Mention, people: list[tuple[Token, Described]], type_: Type) -> None:
    """Add the description of people told of before, or of some of them."""
    what = what_of(mention, type_)
    if what is None:
        return
    for token, d in people:
        actor = actor_of(role_of(mention, d, type_), d) if not is_bare(token) else None
        if actor is not None:
            draft.add_actor(actor)
    counted = [(party_of(d, what), n) for t, d in people if (n := figure_of(mention, t, d)) is not None]
    for party, number in together(mention.sentence, counted):
        draft.add_part(replace(count_of(what, party, number), part=bool(mention.of_part)))


def _single(sentence: Sentence, head: Token) -> Figure | None:
    """A figure of one, where the item is one person of a kind ("including a nurse")."""
    article = any(c.lower in ("a", "an") for c in sentence.children(head, "det"))
    return figure(sentence, head) if article and names_people(sentence, head) else None


def _by_name(sentence: Sentence, last: Token, d: Described) -> Described | None:
    """A person by name: in a list of people, a name of two or more words that is not known otherwise ("the writer Ana
    Cole")."""
    first = last.i
    while first > 0 and sentence.tokens[first - 1].pos == "PROPN":
        first -= 1
    span = sentence.words(sentence.tokens[first : last.i + 1])
    name = sentence.quote(span)
    return replace(d, kind="person", name=name, text=name, span=span) if first < last.i else None
