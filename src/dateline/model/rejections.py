"""Why one report is rejected: each reason has a code that never changes, and a remedy. The rest of a batch goes on."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class RejectedReport(DatelineError):
    """One report that cannot be read; the rest of the batch goes on."""

    code = "DL-R000"
    remedy = ""


class EmptyReport(RejectedReport):
    """No text at all."""

    code = "DL-R001"
    remedy = "There is nothing to code; leave the report out."


class BinaryReport(RejectedReport):
    """Bytes that are not text."""

    code = "DL-R002"
    remedy = "Convert it to text first."


class WrongEncoding(RejectedReport):
    """Bytes for which the encoding could not be told with confidence."""

    code = "DL-R003"
    remedy = "Convert it to UTF-8, for example with `iconv -f ENCODING -t UTF-8`."


class TooLong(RejectedReport):
    """A report larger than the limit."""

    code = "DL-R004"
    remedy = "Split it into its reports, or raise --max-chars."


class BadLine(RejectedReport):
    """A line of a .jsonl file that is not a report."""

    code = "DL-R005"
    remedy = 'Each line must be a JSON object with a string "text".'


class BadReportDate(RejectedReport):
    """A line of a .jsonl file with a "published" that is not a date."""

    code = "DL-R006"
    remedy = 'Write "published" as YYYY-MM-DD, or leave it out.'


class UnreadableFile(RejectedReport):
    """A file that the system does not let us read."""

    code = "DL-R007"
    remedy = "Check its permissions."


class BrokenPage(RejectedReport):
    """A web page that no parser can read."""

    code = "DL-R008"
    remedy = "Save the page anew, or paste its text."


class BrokenArchive(RejectedReport):
    """An archive, or a file in one, that cannot be read or passes the limits."""

    code = "DL-R009"
    remedy = "Pack the reports anew, in several archives if they are many."


class NotRead(RejectedReport):
    """A file of a kind that is not read, in a folder or archive, or named: a picture, a program, an e-book."""

    code = "DL-R011"
    remedy = "Save it as text or as a web page (.txt, .html), or as JSON lines."


class OddCharacters(RejectedReport):
    """Characters that cannot be kept, in the uri, title or publisher of a report or in the name of a file."""

    code = "DL-R014"
    remedy = "Leave the characters out, or rename the file."


class NotCoded(RejectedReport):
    """A report on which the coder itself failed. This is a mistake of dateline; the other reports go on."""

    code = "DL-R010"
    remedy = "This is a defect of dateline: please report it, with the report's text if you may."


class TooSlow(RejectedReport):
    """A report that took longer than the limit (30 seconds, if nothing else is set)."""

    code = "DL-R012"
    remedy = "Split it into its reports, or raise --time-limit."


class MissingPart(RejectedReport):
    """A file in a format that needs a part of dateline that is not installed."""

    code = "DL-R015"
    remedy = "Install the extra that is named."


class ScannedPages(RejectedReport):
    """A document that holds pictures of pages, and no text."""

    code = "DL-R016"
    remedy = "Have its text recognised first, for example with `ocrmypdf in.pdf out.pdf`."


class Encrypted(RejectedReport):
    """A document that opens only with a password."""

    code = "DL-R017"
    remedy = "Save it without a password (`qpdf --decrypt --password=... in.pdf out.pdf`)."


class BrokenDocument(RejectedReport):
    """A document, a message, a feed or a table that is damaged or not what it says it is."""

    code = "DL-R018"
    remedy = "Save it anew, or save its text (.txt)."


class NotFetched(RejectedReport):
    """Addresses that were not fetched, because nobody asked for it."""

    code = "DL-R019"
    remedy = "Add --fetch to fetch them."


class NoAnswer(RejectedReport):
    """An address that was fetched and gave nothing that can be read."""

    code = "DL-R020"
    remedy = "Open the address in a browser and save the page."


class TooDeep(RejectedReport):
    """A file that lies in too many others: messages in messages, lists of lists."""

    code = "DL-R021"
    remedy = "Take it out, and read it by itself."


class ReaderFailed(RejectedReport):
    """A file on which the reader of its format failed. This is a mistake of dateline; the other files go on."""

    code = "DL-R022"
    remedy = "This is a defect of the reader that is named: please report it, with the file if you may."


class LostWorker(RejectedReport):
    """A report on which two worker processes died, one after the other; the rest of the batch goes on."""

    code = "DL-R013"
    remedy = "Look whether the machine has memory enough; else please report it, with the report's text if you may."
