"""Other names of a place, as far as the gazetteer knows them. It keeps them as keys, without accents and capitals."""

from __future__ import annotations

from functools import lru_cache

from dateline.where.asked import country_aliases
from dateline.where.folding import fold
from dateline.where.gazetteer import _connection, place_of


@lru_cache(maxsize=1 << 10)
def other_names(gazetteer_id: str) -> tuple[str, ...]:
    """The other names of a place, those in Latin letters first; () where there is no place with this id."""
    place = place_of(gazetteer_id)
    if place is None:
        return ()
    rows = _connection().execute("select folded from name where place = ? and rank > 0", (place.id,))
    found = {name for (name,) in rows if "(" not in name and "[" not in name and name != fold(place.name)}
    told = sorted((not name.isascii(), name) for name in found)
    aliases = country_aliases().get(place.country or "", ()) if place.kind == "country" else ()
    return tuple(dict.fromkeys((*aliases, *(name.title() for _, name in told))))
