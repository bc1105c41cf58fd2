"""Where: place names, and the gazetteer entries they stand for."""

from collections.abc import Sequence
from pathlib import Path

from dateline.where.asked import Meaning, Sense, adjective, country_aliases, meaning
from dateline.where.enclosing import is_place_name
from dateline.where.extend import Built
from dateline.where.extend import build as _build
from dateline.where.extend import target as own_gazetteer
from dateline.where.gazetteer import (
    FILE,
    country_code,
    country_name,
    country_of,
    is_capital,
    is_country,
    is_place_word,
    known_place,
    place_of,
    radius,
)
from dateline.where.gazetteer import country as country_entry
from dateline.where.gazetteer import lookup as entries_of
from dateline.where.located import Located, in_country
from dateline.where.main import is_from, lies_in, main_city, main_country
from dateline.where.nesting import contains, finest, in_order
from dateline.where.other_names import other_names
from dateline.where.resolving import resolve
from dateline.where.sections import is_section_head, sections, under_heads
from dateline.where.spoken import written_as
from dateline.where.spotting import spot
from dateline.where.told import Told, entry_told, is_described, is_spelt_like
from dateline.where.toponym import Toponym

__all__ = [
    "Built", "Located", "Meaning", "Sense", "Told", "Toponym", "adjective", "build_own", "contains", "country_aliases",
    "country_code", "country_entry", "country_name", "country_of", "entries_of", "entry_told", "finest", "in_country",
    "in_order", "is_capital", "is_country", "is_described", "is_from", "is_place_name", "is_place_word",
    "is_section_head", "is_spelt_like", "known_place", "lies_in", "main_city", "main_country", "meaning", "other_names",
    "own_gazetteer", "place_of", "radius", "resolve", "sections", "spot", "under_heads", "written_as",
]  # fmt: skip


def build_own(geonames: Path | None = None, tables: Sequence[Path] = ()) -> Built:
    """Make the user's own gazetteer from the packaged one, GeoNames' dump and tables (see `where.extend.build`)."""
    return _build(FILE, geonames, tables)
