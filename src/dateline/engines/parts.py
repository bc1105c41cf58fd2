"""Output in parts. Each part appears whole or not at all, so that an interrupted run can go on where it stopped.

A folder holds the parts `part-00000.parquet` (or `.jsonl`) and so on, with a fixed number of reports each. After each
part, `_parts/00000.json` is written, which says that the part is whole. `_job.json` says which job the folder belongs
to. `_manifest.json` is written last and says that everything is done. Programs that read a folder of Parquet skip names
that begin with `_`.
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
#: A function that codes: it takes batches of reports and gives batches of records, in the same order.
Engine = Callable[[Iterable["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]
#: Patterns of the files that a job writes into its folder, besides `_job.json`, and of the temporary files that remain
#: when a process is killed while it writes.
_OURS = ("_manifest.json", "part-?????.parquet", "part-?????.jsonl", "_rejected/?????.jsonl", "_parts/?????.json")
_DRAFTS = (".dateline-*.part", "_parts/.dateline-*.part", "_rejected/.dateline-*.part")
#: Rows in a row group of a Parquet part.
_GROUP = 500


@dataclass
class Parts:
    """The parts in a folder. All are of one job: plain data that say what makes the output, and from which inputs."""

    files: Files
    job: dict[str, Any]
    done: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def of(files: Files, job: dict[str, Any], anew: bool = False, ours: tuple[str, ...] = _OURS) -> Parts:
        """Open a folder for a job, with the parts that are already done. `anew` first deletes what an earlier job
        wrote (files that match `ours`).

        Raises OtherJob (DL-E014) where the folder belongs to another job, FileThere (DL-E013) where it holds something
        else, CannotWrite (DL-E007).
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
        """Was the whole job already done?"""
        return self.files.read("_manifest.json") is not None

    def add(self, entry: dict[str, Any]) -> None:
        """Record that the next part is written and whole."""
        with writable(self.files.name):
            self.files.write(_entry(len(self.done)), as_text(entry))
        self.done.append(entry)

    def close(self) -> None:
        """Record that the whole job is done."""
        record = {**self.job, "outputs": self.done, "counts": self.counts()}
        with writable(self.files.name):
            self.files.write("_manifest.json", as_text(record))

    def counts(self) -> dict[str, int]:
        """The sums of what the finished parts hold."""
        return counted(self.done)

    def _check(self, before: dict[str, Any]) -> None:
        # Convert the job to JSON and back, so that it can be compared with the one that was read from JSON.
        now = json.loads(json.dumps(self.job))
        other = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
        if other:
            raise OtherJob(f"It holds the output of other work: {', '.join(other)} differ.", where=self.files.name)


def code_into(parts: Parts, folder: LocalFiles, rows: Iterable[Row], engine: Engine) -> Iterator[pa.RecordBatch]:
    """Code the reports that are not done yet and write them part by part; yields the records as they come."""
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
    """Write a part; gives its entry for the manifest."""
    path = folder / f"part-{number:05}.{form}"
    with writable(str(path)):
        write_rows(rows, path, folder / "_rejected" / f"{number:05}.jsonl")
        return {"path": path.name, **_counts_of(rows), "bytes": path.stat().st_size, "sha256": digest_of(path)}


@contextmanager
def writable(where: str) -> Iterator[None]:
    """Turn an OSError in the `with` block into CannotWrite (DL-E007), which names the place."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=where) from None


def _entry(number: int) -> str:
    return f"_parts/{number:05}.json"


def _counts_of(rows: pa.Table) -> dict[str, int]:
    """The numbers of reports that were coded and rejected, and of accounts."""
    import pyarrow.compute as pc

    rejected = rows.num_rows - rows["rejected"].null_count
    accounts = pc.sum(rows["accounts"]).as_py() or 0
    return {"reports": rows.num_rows, "coded": rows.num_rows - rejected, "rejected": rejected, "accounts": accounts}


def write_rows(rows: pa.Table, path: Path, rejected: Path) -> None:
    """Write records to one file, as Parquet or JSON lines depending on its name. With JSON lines, rejected reports go
    to the file `rejected`."""
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
