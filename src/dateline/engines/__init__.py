"""The same job in one process or in many; what comes out is the same, byte for byte."""

from dateline.engines.asked import code_with
from dateline.engines.limits import LIMIT
from dateline.engines.local import code, code_all, link_all
from dateline.engines.workers import Worker

__all__ = ["LIMIT", "Worker", "code", "code_all", "code_with", "link_all"]
