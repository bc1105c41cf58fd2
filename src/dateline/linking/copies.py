"""Reports that are copies of one another (syndicated, or with a new opening), which count as one source."""

from __future__ import annotations

import re

from dateline.model import Report

_WORD = re.compile(r"\w+")
#: Words in a row that are compared, and the share of them in common (Jaccard) from which two reports are copies.
_SHINGLE, _COPY = 4, 0.6
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 7


class Copies:
    """The reports so far, and of which earlier report each is a copy. MinHash by rensa: no pair is compared in full."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(threshold=_COPY, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._hashes: list[object] = []
        self._uris: list[str] = []
        self._source: dict[str, str] = {}

    def add(self, report: Report) -> None:
        """Take a report in; it is a copy of the first earlier one that it shares enough of its text with."""
        from rensa import RMinHash

        words = [w.lower() for w in _WORD.findall(report.text)]
        shingles = {" ".join(words[k : k + _SHINGLE]) for k in range(max(1, len(words) - _SHINGLE + 1))}
        hashes = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        hashes.update(sorted(shingles))
        near = sorted(k for k in self._index.query(hashes) if hashes.jaccard(self._hashes[k]) >= _COPY)
        self._index.insert(len(self._uris), hashes)
        self._hashes.append(hashes)
        self._uris.append(report.uri)
        self._source[report.uri] = self._source[self._uris[near[0]]] if near else report.uri

    def source(self, uri: str) -> str:
        """The URI of the first report of which it is a copy; its own where it is none."""
        return self._source[uri]
