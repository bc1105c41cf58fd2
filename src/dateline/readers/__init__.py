"""From files to reports: one file per format. What cannot be read is rejected with its reason; the rest go on."""

from dateline.readers.formats import reports_of
from dateline.readers.page import report_in as page_of
from dateline.readers.reading import Rejected, Source, expected, read_paths
from dateline.readers.text import MAX_CHARS, report_of

__all__ = ["MAX_CHARS", "Rejected", "Source", "expected", "page_of", "read_paths", "report_of", "reports_of"]
