"""Exploring: one query, four views. Facets, timeline and map of all events of a revision, counted in memory."""

from dateline.service.exploring.brief import brief
from dateline.service.exploring.columns import Columns
from dateline.service.exploring.keeping import Keeper
from dateline.service.exploring.masks import Masks, masks_of
from dateline.service.exploring.paging import rows_of

__all__ = ["Columns", "Keeper", "Masks", "brief", "masks_of", "rows_of"]
