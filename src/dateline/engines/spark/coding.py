"""Coding on Spark: tables of reports become tables of records, part by part, in the order of the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from dateline.engines.limits import warm
from dateline.engines.manifest import made_by
from dateline.engines.parts import Parts
from dateline.engines.seam import Numbered, Options, coded, coded_batch, reports_batch
from dateline.engines.spark.files import Found, HadoopFiles, parquet_files
from dateline.model import Report
from dateline.model.errors import BadTable, SparkFailed
from dateline.readers.dates import dated, given_day
from dateline.readers.parquet import AS_READ, report_of
from dateline.readers.rows import FIELDS, KEPT

if TYPE_CHECKING:
    import pyarrow as pa

#: The default number of reports in a part. Each part is a Spark job of its own.
PART_REPORTS = 100_000
#: Reports in a task: _TASK, so few that all cores end at nearly the same time. Where this makes more than
#: _TASKS_A_CORE tasks for a core, tasks get more reports, but at most _MOST.
_TASK, _TASKS_A_CORE, _MOST = 64, 4, 2_000
#: The columns of seam.coded_form, with Spark's names of the types.
CODED = (
    "number long, uri string, id string, lang string, record string, rejected string, left_out string, accounts int, "
    "unsure int, below int, undated boolean"
)
_AT = "_metadata.file_path"
_Batches = Iterable["pa.RecordBatch"]


@dataclass(frozen=True, slots=True)
class Source:
    """Files of reports with the number of each one's first row."""

    spark: Any
    files: tuple[Found, ...]
    #: For each file: address (as Spark writes it), name, number of the first row, number of rows.
    starts: tuple[tuple[str, str, int, int], ...]
    published: str | None
    max_chars: int

    @staticmethod
    def of(spark: Any, paths: Sequence[str], published: str | None, max_chars: int) -> Source:
        """The files that the paths stand for. Raises NoSuchPath (DL-E001), NoReports (DL-E002), BadTable (DL-E008)."""
        files = tuple(parquet_files(spark, paths))
        table = spark.read.parquet(*(one.url for one in files))
        _check(dict(table.dtypes))
        return Source(spark, files, tuple(starts_of(table, files)), published, max_chars)

    @property
    def rows(self) -> int:
        """How many reports there are."""
        return sum(count for *_, count in self.starts)

    def between(self, first: int, last: int) -> Any:
        """The reports from number `first` to before `last`, with `number` and `name`, in order."""
        from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

        own = [start for start in self.starts if start[2] < last and first < start[2] + start[3]]
        urls = {one.name: one.url for one in self.files}
        table = self.spark.read.parquet(*(urls[name] for _, name, _, _ in own))
        kept = [name for name, kind in table.dtypes if name in (*KEPT, AS_READ) and kind == "string"]
        wanted = [c for c in ("text", *FIELDS) if c in table.columns] + kept
        known = [F.col(c).cast("string").alias(c) for c in wanted]
        rows = numbered(self.spark, table, own, known).where(f"number >= {first} and number < {last}")
        return rows.repartitionByRange(self._tasks(last - first), "number").sortWithinPartitions("number")

    def _tasks(self, rows: int) -> int:
        cores = int(self.spark.sparkContext.defaultParallelism)
        return max(1, min(rows // _TASK, cores * _TASKS_A_CORE), rows // _MOST)


def starts_of(table: Any, files: Iterable[Found]) -> Iterator[tuple[str, str, int, int]]:
    """For each file of a table: address (as Spark writes it), name, number of the first row, number of rows."""
    counts = {row["at"]: row["count"] for row in table.selectExpr(f"{_AT} as at").groupBy("at").count().collect()}
    at = {unquote(url).replace("file:///", "file:/"): url for url in counts}
    number = 0
    for one in files:
        url = at.pop(one.url.replace("file:///", "file:/"), None)
        if url is not None:  # Files without rows are not counted.
            yield url, one.name, number, counts[url]
            number += counts[url]
    if at:
        raise SparkFailed(f"Files were read that were not asked for: {sorted(at)[0]}.")


def numbered(spark: Any, table: Any, starts: Iterable[tuple[str, str, int, int]], columns: Sequence[Any]) -> Any:
    """Columns of a table with each row's `number` in all files, the `name` of its file and its `row` there."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    rows = table.select(*columns, F.col(_AT).alias("at"), F.col("_metadata.row_index").alias("row"))
    known = spark.createDataFrame([start[:3] for start in starts], "at string, name string, first long")
    joined = rows.join(F.broadcast(known), "at").withColumn("number", F.col("first") + F.col("row"))
    return joined.drop("at", "first")


def job(source: Source, options: Options, part_reports: int) -> dict[str, Any]:
    """The job: what makes the output, and from which inputs. Files on a cluster are identified by size and time, since
    all of them would have to be read for a digest."""
    return {
        "made_by": made_by(options),
        "inputs": [{"path": f.name, "bytes": f.bytes, "modified": f.modified} for f in source.files],
        "published": source.published,
        "max_chars": source.max_chars,
        "form": "parquet",
        "part_reports": part_reports,
    }


def code_into(parts: Parts, source: Source, options: Options) -> Iterator[dict[str, Any]]:
    """Code the reports that are not done yet, with a Spark job for each part; yields each part's manifest entry."""
    files = parts.files
    assert isinstance(files, HadoopFiles)
    size = parts.job["part_reports"]
    while (first := parts.reports) < source.rows:
        name = f"part={len(parts.done):05}"
        reports = source.between(first, min(first + size, source.rows))
        records = reports.mapInArrow(coder(options, source.published, source.max_chars), CODED)
        records.write.mode("overwrite").option("compression", "zstd").parquet(files.path(name))
        entry = {"path": name, **_counts(source.spark, files.path(name))}
        parts.add(entry)
        yield entry
    parts.close()


def coder(options: Options, published: str | None, max_chars: int) -> Callable[[_Batches], Iterator[pa.RecordBatch]]:
    """A function that does the work of a task: it turns batches of rows into batches of records.

    Where the task was tried before, one of its reports may kill the process. Then each report is coded in another
    process, so that only the report that causes it is rejected.
    """
    when = given_day(published)

    def code(batches: _Batches) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        rows = (_numbered(batch, max_chars) for batch in batches)
        dates = ([(n, dated(r, when) if isinstance(r, Report) else r) for n, r in some] for some in rows)
        if context is not None and context.attemptNumber() > 0:
            yield from _guarded(dates, options)
            return
        warm(options.reader)
        for some in dates:
            yield coded_batch(((number, coded(row, options)) for number, row in some), options.min_confidence)

    return code


def _guarded(some: Iterable[list[Numbered]], options: Options) -> Iterator[pa.RecordBatch]:
    from dateline.engines.workers import Worker

    worker = Worker(options.time_limit, options.all_entities, options.reader, options.min_confidence)
    try:
        yield from (worker.batch(reports_batch(numbered)) for numbered in some)
    finally:
        worker.close()


def _numbered(batch: pa.RecordBatch, max_chars: int) -> list[Numbered]:
    rows = ((row, row["row"] + 1) for row in batch.to_pylist())
    return [(row["number"], report_of(row, f"{row['name']}:{n}", n, max_chars)) for row, n in rows]


def _counts(spark: Any, path: str) -> dict[str, Any]:
    """The numbers of what a part holds, and a digest of its rows that does not depend on their order."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    table = spark.read.parquet(path)
    each = F.xxhash64("number", "record", "rejected")
    asked = (F.count("*"), F.count("rejected"), F.coalesce(F.sum("accounts"), F.lit(0)), F.expr("bit_xor(h)"))
    total, rejected, accounts, digest = table.withColumn("h", each).agg(*asked).first()
    counts = {"reports": total, "coded": total - rejected, "rejected": rejected, "accounts": accounts}
    return counts | {"rows_digest": f"{(digest or 0) & 0xFFFFFFFFFFFFFFFF:016x}"}


def _check(kinds: dict[str, str]) -> None:
    if "text" not in kinds:
        raise BadTable('There is no column "text".', remedy="Name the columns of the reports.")
    odd = [c for c in ("text", *FIELDS) if kinds.get(c, "string") != "string"]
    if [c for c in odd if c != "published" or kinds[c] not in ("date", "timestamp", "timestamp_ntz")]:
        raise BadTable(f"The columns {', '.join(odd)} are no strings.", remedy="Write them as strings.")
