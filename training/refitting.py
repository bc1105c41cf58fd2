"""Does fitting weights anew to judgements help on incidents that nobody judged?

    python -m training.refitting [FOLDER]    FOLDER keeps the codings, as that of `training.linking --kept`

A ledger with the weights of somebody's beliefs (linking_beliefs.yaml) takes in one half of the incidents. A reviewer
who knows them goes through the queue: accepts what is one incident, splits what is several, and says of the nearest
other event whether it is the same. The other half is linked with the beliefs, and with what is fitted to that.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from dateline.ledger import Ledger, Query
from dateline.model import Coding
from dateline.model.event import Event
from training.linking import beliefs, codings, gold_of, incidents

_SET = "incidents"
#: Events that the reviewer looks at.
_LOOKS = (100, 200, 400)


def main() -> None:
    """Judge in one half, measure on the other."""
    coded = codings(_SET, Path(sys.argv[1]) if sys.argv[1:] else None)
    gold = gold_of(_SET)
    halves = [[row for row in gold if _half(row["incident"]) == k] for k in (0, 1)]
    for known, unseen in (halves, halves[::-1]):
        part = incidents(_SET, coded, unseen)
        told = part.figures(part.clusters(beliefs()))
        print(f"beliefs: CoNLL {told['conll']:.4f}, pairs {told['pairs']:.4f}", flush=True)
        for looks in _LOOKS:
            with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/ledger.sqlite", create=True) as ledger:
                _review(ledger, coded, known, looks)
                found = ledger.refitted()
            told = part.figures(part.clusters(found.weights))
            print(
                f"{looks} events judged, {found.decisions} decisions on {found.same + found.different} pairs: ",
                f"log loss {found.before.loss:.3f} -> {found.after.loss:.3f}; ",
                f"CoNLL {told['conll']:.4f}, pairs {told['pairs']:.4f}",
                sep="",
                flush=True,
            )


def _half(incident: str) -> int:
    return hashlib.sha256(incident.encode()).digest()[0] % 2


def _review(ledger: Ledger, coded: list[Coding], known: list[dict[str, Any]], looks: int) -> None:
    incident = {g["uri"]: g["incident"] for g in known}
    ledger.set_weights(beliefs())
    ledger.add(c for c in coded if c.report.uri in incident)
    for event in ledger.events(Query(order="doubt"), limit=looks).events:
        record = ledger.event(event.id).event
        if record.id == event.id:
            _judge(ledger, record, incident)


def _judge(ledger: Ledger, event: Event, incident: dict[str, str]) -> None:
    groups: dict[str, list[str]] = {}
    for row in event.accounts:
        groups.setdefault(incident[row.report_uri], []).append(row.key)
    if len(groups) > 1:
        ledger.judge("split", event.id, groups=list(groups.values()))
        return
    if len(event.accounts) > 1:
        ledger.judge("accept", event.id)
    for other, _ in ledger.near(event.id)[:1]:
        uris = {row.report_uri for row in ledger.event(other).event.accounts}
        ledger.judge("same" if {incident[u] for u in uris} == set(groups) else "different", event.id, other=other)


if __name__ == "__main__":
    main()
