"""Leave out accounts of which the learned reader and the rules together are not sure enough."""

from __future__ import annotations

from dateline.coding.confidence import confidence
from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import SHORT, Reading
from dateline.model.trace import note

#: The least confidence of an account that is kept. Of 0.4, 0.45, 0.5 and 0.55 the best for claims, on sources that the
#: reader had not seen (0.715, 0.721, 0.724, 0.732 when it was chosen).
LEAST = 0.55
#: An account of a very short report (SHORT) is kept from this `Heard.alone` on, whatever its confidence: the signs were
#: weighed on long reports, where unsure accounts are mostly background.
PLAIN = 0.95


@step(
    "coding.accepting",
    reads="type status scope mentions sentences when own_time own_place actors counts items said_by heard",
    writes="",
)
def accept(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Leave out the drafts that are least sure. Where the learned reader did not read the report, keep all."""
    brief = len(reading.document.sentences) <= SHORT
    return [d for d in drafts if d.heard is None or (brief and d.heard.alone >= PLAIN) or not _is_dropped(d)]


def _is_dropped(draft: Draft) -> bool:
    sure = confidence(draft)
    if sure < LEAST:
        note("coding.accepting.unsure", draft.trigger, f"left out: {sure:.2f}")
    return sure < LEAST
