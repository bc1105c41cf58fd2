"""Where: place names, and the gazetteer entries they stand for."""

from dateline.where.gazetteer import country_code, country_of, is_place_word, known_place
from dateline.where.resolving import Located, in_country, resolve
from dateline.where.spotting import Toponym, spot

__all__ = [
    "Located",
    "Toponym",
    "country_code",
    "country_of",
    "in_country",
    "is_place_word",
    "known_place",
    "resolve",
    "spot",
]
