"""Accounts of many reports -> events: candidates, weights, clusters, and why."""

from dateline.linking.explaining import as_explanation, waterfall
from dateline.linking.linking import link

__all__ = ["as_explanation", "link", "waterfall"]
