"""Who: known actors, persons, organisations, and what a noun phrase says of somebody."""

from dateline.who.actors import KnownActor, acronyms, actors_named, add_actor, group_names, known_actors
from dateline.who.bodies import body_of
from dateline.who.describing import Described, affiliation, called, describe
from dateline.who.names import Cast, Name

__all__ = [
    "Cast",
    "Described",
    "KnownActor",
    "Name",
    "acronyms",
    "actors_named",
    "add_actor",
    "affiliation",
    "body_of",
    "called",
    "describe",
    "group_names",
    "known_actors",
]
