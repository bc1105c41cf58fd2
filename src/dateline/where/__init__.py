"""Where: place names, and the gazetteer entries they stand for."""

from dateline.where.gazetteer import is_place_word
from dateline.where.resolving import Located, resolve
from dateline.where.spotting import Toponym, spot

__all__ = ["Located", "Toponym", "is_place_word", "resolve", "spot"]
