"""Leaving out the names of private people: what is published then says that there was a person, not who."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Record = dict[str, Any]
#: What stands for a name.
SOMEBODY = "a person"
#: Kinds of actors that may be people; known ones (with an id) are public.
_PEOPLE = ("person", "civilian", "unknown")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
#: A town of fewer people is as likely somebody's surname.
_LARGE = 100_000


def without_names(record: Record) -> Record:
    """An event's record without the names of people: of actors, of who said a figure, and in the words of figures.

    Figures stay, and so do offices ("police", "the Interior Ministry") and known actors. In doubt a name goes: only
    words of the dictionary, countries, peoples and large towns are taken for none.
    """
    actors = [_actor(one) for one in record["actors"]]
    counts = [{**one, "figures": [_figure(f) for f in one["figures"]]} for one in record["counts"]]
    return {**record, "actors": actors, "counts": counts}


def _actor(actor: Record) -> Record:
    hidden = actor["kind"] in _PEOPLE and actor["id"] is None and (actor["kind"] == "person" or has_name(actor["name"]))
    worded = [SOMEBODY if hidden or (actor["id"] is None and has_name(w)) else w for w in actor.get("worded", ())]
    return {**actor, "name": SOMEBODY if hidden else actor["name"], "worded": list(dict.fromkeys(worded))}


def _figure(figure: Record) -> Record:
    told = {key: figure[key] for key in ("text", "said_by")}
    return {**figure, **{key: SOMEBODY if words and has_name(words) else words for key, words in told.items()}}


def has_name(words: str) -> bool:
    """May the words hold somebody's name?"""
    return not _is_known(words) and any(_is_name(word) for word in _WORD.findall(words))


def _is_name(word: str) -> bool:
    from dateline.language.dictionary import is_word
    from dateline.where import country_code, entries_of

    bare = re.sub(r"['’]s?$", "", word)
    if not bare[0].isupper() or is_word(bare.casefold()) or country_code(bare) or _is_known(bare):
        return False
    return not any(e.kind == "city" and e.rank == 2 and e.population >= _LARGE for e in entries_of(bare))


@lru_cache(maxsize=1 << 12)
def _is_known(words: str) -> bool:
    """Is it a name of a known actor?"""
    from dateline.who import actors_named

    plain = words.casefold()
    return any(plain == name.casefold() for _, actor in actors_named(words) for name in actor.names)
