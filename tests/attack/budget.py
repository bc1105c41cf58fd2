"""How long an attack goes on, and what came of it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Budget:
    """So many seconds, or so many rounds (None: as many as there is time for); the seed of what is drawn by chance."""

    seconds: float
    times: int | None = None
    seed: int = 1

    def rounds(self) -> Iterator[int]:
        """0, 1, 2, ... until the time is up or all rounds are done; at least one."""
        end = time.monotonic() + self.seconds
        number = 0
        while number == 0 or (time.monotonic() < end and (self.times is None or number < self.times)):
            yield number
            number += 1

    def chance(self) -> random.Random:
        """What draws by chance: the same for the same seed."""
        return random.Random(self.seed)


@dataclass(slots=True)
class Result:
    """How much was tried, and what failed, in words."""

    tried: int = 0
    failed: list[str] = field(default_factory=list)
    #: What else is worth a line in the table.
    note: str = ""

    def expect(self, holds: bool, otherwise: str) -> None:
        """Count a try; it failed where what must hold does not."""
        self.tried += 1
        if not holds:
            self.failed.append(otherwise)
