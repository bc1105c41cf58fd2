"""`dateline pack`: reports of any format into one Parquet table, which every engine can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.common import day_given, force_option, published_option, talk, whole
from dateline.cli.tally import Tally, finish

if TYPE_CHECKING:
    from dateline.model import Report

#: The number of reports in a row group of Parquet: a program that reads the table holds so many at once.
_GROUP = 1_000


@click.command(epilog="Exit status: 0 done, 1 error, 2 usage, 3 done but some reports were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", type=click.Path(dir_okay=False), required=True, metavar="FILE.parquet", help="Write here.")
@force_option
@published_option
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def pack(paths: tuple[str, ...], out: str, published: str | None, quiet: bool) -> None:
    """Read reports, and write them as a table: uri, text, published, title, publisher, and what the reader of each file
    knows besides (as_read); a report a row.

    Spark reads this table, and so does `dateline code` on one machine, with the same records.

    \b
    Examples:
      dateline pack news/ monday.zip --out reports.parquet
    """
    published = day_given(published)
    import pyarrow as pa
    import pyarrow.parquet as pq

    from dateline.model import Report
    from dateline.model.batches import batches
    from dateline.readers import read_paths
    from dateline.readers.parquet import AS_READ

    form = pa.schema([(name, pa.string()) for name in ("uri", "text", "published", "title", "publisher", AS_READ)])
    tally = Tally()
    with whole(out, "wb") as stream, pq.ParquetWriter(stream, form, compression="zstd") as writer:
        for some in batches(read_paths(paths, published), _GROUP):
            for one in some:
                if not isinstance(one, Report):
                    tally.take(one)
            rows = [_row(one) for one in some if isinstance(one, Report)]
            tally.total += len(rows)
            writer.write_table(pa.Table.from_pylist(rows, schema=form))
    talk(f"{tally.total - tally.rejected} reports are in {out}.", quiet)
    finish(tally, quiet)


def _row(report: Report) -> dict[str, str | None]:
    from dateline.readers.parquet import AS_READ, packed

    published = report.published.start if report.published else None
    return {"uri": report.uri, "text": report.text, "published": published, "title": report.title,
            "publisher": report.publisher, AS_READ: packed(report)}  # fmt: skip
