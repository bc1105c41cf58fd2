"""The learned reader: which words tell of a happening of ours, of which type, and what belongs to it.

`read(sentences)` reads a report once. What it says are probabilities; what follows from them is decided by others.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Sentence
from dateline.reader.network import network
from dateline.reader.reading import Reading, Told
from dateline.reader.windows import windows

__all__ = ["Reading", "Told", "read"]


def read(sentences: Sequence[Sentence]) -> Reading | None:
    """Read the sentences of one report in their context; None where there are no words. NotInstalled without weights."""
    net = network()
    cut = windows(sentences, net.tokenizer)
    if not cut:
        return None
    words = [word for window in cut for word in window.words]
    return Reading(words, net.rows(cut), net.comparing, max(s.index for s in sentences) + 1)
