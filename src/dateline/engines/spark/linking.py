"""Linking on Spark, in blocks with `applyInArrow`. It gives the same events as `dateline.linking.link`, byte for byte.

Tasks do the heavy work (facts, pairs, weights, chains, events). The driver holds only numbers and short strings for
each account: its chain, its event, its case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.engines.linked import PAIRS
from dateline.engines.parts import Parts
from dateline.engines.spark import steps
from dateline.engines.spark.coding import numbered, starts_of
from dateline.engines.spark.files import Found, HadoopFiles
from dateline.engines.spark.steps import BITS, By, position
from dateline.linking.cases import case_id, cases
from dateline.linking.clustering import TIE
from dateline.linking.consolidating import event_id
from dateline.linking.facts import account_key
from dateline.model.errors import BadRecord
from dateline.model.event import Event
from dateline.version import VERSION

#: Sizes of the buckets that one call of a task works on: reports (their pairs are weighed), chains, events.
_REPORTS, _CHAINS, _EVENTS = 256, 256, 256


def link_on(spark: Any, records: Any, by: By) -> tuple[Any, Any]:
    """Link a table of records (columns number, record).

    Gives the events (columns rank, id, record; in order of rank), and the weighed pairs of accounts (columns a, b,
    weight, beside; in the order of the later account).
    """
    codings = _codings(records).persist()
    sources = _sources(spark, codings)
    codings = codings.join(sources, "report", "left").persist()
    weighed = _weighed(codings, by).persist()
    driver = _Driver.of(codings, weighed, _groups(spark, codings, weighed, by))
    events = _events(spark, codings, weighed, driver, by).persist()
    totals = [Event.from_json(r["record"]) for r in events.where('record like \'%"scope":"rollup"%\'').collect()]
    totals = [total for total in totals if total.part_of is None]
    pairs = weighed.orderBy("b", "a").selectExpr("one as a", "other as b", "weight", "beside")
    return events.mapInArrow(steps.in_totals(totals), steps.EVENTS).orderBy("rank"), pairs


def _codings(records: Any) -> Any:
    """The codings; where a report is there several times, only the first."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    rows = records.where("record is not null").repartition(records.sparkSession.sparkContext.defaultParallelism * 4)
    told = rows.mapInArrow(steps.told, steps.TOLD).persist()
    firsts = told.groupBy("key").agg(F.min("report").alias("report")).select("report")
    return told.join(firsts, "report")


def _sources(spark: Any, codings: Any) -> Any:
    """For each report that is a copy, the key of the first report that it is a copy of."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    banded = codings.select("report", "record").mapInArrow(steps.banded, steps.BANDS)
    found = banded.groupBy("band").applyInArrow(steps.copies, steps.COPIES)
    parents = found.groupBy("report").agg(F.min("parent").alias("parent"))
    own: dict[int, int] = {}
    for row in sorted(parents.collect()):
        own[row["report"]] = own.get(row["parent"], row["parent"])
    keys = {r["report"]: r["key"] for r in codings.select("report", "key").collect()} if own else {}
    rows = [(report, keys[source]) for report, source in own.items()]
    return spark.createDataFrame(rows, "report long, source string")


def _weighed(codings: Any, by: By) -> Any:
    """The pairs of accounts that have evidence for being one event, with their weights."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    bodies = codings.select("report", "body", "source")
    blocks = bodies.mapInArrow(steps.blocks, steps.BLOCKS)
    pairs = blocks.groupBy("block").applyInArrow(steps.pairs, steps.PAIRS).distinct()
    pairs = pairs.withColumn("bucket", F.expr(f"shiftright(a, {BITS}) div {_REPORTS}")).persist()
    needed = [pairs.select("bucket", F.expr(f"shiftright({one}, {BITS})").alias("report")) for one in "ab"]
    beside = needed[0].union(needed[1]).distinct().join(bodies, "report")
    return _together(pairs, beside, "bucket", steps.weighing(by), steps.WEIGHED)


def _groups(spark: Any, codings: Any, weighed: Any, by: By) -> Iterable[Any]:
    """Each account (its position `at`) in a chain of several, with the first account of its event."""
    chain = _chains((row["a"], row["b"]) for row in _ties(weighed).collect())
    if not chain:
        return []
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    order = {first: n for n, first in enumerate(sorted(set(chain.values())))}
    rows = [(at, first, order[first] // _CHAINS) for at, first in chain.items()]
    of = spark.createDataFrame(rows, "at long, chain long, bucket long").persist()
    own = weighed.join(of.withColumnRenamed("at", "a"), "a")
    other = of.select(F.col("at").alias("b"), F.col("chain").alias("chain_b"))
    own = own.join(other, "b").where("chain = chain_b").select("a", "b", "weight", "chain", "bucket")
    reports = of.select("bucket", F.expr(f"shiftright(at, {BITS})").alias("report")).distinct()
    bodies = reports.join(codings.select("report", "body", "source"), "report")
    found: Iterable[Any] = _together(own, bodies, "bucket", steps.clustering(by), steps.GROUPS).collect()
    return found


def _ties(weighed: Any) -> Any:
    """The pairs that join accounts into chains (linking/clustering.ties): those with enough weight, and the best pair
    of each account that has no such pair."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    either = weighed.select("a", "b", "weight").union(weighed.select(F.col("b"), F.col("a"), "weight"))
    best = either.groupBy("a").agg(F.max(F.struct("weight", (-F.col("b")).alias("other"))).alias("best"))
    loose = best.where(f"best.weight > 0 and best.weight < {TIE}").select("a", (-F.col("best.other")).alias("b"))
    return weighed.where(f"weight >= {TIE}").select("a", "b").union(loose)


def _chains(tied: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each account that is tied to others, the first account of its chain."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        parent.setdefault(i, i)
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in tied:
        one, two = root(a), root(b)
        parent[max(one, two)] = min(one, two)
    return {at: root(at) for at in parent}


@dataclass(frozen=True, slots=True)
class _Driver:
    """What the driver knows, by position of an account.

    `home`: the first account of its event; `rank`: the event's place in the order of events; `whole`: the event that
    the account is said to be part of; `case`: the event's case. `rank` and `case` are by the event's first account.
    """

    home: Mapping[int, int]
    rank: Mapping[int, int]
    whole: Mapping[int, str]
    case: Mapping[int, str]

    @staticmethod
    def of(codings: Any, weighed: Any, grouped: Iterable[Any]) -> _Driver:
        """Put together what the tasks found."""
        alone = codings.select("report", "body", "slim").mapInArrow(steps.mains, steps.GROUPS).collect()
        home = {row["at"]: row["first"] for row in (*alone, *grouped)}
        main = {home[row["at"]] for row in alone if row["main"]}
        order = sorted(set(home.values()), key=lambda first: (first not in main, first))
        keys: dict[int, str] = {}
        related: list[tuple[int, int, int]] = []
        members: list[tuple[int, int]] = []
        for row in codings.select("report", "key", "slim").collect():
            slim, report = json.loads(row["slim"]), row["report"]
            keys |= {position(report, n): account_key(row["key"], name) for n, name in enumerate(slim["names"])}
            members += [(position(report, a), position(report, b)) for a, b in slim["wholes"]]
            related += [(position(report, a), position(report, b), s) for a, b, s in slim["related"]]
        of = cases(home, sorted(related))
        return _Driver(
            home,
            {first: n for n, first in enumerate(order)},
            {at: event_id(keys[home[whole]]) for at, whole in members},
            {event: case_id(keys[first]) for event, first in of.items()},
        )

    def rows(self, beside: Mapping[int, Sequence[int]]) -> list[tuple[Any, ...]]:
        """A row for each account: bucket, rank, position, report, whole, case, and the accounts in `beside`."""
        found = []
        for at, first in self.home.items():
            rank = self.rank[first]
            told = self.whole.get(at), self.case.get(first), beside.get(at)
            found.append((rank // _EVENTS, rank, at, at >> BITS, *told))
        return found


def _events(spark: Any, codings: Any, weighed: Any, driver: _Driver, by: By) -> Any:
    beside: dict[int, list[int]] = {}
    for row in weighed.where("beside").select("a", "b").collect():
        if driver.home[row["a"]] == driver.home[row["b"]]:
            beside.setdefault(row["b"], []).append(row["a"])
    form = "bucket long, rank long, at long, report long, whole string, case_id string, beside array<long>"
    accounts = spark.createDataFrame(driver.rows(beside), form)
    reports = accounts.select("bucket", "report").distinct()
    told = reports.join(codings.select("report", "body", "source", "record"), "report")
    return _together(accounts.drop("report"), told, "bucket", steps.making(by), steps.EVENTS)


def _together(left: Any, right: Any, key: str, work: Any, form: str) -> Any:
    """Apply `work` to the rows of two tables that have the same key."""
    # Where one table was made from the other, Spark takes their keys for one column until one of them gets a new name.
    own = right.select(right[key].alias(f"own_{key}"), *(c for c in right.columns if c != key))
    return left.groupBy(key).cogroup(own.groupBy(f"own_{key}")).applyInArrow(work, form)


# ---------------------------------------------------------------- in and out


def link_into(parts: Parts, spark: Any, files: Sequence[Found], by: By) -> dict[str, Any]:
    """Link the codings of these files and write the events; gives their entry for the manifest."""
    folder = parts.files
    assert isinstance(folder, HadoopFiles)
    table = spark.read.parquet(*(one.url for one in files))
    if "record" not in table.columns:
        raise BadRecord('There is no column "record".', where=files[0].name)
    records = numbered(spark, table, list(starts_of(table, files)), [table["record"]]).persist()
    events, pairs = link_on(spark, records.select("number", "record"), by)
    pairs.write.mode("overwrite").option("compression", "zstd").parquet(folder.path(PAIRS))
    events.write.mode("overwrite").option("compression", "zstd").parquet(folder.path("part=00000"))
    total, coded = records.count(), records.where("record is not null").count()
    found = spark.read.parquet(folder.path("part=00000")).count()
    entry = {"path": "part=00000", "reports": total, "coded": coded, "rejected": total - coded, "accounts": 0}
    parts.add(entry | {"events": found})
    parts.close()
    return parts.done[0]


def job(files: Sequence[Found], by: By) -> dict[str, Any]:
    """The job: what makes the events, and from which inputs."""
    return {
        "version": VERSION,
        "rules": None if by.rules is None else repr(by.rules),
        "weights": by.weighed.table,
        "inputs": [{"path": f.name, "bytes": f.bytes, "modified": f.modified} for f in files],
        "form": "parquet",
    }
