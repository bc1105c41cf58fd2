"""Names and expressions recognised in what was read, as entities."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import Entity, Span
from dateline.model.vocabulary import EntityKind


def entities(reading: Reading) -> tuple[Entity, ...]:
    """All entities of the sentences that were read, in the order of the text."""
    found = [*_times(reading), *_places(reading)]
    for sentence in reading.sentences:
        found.extend(_names(reading, sentence))
    return tuple(sorted(found, key=lambda e: (e.span, e.kind)))


def _times(reading: Reading) -> Iterator[Entity]:
    read = {s.index for s in reading.sentences}
    for time in reading.times:
        if time.sentence in read:
            yield from time.as_entities()


def _places(reading: Reading) -> Iterator[Entity]:
    for located in reading.places:
        yield located.as_entity()
        if located.toponym.use == "demonym":
            yield Entity("nationality", located.toponym.text, located.span)


def _names(reading: Reading, sentence: Sentence) -> Iterator[Entity]:
    for mention in reading.cast.actors.get(sentence.index, ()):
        span = sentence.words(sentence.tokens[mention.first : mention.last + 1])
        yield Entity("organisation", mention.actor.name, span, id=mention.actor.id)
    for name in reading.cast.names.get(sentence.index, ()):
        span = _span(sentence, name.first, name.last)
        kind: EntityKind = "person" if name.kind == "person" else "organisation"
        yield Entity(kind, name.name, span)


def _span(sentence: Sentence, first: int, last: int) -> Span:
    return sentence.words(sentence.tokens[first : last + 1])
