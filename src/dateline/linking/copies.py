"""Reports that are copies of one another (syndicated, or with a new opening), which count as one source."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator

from dateline.model import Report

_WORD = re.compile(r"\w+")
#: The length of the runs of words that are compared; and the share of runs in common (Jaccard index) from which on two
#: reports are copies.
_SHINGLE, _COPY = 4, 0.6
#: MinHash values of a report, how many of them make a band, and the seed of the hashes. Two copies share a band with a
#: probability above 0.98.
_PERMUTATIONS, _BAND, _SEED = 128, 4, 7

Signature = array  # of 128 unsigned 32-bit numbers


def signature(report: Report) -> Signature[int]:
    """The MinHash signature of a report's runs of four words (made by the package rensa). The share of equal values in
    two signatures estimates the share of runs in common."""
    from rensa import RMinHash

    words = [w.lower() for w in _WORD.findall(report.text)]
    runs = {" ".join(words[k : k + _SHINGLE]) for k in range(max(1, len(words) - _SHINGLE + 1))}
    hashes = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    hashes.update(sorted(runs))
    return array("I", hashes.digest())


def bands(of: Signature[int]) -> Iterator[bytes]:
    """The bands of a signature. Two copies almost always share a band, so only such reports are compared."""
    for k in range(0, _PERMUTATIONS, _BAND):
        yield k.to_bytes(2, "big") + of[k : k + _BAND].tobytes()


def are_copies(a: Signature[int], b: Signature[int]) -> bool:
    """Do the two reports share enough of their runs to be copies?"""
    return sum(x == y for x, y in zip(a, b, strict=True)) >= _COPY * _PERMUTATIONS


class Copies:
    """The reports so far, and for each the earlier report that it is a copy of."""

    def __init__(self) -> None:
        self._signatures: list[Signature[int]] = []
        self._sources: list[str] = []
        self._banded: dict[bytes, list[int]] = defaultdict(list)

    def source_of(self, report: Report, key: str) -> str:
        """Add a report under a key; returns the key of the first report that it is a copy of, else its own key."""
        own = signature(report)
        shared = sorted({k for band in bands(own) for k in self._banded.get(band, ())})
        source = next((self._sources[k] for k in shared if are_copies(own, self._signatures[k])), key)
        for band in bands(own):
            self._banded[band].append(len(self._sources))
        self._signatures.append(own)
        self._sources.append(source)
        return source
