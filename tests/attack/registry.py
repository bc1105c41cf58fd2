"""All attacks. To put one in: write a function that takes a Budget and gives a Result, and name it here.

`share` is its part of the time (of ten minutes, or of two); what is done in one go takes what it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.attack.addresses import addresses
from tests.attack.budget import Budget, Result
from tests.attack.damage import damaged_files
from tests.attack.files import bad_files
from tests.attack.kills import kills
from tests.attack.load import load
from tests.attack.lost import lost_databases
from tests.attack.mutants import mutants
from tests.attack.patterns import hostile_patterns
from tests.attack.roles import roles


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack: its name, what does it, and its part of the time."""

    name: str
    run: Callable[[Budget], Result]
    share: float


ATTACKS = (
    Attack("kills", kills, 0.34),
    Attack("lost databases", lost_databases, 0.08),
    Attack("damaged files", damaged_files, 0.2),
    Attack("bad files", bad_files, 0.1),
    Attack("hostile patterns", hostile_patterns, 0.08),
    Attack("mutants", mutants, 0.08),
    Attack("SSRF addresses", addresses, 0.0),
    Attack("roles", roles, 0.0),
    Attack("load", load, 0.06),
)
