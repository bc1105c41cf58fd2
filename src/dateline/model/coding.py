"""A coding: a report, and all that it was found to say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from dateline.model import explain, record, show
from dateline.model.claims import Coded
from dateline.model.later import later
from dateline.model.trace import Step


@dataclass(frozen=True, slots=True)
class Coding(Coded):
    """A report, and all that it was found to say. `repr` and notebooks show it as readable text (model.show).

    `trace` holds the decisions that led to it, if they were asked for. `unsure` holds the decisions by which accounts
    were left out because the program was not sure enough. `below` is the number of accounts that `at_least` left out.
    None of the three is part of the record.
    """

    trace: tuple[Step, ...] = field(default=(), compare=False, repr=False)
    unsure: tuple[Step, ...] = field(default=(), compare=False, repr=False)
    below: int = field(default=0, compare=False, repr=False)

    def at_least(self, confidence: float) -> Coding:
        """The coding without accounts of less confidence and without their links. A warning says how many were left
        out."""
        kept = tuple(a for a in self.accounts if a.confidence >= confidence)
        if len(kept) == len(self.accounts):
            return self
        ids = {a.id for a in kept}
        links = tuple(k for k in self.links if {k.source, k.target} <= ids)
        gone = len(self.accounts) - len(kept)
        warning = f"{gone} accounts below confidence {confidence} were left out."
        warnings = (*self.warnings, warning)
        return replace(self, accounts=kept, links=links, warnings=warnings, below=self.below + gone)

    def to_json(self) -> str:
        """One line of JSON as RECORD.md describes it (no newline at the end)."""
        return record.to_json(self)

    @staticmethod
    def from_json(line: str | bytes) -> Coding:
        """Read a line that `to_json` wrote; raises BadRecord (DL-E005) where it is not one."""
        return record.from_json(line, Coding)

    @staticmethod
    def from_record(row: Any) -> Coding:
        """Read the JSON object of such a line, as plain Python data; raises BadRecord (DL-E005) where it is not one."""
        return record.from_record(row, Coding)

    def to_frame(self, level: str = "account", names: str = "officials") -> Any:
        """The coding as a pandas.DataFrame: one row for each `account` (or `claim`, or `event`). Columns as in exports.

        Raises NotInstalled (DL-E010), BadEdition (DL-P001).
        """
        return later("frame_of")(later("table_of_coding")(self, level, names))

    def to_arrow(self, level: str = "account", names: str = "officials") -> Any:
        """The same as a pyarrow.Table."""
        return later("arrow_of")(later("table_of_coding")(self, level, names))

    def to_geopandas(self, level: str = "account", names: str = "officials") -> Any:
        """The same as a geopandas.GeoDataFrame."""
        return later("geo_of")(later("table_of_coding")(self, level, names))

    def explain(self) -> str:
        """How each value was found, in words."""
        return explain.as_explanation(self)

    def __repr__(self) -> str:
        return show.as_text(self)

    def _repr_html_(self) -> str:
        return show.as_html(self)
