"""Engines: they run the same job in one process, in many, or on a cluster, with the same output byte for byte."""

from dateline.engines.asked import code_with
from dateline.engines.limits import LIMIT
from dateline.engines.local import code, code_all, code_batches, link_all
from dateline.engines.seam import Options, batched
from dateline.engines.workers import Worker

__all__ = ["LIMIT", "Options", "Worker", "batched", "code", "code_all", "code_batches", "code_with", "link_all"]
