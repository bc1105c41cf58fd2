"""From the answers of the question rooms to accounts."""

from dateline.coding.coder import code_or_reject, code_report, not_coded, report_id

__all__ = ["code_or_reject", "code_report", "not_coded", "report_id"]
