"""Output in parts: each appears whole or not at all, so that an interrupted run goes on where it stopped.

A folder holds `part-00000.parquet` (or `.jsonl`) and so on, a fixed number of reports each; `_parts/00000.json`,
written after its part, says that it is whole; `_job.json` what work the folder is of; `_manifest.json`, written last,
that all is done. Names that begin with `_` are passed over by whatever reads a folder of Parquet.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateline.engines.files import Files, LocalFiles
from dateline.engines.manifest import as_text, counted, digest_of
from dateline.engines.seam import Row, batched
from dateline.model.errors import CannotWrite, FileThere, OtherJob
from dateline.model.files import whole_file

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["parquet", "jsonl"]
#: What a folder is coded by: batches of reports in, batches of records out, in order.
Engine = Callable[[Iterable["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]
#: What is written into a folder, besides `_job.json`; and what a process leaves that is killed while it writes.
_OURS = ("_manifest.json", "part-?????.parquet", "part-?????.jsonl", "_rejected/?????.jsonl", "_parts/?????.json")
_DRAFTS = (".dateline-*.part", "_parts/.dateline-*.part", "_rejected/.dateline-*.part")
#: Rows of a group in a part of Parquet.
_GROUP = 500


@dataclass
class Parts:
    """The parts of a folder, of one job (plain data that says by what and of what it is made)."""

    files: Files
    job: dict[str, Any]
    done: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def of(files: Files, job: dict[str, Any], anew: bool = False, ours: tuple[str, ...] = _OURS) -> Parts:
        """The folder, with what of the job is done already; `anew` takes away what an earlier job wrote (`ours`).

        Raises OtherJob (DL-E014) where it is of another job, FileThere (DL-E013) where it holds something else,
        CannotWrite (DL-E007).
        """
        parts = Parts(files, job)
        with writable(files.name):
            before = files.read("_job.json")
            if before is None and not files.is_empty():
                raise FileThere("The folder holds other files.", where=files.name, remedy="Name another folder.")
            files.clear(_DRAFTS if before is None or not anew else (*_DRAFTS, *ours))
            if before is None or anew:
                files.write("_job.json", as_text(job))
            else:
                parts._check(json.loads(before))
            while (entry := files.read(_entry(len(parts.done)))) is not None:
                parts.done.append(json.loads(entry))
        return parts

    @property
    def reports(self) -> int:
        """How many reports are done."""
        return sum(part["reports"] for part in self.done)

    @property
    def is_whole(self) -> bool:
        """Was all done before?"""
        return self.files.read("_manifest.json") is not None

    def add(self, entry: dict[str, Any]) -> None:
        """Say of the next part, which is written, that it is whole."""
        with writable(self.files.name):
            self.files.write(_entry(len(self.done)), as_text(entry))
        self.done.append(entry)

    def close(self) -> None:
        """Say that all is done."""
        record = {**self.job, "outputs": self.done, "counts": self.counts()}
        with writable(self.files.name):
            self.files.write("_manifest.json", as_text(record))

    def counts(self) -> dict[str, int]:
        """What the parts that are done hold together."""
        return counted(self.done)

    def _check(self, before: dict[str, Any]) -> None:
        # As JSON gives it back.
        now = json.loads(json.dumps(self.job))
        other = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
        if other:
            raise OtherJob(f"It holds the output of other work: {', '.join(other)} differ.", where=self.files.name)


def code_into(parts: Parts, folder: LocalFiles, rows: Iterable[Row], engine: Engine) -> Iterator[pa.RecordBatch]:
    """Code the reports that are not done yet, and write them part by part; gives the records as they come."""
    import pyarrow as pa

    first, size = parts.reports, parts.job["part_reports"]
    held: list[pa.RecordBatch] = []
    for batch in engine(batched(itertools.islice(rows, first, None), first)):
        yield batch
        held.append(batch)
        while sum(one.num_rows for one in held) >= size:
            whole = pa.Table.from_batches(held).combine_chunks()
            parts.add(_put(whole.slice(0, size), folder.folder, len(parts.done), parts.job["form"]))
            held = whole.slice(size).to_batches()
    if held:
        parts.add(_put(pa.Table.from_batches(held), folder.folder, len(parts.done), parts.job["form"]))
    parts.close()


def _put(rows: pa.Table, folder: Path, number: int, form: Form) -> dict[str, Any]:
    """Write a part; gives what the manifest says of it."""
    path = folder / f"part-{number:05}.{form}"
    with writable(str(path)):
        write_rows(rows, path, folder / "_rejected" / f"{number:05}.jsonl")
        return {"path": path.name, **_counts_of(rows), "bytes": path.stat().st_size, "sha256": digest_of(path)}


@contextmanager
def writable(where: str) -> Iterator[None]:
    """Say of what cannot be written where it was to be written. Raises CannotWrite (DL-E007)."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=where) from None


def _entry(number: int) -> str:
    return f"_parts/{number:05}.json"


def _counts_of(rows: pa.Table) -> dict[str, int]:
    """How many reports were coded, and rejected, and their accounts."""
    import pyarrow.compute as pc

    rejected = rows.num_rows - rows["rejected"].null_count
    accounts = pc.sum(rows["accounts"]).as_py() or 0
    return {"reports": rows.num_rows, "coded": rows.num_rows - rejected, "rejected": rejected, "accounts": accounts}


def write_rows(rows: pa.Table, path: Path, rejected: Path) -> None:
    """Write records to one file, as Parquet or as JSON lines by its name; as lines, what was rejected to another."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        with whole_file(path, "wb") as stream:
            pq.write_table(rows, stream, compression="zstd", row_group_size=_GROUP)
        return
    lost = [line for line in rows["rejected"].to_pylist() if line is not None]
    if lost:
        _write_lines(rejected, lost)
    _write_lines(path, [line for line in rows["record"].to_pylist() if line is not None])


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with whole_file(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
