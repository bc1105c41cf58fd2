"""Tables of what was written: revisions, reports, codings, judgements, settings, the custody log."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from dateline.ledger.tables.base import digest, metadata, number, revision

#: `kind`: add, revise, source, access, judge, rules, weights, coder, upgrade, remove, import. `at` is UTC, ISO 8601.
#: `upto`: the highest numbers of other tables after it (digests.py), as JSON.
revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    digest(),
    Column("upto", Text),
)

#: `source` is the key of the first report that this report is a copy of; its own key where it is no copy.
reports = Table(
    "reports",
    metadata,
    number(),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("uri", Text, nullable=False, index=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("lang", Text),
    Column("text", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("source", Text, nullable=False),
    revision(),
    digest(),
)

#: `body` is the record of RECORD.md; of its report only the publication is in it.
codings = Table(
    "codings",
    metadata,
    number(),
    Column("report", Integer, ForeignKey("reports.num"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", Text, nullable=False),
    revision(),
    revision("retired", nullable=True),
    digest(),
)

accounts = Table(
    "accounts",
    metadata,
    number(),
    Column("coding", Integer, ForeignKey("codings.num"), nullable=False, index=True),
    Column("report", Integer, ForeignKey("reports.num"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    revision(),
    revision("retired", nullable=True),
    digest(),
)

#: One value of an account, as JSON, with the span of the words that say it (null where the value has none of its own).
claims = Table(
    "claims",
    metadata,
    number(),
    Column("account", Integer, ForeignKey("accounts.num"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("said_by", Text),
)

#: What somebody decided or said. `kind`: accept, reject, unsure, correct, same, different, split, withdraw; account (an
#: account written by hand, `value` is its record); choose (between coders that differ on a field); comment and opinion,
#: which change no event.
judgements = Table(
    "judgements",
    metadata,
    number(),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("event", Text),
    Column("value", Text),
    Column("withdraws", Integer, ForeignKey("judgements.num")),
    revision(),
    revision("withdrawn", nullable=True),
    digest(),
)

#: The accounts that a judgement is about, in parts. Accounts of one part belong together (same, split); accounts of
#: different parts do not (different, split).
judged = Table(
    "judged",
    metadata,
    Column("judgement", Integer, ForeignKey("judgements.num"), primary_key=True),
    Column("account", Text, primary_key=True),
    Column("part", Integer, nullable=False),
    digest(),
    Index("judged_account", "account"),
    sqlite_with_rowid=False,
)

#: Consolidation rules in force from a revision on, as JSON.
rules = Table(
    "rules",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    digest(),
)

#: Weights of linking in force from a revision on (linking/weights.py), as JSON.
weights = Table(
    "weights",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    digest(),
)

#: The coder that events are made from, from a revision on (readings.py).
coders = Table(
    "coders",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("coder", Text, nullable=False),
    digest(),
)

#: Codings that no event is made from: of another coder than the one in force, or as the coder made it, where people
#: have changed the coding in force. Columns as in `codings`.
readings = Table(
    "readings",
    metadata,
    number(),
    Column("report", Integer, ForeignKey("reports.num"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", Text, nullable=False),
    revision(),
    digest(),
)

#: Reports that were taken out, and why. They are not added again.
removals = Table(
    "removals",
    metadata,
    Column("report", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("purged", Boolean, nullable=False, default=False),
    revision(),
    digest(),
)

#: What happened to a story at its address: version `after` replaced `before` (`diff`: a unified diff of the two texts).
#: `after` is null if the story is gone from its source, and equal to `before` if it is back.
successions = Table(
    "successions",
    metadata,
    number(),
    Column("uri", Text, nullable=False, index=True),
    Column("before", Text, nullable=False, index=True),
    Column("after", Text, index=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("diff", Text),
    revision(),
    digest(),
)

#: Who may read a report's words: `level` open, team, sealed (access.py), with the note of consent, and the people to
#: whom a sealed one is open, as JSON. The last row of a report is in force.
access = Table(
    "access",
    metadata,
    number(),
    Column("report", Text, nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("people", Text, nullable=False, default="[]"),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    revision(),
    digest(),
)

#: The custody log (custody.py): what was done to a report (by key), by whom, when. `chain` is life (all that changed
#: it) or use (exports, time stamps); `place` is the entry's place in the chain. `before` is the hash of the previous
#: entry in the chain, `log` that of the previous entry in the whole table. `revision`: the newest one when the entry
#: was written.
custody = Table(
    "custody",
    metadata,
    number(),
    Column("report", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("log", Text, nullable=False),
    Column("hash", Text, nullable=False),
    revision(),
    digest(),
    Index("custody_report", "report", "chain", "place"),
)
