"""A ledger of many events, for measuring the page and its API.

python -m benchmarks.many_events EVENTS LEDGER
"""

from __future__ import annotations

import argparse

from benchmarks.world import World
from dateline.ledger import Ledger

#: An event is told by one report, seldom by two; so that most accounts are events.
_TELLINGS = (1, 1, 1, 1, 2)


def made(events: int, address: str) -> int:
    """Add reports of a made-up world until the ledger holds so many events; gives their number."""
    world = World(tellings=_TELLINGS, memory=False).codings(10 * events)
    with Ledger.open(address, create=True, by="benchmark") as ledger:
        while (held := ledger.count()) < events:
            missing = max(100, events - held)
            ledger.add(coding for coding, _ in zip(world, range(missing), strict=False))
        return ledger.count()


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=int)
    parser.add_argument("ledger")
    args = parser.parse_args()
    print(f"{made(args.events, args.ledger)} events")


if __name__ == "__main__":
    main()
