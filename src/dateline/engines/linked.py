"""Reads what `dateline link --engine spark` wrote: the pairs of accounts with their weights, for use in a ledger."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.engines.manifest import digest_of
from dateline.engines.written import written_files
from dateline.linking.rivals import Link
from dateline.model.errors import BadLinks
from dateline.version import VERSION

#: The folder of the pairs, beside the events. Programs that read the events skip names that begin with `_`.
PAIRS = "_pairs"
_ROWS = 10_000


class Linked:
    """The weighed pairs in a folder of events, in the order of the later report. They are read only as needed."""

    def __init__(self, folder: str, coded: Sequence[str]) -> None:
        """`coded` are the paths of the codings that were linked. Raises BadLinks (DL-E019)."""
        self._folder = Path(folder)
        manifest = self._folder / "_manifest.json"
        if not manifest.is_file() or not (self._folder / PAIRS).is_dir():
            raise BadLinks("Spark has not linked into this folder, or not to the end.", where=folder)
        told = json.loads(manifest.read_text("utf-8"))
        self._check(told, coded)
        self.name = digest_of(manifest)[:16]
        self.weights: dict[str, dict[str, float]] = told["weights"]
        self._groups = itertools.groupby(self._pairs(), lambda pair: pair.b.partition("#")[0])
        self._next = next(self._groups, None)

    def of(self, reports: Collection[str]) -> Iterator[Link]:
        """The next pairs, as long as their later account is of one of these reports (by key)."""
        while self._next is not None and self._next[0] in reports:
            yield from self._next[1]
            self._next = next(self._groups, None)

    def _check(self, told: dict[str, Any], coded: Sequence[str]) -> None:
        if told["version"] != VERSION:
            raise BadLinks(f"They were drawn by version {told['version']}.", where=str(self._folder))
        if [file.stat().st_size for file in written_files(coded)] != [one["bytes"] for one in told["inputs"]]:
            raise BadLinks("They are of other codings than those that are added.", where=str(self._folder))

    def _pairs(self) -> Iterator[Link]:
        import pyarrow.parquet as pq

        for path in sorted((self._folder / PAIRS).glob("*.parquet")):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=list(Link._fields)):
                    yield from map(Link, *(batch.column(name).to_pylist() for name in Link._fields))
