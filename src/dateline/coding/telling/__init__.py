"""Telling: do two drafts of a report tell of one happening, and how are they joined if they do?"""

from dateline.coding.telling.absorbing import ABSORB_READS, ABSORB_WRITES, absorb
from dateline.coding.telling.barring import barred_by, may_be_one, surely_barred_by
from dateline.coding.telling.comparing import bears_other_name, other_side, own_name

__all__ = [
    "ABSORB_READS", "ABSORB_WRITES", "absorb", "barred_by", "bears_other_name", "may_be_one", "other_side",
    "own_name", "surely_barred_by",
]  # fmt: skip
