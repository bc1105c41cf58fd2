"""Errors of a ledger, and the translation of database errors into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from dateline.model.errors import DatelineError


class NoLedger(DatelineError):
    """There is no ledger at this place."""

    code = "DL-L001"
    remedy = "`dateline add PATH... --ledger URL` makes one."


class CorruptLedger(DatelineError):
    """The file is damaged, or is no ledger."""

    code = "DL-L002"
    remedy = "Restore the last backup: `dateline ledger restore BACKUP --ledger URL` (the damaged file is kept aside)."


class OtherVersion(DatelineError):
    """The ledger's tables are of another version of dateline."""

    code = "DL-L003"
    remedy = "`dateline ledger upgrade --ledger URL` brings an older ledger to this version; make a backup first."


class LedgerBusy(DatelineError):
    """Another writer kept the ledger locked for longer than we wait."""

    code = "DL-L004"
    remedy = "Try again; nothing of what was not committed is half there."


class LedgerFull(DatelineError):
    """The disk is full. Changes that were not committed are lost."""

    code = "DL-L005"
    remedy = "Make room and run the command again: what is there already is passed over."


class LostLedger(DatelineError):
    """The connection to the database was lost, or could not be made."""

    code = "DL-L006"
    remedy = "Check that the server runs and that the URL is right, then run the command again."


class NoSuchEvent(DatelineError):
    """No event has this id (at the revision asked for)."""

    code = "DL-L007"
    remedy = "`dateline events` lists them."


class NoSuchRevision(DatelineError):
    """The ledger has no such revision."""

    code = "DL-L008"
    remedy = "`dateline ledger info` tells the newest one."


class BadJudgement(DatelineError):
    """A judgement that makes no sense: an unknown field, a value of a wrong form, a split that leaves accounts out."""

    code = "DL-L009"
    remedy = "`dateline review --help` says what can be judged and how."


class Conflict(DatelineError):
    """The event has changed since it was looked at."""

    code = "DL-L010"
    remedy = "Look at it again (`dateline show EVENT`), then judge."


class BadExport(DatelineError):
    """Lines that are not an export of a ledger, or not a complete one."""

    code = "DL-L011"
    remedy = "Pass the output of `dateline ledger export`, whole, into an empty ledger."


class BadUrl(DatelineError):
    """A ledger's address that cannot be understood."""

    code = "DL-L012"
    remedy = "Give a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE."


class DoubtfulEvent(DatelineError):
    """The given beginning of an id fits several events."""

    code = "DL-L020"
    remedy = "Give more of its letters."


class NoSuchReport(DatelineError):
    """No report of the ledger has this URI or key."""

    code = "DL-L013"
    remedy = "`dateline show EVENT` names the reports of an event."


class BadQuery(DatelineError):
    """A question to the ledger that cannot be understood."""

    code = "DL-L014"
    remedy = "`dateline events --help` tells what can be asked."


class TooFewJudgements(DatelineError):
    """There are too few judgements to fit weights to."""

    code = "DL-L015"
    remedy = "Go on with `dateline review`: events that several reports tell of, and pairs that are the same or not."


class NoReading(DatelineError):
    """A coder that has read no report of the ledger, or has not read this report."""

    code = "DL-M009"
    remedy = "Name one of those that are told, or add its codings: `dateline add --coder NAME`."


class DamagedLedger(CorruptLedger):
    """A row of the ledger is not what was written."""

    code = "DL-L016"
    remedy = "`dateline ledger check --ledger URL` tells all that is damaged, and how to mend it."


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turn errors of databases into our own, which say what happened, where, and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _ours(error, where) from error
    except SQLAlchemyError as error:
        raise LostLedger(f"The database gave an error ({type(error).__name__}: {error}).", where=where) from error


#: Parts of the messages of the two databases about pages, rows and texts that they cannot read.
_DAMAGED = (
    "malformed", "not a database", "corrupt", "could not decode", "invalid page", "could not read block",
    "invalid byte sequence", "missing chunk", "compressed pglz data",
)  # fmt: skip


def _ours(error: DBAPIError, where: str) -> DatelineError:
    said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    low = said.lower()
    if "disk is full" in low or "no space left" in low or "disk i/o error" in low:
        return LedgerFull(f"It could not be written ({said}).", where=where)
    if any(words in low for words in _DAMAGED):
        return CorruptLedger(f"It cannot be read ({said}).", where=where)
    if "locked" in low or "busy" in low or "lock timeout" in low:
        return LedgerBusy(f"Somebody else is writing ({said}).", where=where)
    if "readonly" in low or "read-only" in low:
        return LedgerFull(f"It may not be written ({said}).", where=where, remedy="Check the permissions of the file.")
    if "unable to open database file" in low:
        remedy = "Look whether there is such a folder, and whether you may write in it."
        return LostLedger(f"The file cannot be opened ({said}).", where=where, remedy=remedy)
    if error.connection_invalidated or isinstance(error, OperationalError):
        return LostLedger(f"The database does not answer ({said}).", where=where)
    return LostLedger(f"The database gave an error ({said}).", where=where)
