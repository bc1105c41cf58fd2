"""Who: known actors, persons, organisations, and what a noun phrase says of somebody."""

from dateline.who.actors import (
    KnownActor,
    acronyms,
    actors_named,
    add_actor,
    group_names,
    known_actors,
    names_of,
    slug,
)
from dateline.who.asked import actors_meant, body_meant, branches_of, chain_of, years_of
from dateline.who.bodies import body_of, body_parts
from dateline.who.describing import Described, describe
from dateline.who.name import Name
from dateline.who.names import Cast
from dateline.who.removing import own_actors_file, remove_actor
from dateline.who.ties import affiliation, called

__all__ = [
    "Cast",
    "Described",
    "KnownActor",
    "Name",
    "acronyms",
    "actors_meant",
    "actors_named",
    "add_actor",
    "affiliation",
    "body_meant",
    "body_of",
    "body_parts",
    "branches_of",
    "called",
    "chain_of",
    "describe",
    "group_names",
    "known_actors",
    "names_of",
    "own_actors_file",
    "remove_actor",
    "slug",
    "years_of",
]
