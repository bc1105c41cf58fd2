"""The weights of linking: log-odds by field and level, from knowledge/weights.yaml or a file of the user's own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load, load_file

Table = dict[str, dict[str, float]]


@dataclass(frozen=True, eq=False)
class Weights:
    """Field -> level -> log-odds; `prior` has the one level `any`. Two are equal only if they are the same object."""

    table: Table

    def of(self, field: str, level: str) -> float:
        """The log-odds of a field's level; 0 where the level has no weight."""
        return self.table[field].get(level, 0.0)

    def as_yaml(self) -> str:
        """The weights in the form of knowledge/weights.yaml: one line for each field."""
        return "".join(f"{field}: {{{_levels(levels)}}}\n" for field, levels in self.table.items())


def _levels(levels: Mapping[str, float]) -> str:
    return ", ".join(f'"{level}": {weight:.2f}' for level, weight in sorted(levels.items()))


@cache
def default_weights() -> Weights:
    """The weights of knowledge/weights.yaml. Raises BadKnowledge (DL-E004)."""
    return Weights(load("dateline.linking", "weights.yaml", Table))


def weights_of(path: Path) -> Weights:
    """The default weights, with what a user's own file sets instead. Raises BadKnowledge (DL-E004), which names the
    entry."""
    return laid_over(load_file(path, Table), str(path))


def laid_over(given: Table, where: str) -> Weights:
    """The default weights, with what a table sets instead. Raises BadKnowledge (DL-E004), which names the entry."""
    table = {field: dict(levels) for field, levels in default_weights().table.items()}
    for field, levels in given.items():
        for level, weight in levels.items():
            if field not in table or level not in table[field]:
                raise BadKnowledge(f"{field}.{level}: linking has no such field or level.", where=where)
            if not math.isfinite(weight):
                raise BadKnowledge(f"{field}.{level}: {weight} is no weight.", where=where)
            table[field][level] = weight
    return Weights(table)


def as_kept(given: Table) -> Weights:
    """Weights that some version of dateline stored. Levels that linking no longer has are left out; levels that it did
    not have then get their default weight."""
    known = default_weights().table
    left = {
        field: {level: weight for level, weight in levels.items() if level in known[field]}
        for field, levels in given.items()
        if field in known
    }
    return laid_over(left, "the ledger")
