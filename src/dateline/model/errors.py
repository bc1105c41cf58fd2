"""All errors, in one form: a stable code, what happened, where, and what to do."""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors that dateline raises on purpose.

    `code` is stable (``DL-E...``) and the same from the command line, the API and Python; docs/errors.md lists
    them all.
    """

    code = "DL-E000"
    remedy = "Run the command with --help."

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy or type(self).remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.code} {place}{self.what} {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # Makes the error picklable, so that it can be sent between processes (engines.local).
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[DatelineError], what: str, where: str | None, remedy: str) -> DatelineError:
    return kind(what, where=where, remedy=remedy)


class NoSuchPath(DatelineError):
    """A path that does not exist."""

    code = "DL-E001"
    remedy = "Check the spelling, or use - to read from standard input."


class NoReports(DatelineError):
    """A folder or file in which there is nothing to read."""

    code = "DL-E002"
    remedy = "Name a folder that holds files of formats that are read (docs/readers.md)."


class BadDate(DatelineError):
    """A given date that is not a date."""

    code = "DL-E003"
    remedy = "Write it as YYYY-MM-DD, for example 2025-12-31."


class BadKnowledge(DatelineError):
    """A knowledge file (YAML) that does not have the form it must have."""

    code = "DL-E004"
    remedy = "Mend the entry that is named; the comment at the head of the file says what its fields mean."


class BadRecord(DatelineError):
    """JSON that is not a coding as RECORD.md describes it."""

    code = "DL-E005"
    remedy = "Pass the output of `dateline code --format jsonl`, unchanged."


class MissingGazetteer(DatelineError):
    """The gazetteer file is not where the installation should have put it."""

    code = "DL-E006"
    remedy = "Run `python -m dateline.where.build`, or install the package anew."


class CannotWrite(DatelineError):
    """An output file that cannot be written."""

    code = "DL-E007"
    remedy = "Choose another path for --out, or make room on the disk."


class BadTable(DatelineError):
    """A table of places that cannot be read; the line is named."""

    code = "DL-E008"
    remedy = "Mend the line that is named; `dateline gazetteer build --help` tells the columns."


class BadActor(DatelineError):
    """An actor that cannot be added."""

    code = "DL-E009"
    remedy = "`dateline actors add --help` says what an actor needs."


class NotInstalled(DatelineError):
    """A part of dateline that is missing because its extra is not installed."""

    code = "DL-E010"
    remedy = "Install the package that is named."


class NoSuchSentence(DatelineError):
    """A question about a sentence that is not in the report."""

    code = "DL-E011"
    remedy = "Sentences are counted from 1; words are looked for as they stand in the report."


class BadReader(DatelineError):
    """A reader that does not exist."""

    code = "DL-E012"
    remedy = "Choose 'learned' or 'rules'."


class FileThere(DatelineError):
    """An output file that exists already and would be overwritten."""

    code = "DL-E013"
    remedy = "Add --force to write over it, or choose another name."


class OtherJob(DatelineError):
    """A folder that holds the output of other work: of other reports, another version, or other options."""

    code = "DL-E014"
    remedy = "Name another folder, or add --force to take away what it holds and begin anew."


class NoJava(DatelineError):
    """Spark was asked for, but there is no Java to run it."""

    code = "DL-E015"
    remedy = "Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), or set $JAVA_HOME."


class SparkFailed(DatelineError):
    """Spark gave up: the cluster does not answer, or a task failed again and again."""

    code = "DL-E016"
    remedy = "Look at Spark's own messages above; what was finished stays, and running the command again goes on."


class NotForEngine(DatelineError):
    """Something was asked of an engine that it does not do."""

    code = "DL-E017"
    remedy = "Use --engine local, or see docs/volume.md."


class NotStarted(DatelineError):
    """A worker process ended before it was ready. The next one would do the same, so the run ends."""

    code = "DL-E018"
    remedy = (
        'In a script, ask for several processes below `if __name__ == "__main__":` only, for each process reads the '
        "script anew; else see whether the machine has memory enough."
    )


class BadLinks(DatelineError):
    """Links that a ledger cannot take over: they are for other codings or of another version, or the ledger holds more
    reports."""

    code = "DL-E019"
    remedy = (
        "Link the codings again (dateline link --engine spark), and name both folders for a new ledger; or leave out "
        "--linked: the ledger then links by itself."
    )
