"""Link accounts of many reports to events: candidate pairs, weights, clusters, and explanations."""

from dateline.linking.explaining import as_explanation, waterfall
from dateline.linking.linking import link

__all__ = ["as_explanation", "link", "waterfall"]
