"""The learned reader: a small network that tells which words of a report tell of a happening of one of our types, of
which type, and what belongs to it.

`read(sentences)` reads a report once and gives probabilities. Other rooms decide what follows from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Sentence
from dateline.reader.network import shipped
from dateline.reader.reading import Reading, Told
from dateline.reader.windows import windows

#: What belongs to a telling is looked for in so many sentences before and after it, as in its training.
NEAR = 4
#: The name of the reader, written into each record. It changes when the weights change.
NAME = "learned-3"

__all__ = ["NAME", "NEAR", "Reading", "Told", "read"]


def read(sentences: Sequence[Sentence]) -> Reading:
    """Read the sentences of one report in their context. Raises NotInstalled where the weights, or the packages that
    run them, are missing."""
    network = shipped()
    cut = windows(sentences, network.tokenizer)
    words = [word for window in cut for word in window.words]
    return Reading(words, network.rows(cut), network.comparing, max((s.index + 1 for s in sentences), default=0))
