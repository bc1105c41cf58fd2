"""Runs attacks and prints what was tried and what failed; exit status 1 where anything failed.

python -m tests.attack                        all, in ten minutes
python -m tests.attack --short                all, in two minutes
python -m tests.attack kills --times 200      one of them, as often as is said
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time

#: Seconds for all attacks: what they take to get ready comes on top.
_LONG, _SHORT = 540.0, 60.0
#: Failures that are told of each attack.
_TOLD = 10


def main() -> int:
    """Gives the exit status."""
    # Attacks know nothing of the actors and places that whoever runs them has added, and read by rules alone.
    os.environ["DATELINE_READER"] = "rules"
    os.environ["DATELINE_HOME"] = tempfile.mkdtemp(prefix="dateline-attack-")
    from tests.attack.budget import Budget, Result
    from tests.attack.registry import ATTACKS

    names = {attack.name.replace(" ", "-"): attack for attack in ATTACKS}
    parser = argparse.ArgumentParser(prog="python -m tests.attack")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"Of {', '.join(names)}; default: all.")
    parser.add_argument("--short", action="store_true", help="In two minutes, not ten.")
    parser.add_argument("--times", type=int, help="Rounds of each attack, whatever time they take.")
    parser.add_argument("--seed", type=int, default=1, help="Of what is drawn by chance; default: 1.")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(names):
        parser.error(f"no such attack: {', '.join(sorted(unknown))}")
    seconds = 1e9 if chosen.times else _SHORT if chosen.short else _LONG
    failed = 0
    print(f"{'attack':18} {'tried':>7} {'failed':>7} {'seconds':>8}", flush=True)
    for name in chosen.names or names:
        begun = time.monotonic()
        try:
            found = names[name].run(Budget(max(1.0, names[name].share * seconds), chosen.times, chosen.seed))
        except Exception as error:
            found = Result(1, [f"the attack itself ended with {error!r}"])
        took = time.monotonic() - begun
        print(f"{names[name].name:18} {found.tried:7} {len(found.failed):7} {took:8.0f}  {found.note}", flush=True)
        for line in found.failed[:_TOLD]:
            print(f"    {line}", flush=True)
        failed += len(found.failed)
    print("Nothing failed." if not failed else f"{failed} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
