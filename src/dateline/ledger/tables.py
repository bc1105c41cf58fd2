"""The tables of a ledger. Rows are written once. Later only the end of a row can be set (`ended`, `retired`,
`withdrawn`).

Every write gets a revision number. In force at revision R are rows with `revision` <= R and no end, or an end after R.
Names of rows: a report's `key` is made of its URI and text. An account's `key` stays with it through later codings. An
event's `id` is made of the key of its first account. `migrations/` makes these tables; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()


def _number() -> Column[int]:
    # Only one writer writes at a time, and it numbers rows itself (rows.py).
    return Column("num", Integer, primary_key=True, autoincrement=False)


def _revision(name: str = "revision", nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey("revisions.number"), nullable=nullable)


def _digest() -> Column[int]:
    # The digest of the row, to find damage (digests.py). It is null only while an older ledger is upgraded.
    return Column("digest", BigInteger)


# ---------------------------------------------------------------- what was written

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
    _digest(),
    Column("upto", Text),
)

#: `source` is the key of the first report that this report is a copy of; its own key where it is no copy.
reports = Table(
    "reports",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("uri", Text, nullable=False, index=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("lang", Text),
    Column("text", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("source", Text, nullable=False),
    _revision(),
    _digest(),
)

#: `body` is the record of RECORD.md; of its report only the publication is in it.
codings = Table(
    "codings",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("reports.num"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", Text, nullable=False),
    _revision(),
    _revision("retired", nullable=True),
    _digest(),
)

accounts = Table(
    "accounts",
    metadata,
    _number(),
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
    _revision(),
    _revision("retired", nullable=True),
    _digest(),
)

#: One value of an account, as JSON, with the span of the words that say it (null where the value has none of its own).
claims = Table(
    "claims",
    metadata,
    _number(),
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
    _number(),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("event", Text),
    Column("value", Text),
    Column("withdraws", Integer, ForeignKey("judgements.num")),
    _revision(),
    _revision("withdrawn", nullable=True),
    _digest(),
)

#: The accounts that a judgement is about, in parts. Accounts of one part belong together (same, split); accounts of
#: different parts do not (different, split).
judged = Table(
    "judged",
    metadata,
    Column("judgement", Integer, ForeignKey("judgements.num"), primary_key=True),
    Column("account", Text, primary_key=True),
    Column("part", Integer, nullable=False),
    _digest(),
    Index("judged_account", "account"),
    sqlite_with_rowid=False,
)

#: Consolidation rules in force from a revision on, as JSON.
rules = Table(
    "rules",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    _digest(),
)

#: Weights of linking in force from a revision on (linking/weights.py), as JSON.
weights = Table(
    "weights",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    _digest(),
)

#: The coder that events are made from, from a revision on (readings.py).
coders = Table(
    "coders",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("coder", Text, nullable=False),
    _digest(),
)

#: Codings that no event is made from: of another coder than the one in force, or as the coder made it, where people
#: have changed the coding in force. Columns as in `codings`.
readings = Table(
    "readings",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("reports.num"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", Text, nullable=False),
    _revision(),
    _digest(),
)

#: Reports that were taken out, and why. They are not added again.
removals = Table(
    "removals",
    metadata,
    Column("report", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("purged", Boolean, nullable=False, default=False),
    _revision(),
    _digest(),
)

#: What happened to a story at its address: version `after` replaced `before` (`diff`: a unified diff of the two texts).
#: `after` is null if the story is gone from its source, and equal to `before` if it is back.
successions = Table(
    "successions",
    metadata,
    _number(),
    Column("uri", Text, nullable=False, index=True),
    Column("before", Text, nullable=False, index=True),
    Column("after", Text, index=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("diff", Text),
    _revision(),
    _digest(),
)

#: Who may read a report's words: `level` open, team, sealed (access.py), with the note of consent, and the people to
#: whom a sealed one is open, as JSON. The last row of a report is in force.
access = Table(
    "access",
    metadata,
    _number(),
    Column("report", Text, nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("people", Text, nullable=False, default="[]"),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    _revision(),
    _digest(),
)

#: The custody log (custody.py): what was done to a report (by key), by whom, when. `chain` is life (all that changed
#: it) or use (exports, time stamps); `place` is the entry's place in the chain. `before` is the hash of the previous
#: entry in the chain, `log` that of the previous entry in the whole table. `revision`: the newest one when the entry
#: was written.
custody = Table(
    "custody",
    metadata,
    _number(),
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
    _revision(),
    _digest(),
    Index("custody_report", "report", "chain", "place"),
)

# ---------------------------------------------------------------- events, materialised

#: An event as it was from `revision` until `ended`. The columns are for searching; `body` is the event's record.
#: `killed` is made from the body, so it is in no digest (MADE) and in no export.
versions = Table(
    "versions",
    metadata,
    _number(),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("confidence", Float, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("killed", Integer),
    Column("review", Text, nullable=False),
    Column("case", Text),
    Column("doubt", Float, nullable=False),
    _revision(),
    _revision("ended", nullable=True),
    _digest(),
)
MADE = (versions.c.killed,)
_current = versions.c.ended.is_(None)
Index("versions_event", versions.c.event, versions.c.revision)
for _name, _columns in {
    "day": ("start", "event"),
    "type": ("type", "start"),
    "doubt": ("doubt", "event"),
    "case": ("case",),
}.items():
    Index(
        f"versions_{_name}",
        *(versions.c[c] for c in _columns),
        sqlite_where=_current,
        postgresql_where=_current,
    )

_totals = text("ended IS NULL AND scope = 'rollup'")
Index("versions_totals", versions.c.start, versions.c.end, sqlite_where=_totals, postgresql_where=_totals)

members = Table(
    "members",
    metadata,
    Column("version", Integer, ForeignKey("versions.num"), primary_key=True),
    Column("account", Integer, ForeignKey("accounts.num"), primary_key=True),
    Index("members_account", "account"),
    sqlite_with_rowid=False,
)

places = Table(
    "places",
    metadata,
    _number(),
    Column("version", Integer, ForeignKey("versions.num"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("admin1", Text),
    Column("country", Text),
    Column("gazetteer_id", Text),
    Column("lat", Float),
    Column("lon", Float),
    Index("places_name", "name", "version"),
    Index("places_country", "country", "version"),
    Index("places_admin1", "admin1", "version"),
)

actors = Table(
    "actors",
    metadata,
    _number(),
    Column("version", Integer, ForeignKey("versions.num"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("id", Text),
    Column("role", Text, nullable=False),
    Index("actors_name", "name", "version"),
    Index("actors_id", "id", "version"),
)

#: Ids of events that are gone: each leads to the event that has most of the accounts now.
redirects = Table(
    "redirects",
    metadata,
    _number(),
    Column("event", Text, nullable=False, index=True),
    Column("into", Text, nullable=False, index=True),
    _revision(),
    _revision("ended", nullable=True),
    _digest(),
)

# ---------------------------------------------------------------- made of the above, and made again on import

#: Bands of MinHash values (linking/copies.py), each as 63 bits of its SHA-256.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report", Integer, ForeignKey("reports.num"), primary_key=True),
    sqlite_with_rowid=False,
)

#: The facts of a coding in force (linking/facts.py), as JSON. They are quicker to read than the coding.
compared = Table(
    "compared",
    metadata,
    Column("coding", Integer, ForeignKey("codings.num"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    _digest(),
)

#: Blocks of live accounts (linking/candidates.py), by numbers with the week in their highest bits (linker.py).
blocks = Table(
    "blocks",
    metadata,
    Column("block", BigInteger, primary_key=True),
    Column("account", Integer, ForeignKey("accounts.num"), primary_key=True),
    Index("blocks_account", "account"),
    sqlite_with_rowid=False,
)

#: Pairs of live accounts that share a block, with the log-odds that they are one event (linking/rivals.py). `a` is the
#: earlier one.
pairs = Table(
    "pairs",
    metadata,
    Column("b", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("a", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("weight", Float, nullable=False),
    Column("beside", Boolean, nullable=False),
    _digest(),
    Index("pairs_a", "a"),
    sqlite_with_rowid=False,
)

#: Pairs of live accounts of one report that are of one case, or of two (linking/stages.py); `a` is told first.
related = Table(
    "related",
    metadata,
    Column("a", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("b", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("strength", Integer, nullable=False),
    _digest(),
    Index("related_b", "b"),
    sqlite_with_rowid=False,
)

#: Differences between coders of one report (differing.py): the account of the coding in force (by key; null where only
#: the other coder has it), the field, and the other coder.
differing = Table(
    "differing",
    metadata,
    Column("report", Integer, ForeignKey("reports.num"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("account", Text),
    Column("field", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Index("differing_account", "account"),
    sqlite_with_rowid=False,
)

#: Tables that an export holds, in the order in which import reads them. The others are made from these.
WRITTEN = (
    revisions, reports, codings, accounts, judgements, judged, rules, weights, coders, readings, removals, successions,
    access, custody, versions, members, redirects,
)  # fmt: skip

# ---------------------------------------------------------------- who may use the page; no part of an export

#: People who log in: `role` reader, reviewer or admin; `hash` is argon2's.
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("added", Text, nullable=False),
    _digest(),
)

#: Secrets that identify a user: `kind` session (a cookie) or token (for scripts). Only the SHA-256 of the secret is
#: kept.
keys = Table(
    "keys",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("user", Text, ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("made", Text, nullable=False),
    Column("expires", Text),
    _digest(),
)

#: Who did what through the page or its API, refused log-ins included.
audit = Table(
    "audit",
    metadata,
    _number(),
    Column("at", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False, default=""),
    _digest(),
)

#: Saved queries: a name, and the query string of the page.
saved = Table(
    "saved",
    metadata,
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    _digest(),
)
