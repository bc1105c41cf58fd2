"""The learned reader: which words tell of a happening of ours, of which type, and what belongs to it.

`read(sentences)` reads a report once. What it says are probabilities; what follows from them is decided by others.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Sentence
from dateline.reader.network import shipped
from dateline.reader.reading import Reading, Told
from dateline.reader.windows import windows

#: What belongs to a telling is looked for in so many sentences before and after it; so it was trained.
NEAR = 4
#: Which reader a record was made with; a change of its weights changes it.
NAME = "learned-3"

__all__ = ["NAME", "NEAR", "Reading", "Told", "read"]


def read(sentences: Sequence[Sentence]) -> Reading:
    """Read the sentences of one report in their context. NotInstalled without the weights or what runs them."""
    network = shipped()
    cut = windows(sentences, network.tokenizer)
    words = [word for window in cut for word in window.words]
    return Reading(words, network.rows(cut), network.comparing, max((s.index + 1 for s in sentences), default=0))
