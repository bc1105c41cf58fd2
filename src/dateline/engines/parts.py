"""Output in parts: each appears whole or not at all, so that an interrupted run goes on where it stopped.

A folder holds `part-00000.parquet` (or `.jsonl`) and so on, a fixed number of reports each; `_parts/00000.json`,
written after its part, says that it is whole; `_job.json` what work the folder is of; `_manifest.json`, written last,
that all is done. Names that begin with `_` are passed over by whatever reads a folder of Parquet.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateline.engines.manifest import as_text, counted, digest_of
from dateline.engines.seam import Row, batched
from dateline.model.errors import CannotWrite, FileThere, OtherJob
from dateline.model.files import whole_file

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["parquet", "jsonl"]
#: What a folder is coded by: batches of reports in, batches of records out, in order.
Engine = Callable[[Iterable["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]
#: What is written into a folder, besides `_job.json`.
_OURS = ("_manifest.json", "part-?????.parquet", "part-?????.jsonl", "_rejected/?????.jsonl", "_parts/?????.json")
#: Rows of a group in a part of Parquet.
_GROUP = 500


@dataclass
class Parts:
    """A folder of parts, of one job (plain data that says by what and of what it is made)."""

    folder: Path
    job: dict[str, Any]
    done: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def of(folder: Path, job: dict[str, Any], anew: bool = False) -> Parts:
        """The folder, with what of the job is done already; `anew` takes away what it holds.

        Raises OtherJob (DL-E014) where it is of another job, FileThere (DL-E013) where it holds something else,
        CannotWrite (DL-E007).
        """
        parts = Parts(folder, job)
        try:
            parts._open(anew)
        except OSError as error:
            raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(folder)) from None
        return parts

    @property
    def reports(self) -> int:
        """How many reports are done."""
        return sum(part["reports"] for part in self.done)

    @property
    def is_whole(self) -> bool:
        """Was all done before?"""
        return (self.folder / "_manifest.json").exists()

    def code(self, rows: Iterable[Row], engine: Engine) -> Iterator[pa.RecordBatch]:
        """Code the reports that are not done yet, and write them part by part; gives the records as they come."""
        import pyarrow as pa

        first = self.reports
        size = self.job["part_reports"]
        held: list[pa.RecordBatch] = []
        for batch in engine(batched(itertools.islice(rows, first, None), first)):
            yield batch
            held.append(batch)
            while sum(one.num_rows for one in held) >= size:
                whole = pa.Table.from_batches(held).combine_chunks()
                self._put(whole.slice(0, size))
                held = whole.slice(size).to_batches()
        if held:
            self._put(pa.Table.from_batches(held))
        self._close()

    def counts(self) -> dict[str, int]:
        """What the parts that are done hold together."""
        return counted(self.done)

    # ------------------------------------------------------------ the folder

    def _open(self, anew: bool) -> None:
        job = self.folder / "_job.json"
        is_ours = job.exists()
        if anew and is_ours:
            self._clear()
        if not job.exists():
            if not is_ours and self.folder.exists() and any(self.folder.iterdir()):
                raise FileThere("The folder holds other files.", where=str(self.folder), remedy="Name another folder.")
            (self.folder / "_parts").mkdir(parents=True, exist_ok=True)
            _write(job, as_text(self.job))
            return
        self._check(json.loads(job.read_text(encoding="utf-8")))
        with suppress(FileNotFoundError):
            while True:
                entry = self.folder / "_parts" / f"{len(self.done):05}.json"
                self.done.append(json.loads(entry.read_text(encoding="utf-8")))

    def _check(self, before: dict[str, Any]) -> None:
        # As JSON gives it back.
        now = json.loads(json.dumps(self.job))
        other = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
        if other:
            raise OtherJob(f"It holds the output of other work: {', '.join(other)} differ.", where=str(self.folder))

    def _clear(self) -> None:
        """Take away what an earlier job wrote, and nothing else."""
        for path in (p for pattern in _OURS for p in self.folder.glob(pattern)):
            path.unlink()
        (self.folder / "_job.json").unlink()
        for name in ("_parts", "_rejected"):
            with suppress(OSError):
                (self.folder / name).rmdir()

    def _put(self, rows: pa.Table) -> None:
        """Write the next part, and then that it is whole."""
        number = len(self.done)
        name = f"part-{number:05}.{self.job['form']}"
        try:
            write_rows(rows, self.folder / name, self.folder / "_rejected" / f"{number:05}.jsonl")
            entry = {"path": name, **counts_of(rows), **_sealed(self.folder / name)}
            _write(self.folder / "_parts" / f"{number:05}.json", as_text(entry))
        except OSError as error:
            raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(self.folder / name)) from None
        self.done.append(entry)

    def _close(self) -> None:
        record = {**self.job, "outputs": self.done, "counts": self.counts()}
        _write(self.folder / "_manifest.json", as_text(record))


def counts_of(rows: pa.Table) -> dict[str, int]:
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
        rejected.parent.mkdir(exist_ok=True)
        _write(rejected, "".join(f"{line}\n" for line in lost))
    _write(path, "".join(f"{line}\n" for line in rows["record"].to_pylist() if line is not None))


def _sealed(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": digest_of(path)}


def _write(path: Path, text: str) -> None:
    with whole_file(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
