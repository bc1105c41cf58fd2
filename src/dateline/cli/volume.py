"""Coding into a folder of parts, for `dateline code` with more output than one file should hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from dateline.cli.common import may_overwrite, talk
from dateline.cli.fetching import reports_of_paths
from dateline.cli.tally import Tally, finish

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.engines import Options
    from dateline.engines.seam import Coded, Row

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        show_default=True,
        help="On this machine, or on Spark (Parquet in and out; docs/volume.md).",
    ),
    click.option("--master", metavar="URL", help="Spark's master: local[2], spark://HOST:7077, yarn."),
    click.option(
        "--conf", "settings", multiple=True, metavar="KEY=VALUE", help="A setting of Spark's; may be repeated."
    ),
)
_PART_REPORTS = click.option(
    "--part-reports",
    type=click.IntRange(1),
    help="Reports of a part, where the output is a folder: so many are coded again after an interruption; default: "
    "1,000, on Spark 100,000.",
)
#: The number of reports in a part, when coding on this machine.
_PART = 1_000


@dataclass(frozen=True, slots=True)
class Cluster:
    """The options that concern the engine."""

    engine: str
    master: str | None
    settings: tuple[str, ...]

    @property
    def is_spark(self) -> bool:
        """Is the work done by Spark?"""
        return self.engine == "spark"

    def check(self) -> None:
        """Raises UsageError where options make no sense together."""
        if not self.is_spark and (self.master or self.settings):
            raise click.UsageError("--master and --conf need --engine spark.")
        if any("=" not in one for one in self.settings):
            raise click.UsageError("--conf takes KEY=VALUE.")


def engine_options(command: F) -> F:
    """Add the options that choose an engine to a command; it gets them as one argument `cluster`."""

    @wraps(command)
    def chosen(*args: Any, **given: Any) -> Any:
        cluster = Cluster(*(given.pop(name) for name in Cluster.__slots__))
        cluster.check()
        return command(*args, cluster=cluster, **given)

    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return chosen  # type: ignore[return-value]


def part_reports_option(command: F) -> F:
    """Add the option for the size of parts."""
    return _PART_REPORTS(command)


def is_folder(out: str | None, form: str | None) -> bool:
    """Does the output go to a folder, in parts? It does for Parquet, and where `out` is a folder or named like one."""
    if out is None:
        if form == "parquet":
            raise click.UsageError("--format parquet needs --out FOLDER.")
        return False
    return form == "parquet" or out.endswith("/") or Path(out).is_dir()


@dataclass(frozen=True, slots=True)
class Work:
    """The work of coding reports into a folder."""

    paths: tuple[str, ...]
    out: str
    form: str | None
    options: Options
    published: str | None
    max_chars: int
    processes: int
    part_reports: int | None
    quiet: bool
    fetch: bool = False

    def rows(self) -> Iterator[Row]:
        """The reports."""
        return reports_of_paths(self.paths, self.published, self.fetch, self.max_chars)

    def expected(self) -> int | None:
        """How many reports there are; None where that is not known."""
        from dateline.readers import expected

        return expected(self.paths)

    def codings(self) -> Iterator[Coded]:
        """The codings and rejections, one by one."""
        from dateline.engines import code_all

        own = self.options
        return code_all(self.rows(), self.processes, own.all_entities, own.reader, own.time_limit)

    def batches(self, reports: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The records of batches of reports."""
        from dateline.engines import code_batches

        return code_batches(reports, self.options, self.processes)

    def job(self) -> dict[str, Any]:
        """The job: what makes the output, and from which inputs. The number of processes is left out, because it does
        not change the output."""
        from dateline.engines.manifest import inputs_of, made_by
        from dateline.readers.reading import sources

        if any(name == "-" or Path(name).is_fifo() for name in self.paths):
            raise click.UsageError("Standard input and pipes cannot be read twice: write it to a file first.")
        if self.form not in (None, "parquet", "jsonl"):
            raise click.UsageError("A folder holds parts in --format parquet or jsonl.")
        return {
            "made_by": made_by(self.options),
            "inputs": inputs_of(source.path for source in sources(self.paths)),
            "published": self.published,
            "max_chars": self.max_chars,
            "fetch": self.fetch,
            "form": self.form or "parquet",
            "part_reports": self.part_reports or _PART,
        }


def code_to_folder(work: Work, cluster: Cluster) -> None:
    """Code the reports that are not coded yet, part by part. When all is done, another run does nothing and says so."""
    if cluster.is_spark:
        return code_on_spark(work, cluster)
    from dateline.engines.files import LocalFiles
    from dateline.engines.parts import Parts, code_into

    folder = LocalFiles(Path(work.out))
    parts = Parts.of(folder, work.job(), anew=may_overwrite())
    if parts.is_whole:
        return talk(f"Nothing to do: all {parts.reports} reports were coded before; {work.out} holds them.", work.quiet)
    if parts.done:
        talk(f"{parts.reports} reports were coded before; going on from there.", work.quiet)
    tally = Tally()
    try:
        coded = code_into(parts, folder, work.rows(), work.batches)
        for _ in counted(coded, tally, work, parts.reports):
            pass
    except KeyboardInterrupt:
        talk(f"{parts.reports} reports are in {work.out}; run the command again for the rest.", quiet=False)
        raise click.Abort from None
    found = parts.counts()
    talk(f"{found['coded']} reports coded, {found['accounts']} accounts, {found['rejected']} rejected.", work.quiet)
    return finish(tally, work.quiet)


def code_on_spark(work: Work, cluster: Cluster) -> None:
    """As `code_to_folder`, on a cluster: Parquet in, Parquet out."""
    from dateline.engines.spark import session

    if not work.out or work.form not in (None, "parquet"):
        raise click.UsageError("--engine spark writes Parquet: give --out FOLDER/, and no other --format.")
    with session.started(cluster.master, cluster.settings) as spark:
        found = _coded_by(spark, work)
    if found is None:
        return talk(f"Nothing to do: all reports were coded before; {work.out} holds them.", work.quiet)
    talk(f"{found['coded']} reports coded, {found['accounts']} accounts, {found['rejected']} rejected.", work.quiet)
    if found["rejected"]:
        talk(f'Why: the column "rejected" of {work.out}.', work.quiet)
        raise click.exceptions.Exit(3)
    return None


def _coded_by(spark: Any, work: Work) -> dict[str, int] | None:
    """Let Spark code what is not coded yet; gives the sums of what the folder then holds; None if all was done."""
    from dateline.cli.progress import pace
    from dateline.engines.parts import Parts
    from dateline.engines.spark import coding
    from dateline.engines.spark.files import HadoopFiles

    source = coding.Source.of(spark, work.paths, work.published, work.max_chars)
    job = coding.job(source, work.options, work.part_reports or coding.PART_REPORTS)
    parts = Parts.of(HadoopFiles(spark, work.out), job, may_overwrite(), HadoopFiles.OURS)
    if parts.is_whole:
        return None
    if parts.done:
        talk(f"{parts.reports} reports were coded before; going on from there.", work.quiet)
    with pace("coding", work.quiet, source.rows, parts.reports) as advance:
        for entry in coding.code_into(parts, source, work.options):
            advance(entry["reports"], entry["rejected"])
    return parts.counts()


def write_lines(work: Work, stream: TextIO, tally: Tally) -> None:
    """Write records as JSON lines, as they come from other processes, which have made the lines."""
    from dateline.engines import batched

    for batch in counted(work.batches(batched(work.rows())), tally, work):
        stream.writelines(f"{line}\n" for line in batch["record"].to_pylist() if line is not None)


def counted(coded: Iterator[pa.RecordBatch], tally: Tally, work: Work, before: int = 0) -> Iterator[pa.RecordBatch]:
    """The batches of records as they come. It counts all reports, says why some were rejected, and shows the progress.

    `before` is the number of reports done in earlier runs.
    """
    from dateline.cli.progress import pace

    with pace("coding", work.quiet, work.expected(), before) as advance:
        for batch in coded:
            tally.take_batch(batch)
            yield batch
            advance(batch.num_rows, tally.rejected)
