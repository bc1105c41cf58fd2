"""Consolidation rules by name: they choose an event's value from the values that its sources tell.

A vote is what one source says; copies of a report have one vote together. The rule of each field is set in
knowledge/rules.yaml, or in a file of the user's own where they give one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Generic, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dateline.linking.revising import V, Vote, steps
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load, load_file
from dateline.model.vocabulary import What

Rule = Literal["mode", "latest", "min", "max", "most_precise", "best_source"]
CountRule = Literal["revised", Rule]
DayRule = Literal["agreed", Rule]
_Worded = Literal["mode", "latest", "best_source"]
_Placed = Literal["agreed", "most_precise", "mode", "latest", "best_source"]


class Rules(BaseModel):
    """The rule of each field. A field that a user's file leaves out has the rule of knowledge/rules.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    type: _Worded = "mode"
    status: _Worded = "mode"
    when: DayRule = "agreed"
    where: _Placed = "agreed"
    counts: CountRule = "revised"
    sources: dict[str, Annotated[int, Field(ge=0)]] = {}
    figures: dict[What, CountRule] = {}

    def of_count(self, what: What) -> CountRule:
        """The rule of figures of a kind (killed, wounded, ...)."""
        return self.figures.get(what, self.counts)

    def rank(self, publisher: str | None) -> int:
        """How good a publisher is (the higher the better); 0 where the rules do not name it."""
        return self.sources.get(publisher or "", 0)


def default_rules() -> Rules:
    """The rules of knowledge/rules.yaml."""
    return _default()


@cache
def _default() -> Rules:
    return _read(load("dateline.linking", "rules.yaml", dict[str, Any]), "rules.yaml")


def rules_of(path: Path) -> Rules:
    """The default rules, with what a user's own file sets instead. Raises BadKnowledge (DL-E004), which names the
    entry."""
    given = load_file(path, dict[str, Any])
    return _read(load("dateline.linking", "rules.yaml", dict[str, Any]) | given, str(path))


def _read(table: dict[str, Any], where: str) -> Rules:
    known = {key: value for key, value in table.items() if key in Rules.model_fields}
    figures = {key: value for key, value in table.items() if key not in Rules.model_fields}
    try:
        return TypeAdapter(Rules).validate_python({**known, "figures": {**known.get("figures", {}), **figures}})
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise BadKnowledge(f"{at}: {first['msg']}.", where=where) from None


@dataclass(frozen=True, slots=True)
class Measure(Generic[V]):
    """How the values of a field are measured: the size that min and max compare, and how vague a value is (0:
    exact)."""

    size: Callable[[V], Any]
    vagueness: Callable[[V], float]


def choose(rule: CountRule, votes: Sequence[Vote[V]], by: Measure[V]) -> V:
    """The value that a rule chooses. `votes` is not empty. Ties are settled by mode, then by size."""
    if rule == "revised":
        return steps(votes, by.size)[-1].value
    count = Counter(v.value for v in votes)
    latest = {v.value: max(w.published for w in votes if w.value == v.value) for v in votes}

    def usual(value: V) -> tuple[Any, ...]:
        return (count[value], latest[value], by.size(value))

    if rule == "best_source":
        best = max(v.rank for v in votes)
        return choose("mode", [v for v in votes if v.rank == best], by)
    values = list(dict.fromkeys(v.value for v in votes))
    keys: dict[str, Callable[[V], tuple[Any, ...]]] = {
        "mode": usual,
        "latest": lambda v: (latest[v], *usual(v)),
        "max": lambda v: (by.size(v), *usual(v)),
        "most_precise": lambda v: (-by.vagueness(v), *usual(v)),
    }
    if rule == "min":
        return min(values, key=lambda v: (by.size(v), tuple(-x for x in usual(v)[:2])))
    return max(values, key=keys[rule])
