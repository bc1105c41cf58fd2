"""The rules of a room by name: what each decides, with example sentences. They are read from the room's
knowledge/rules.yaml.

Names are dotted: room, topic, rule ("says.denied.negation"). A rule leaves its notes in a trace under its name
(`model/trace.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load

_Told = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z-]+)+$")]


class Example(BaseModel):
    """A sentence on which a rule decides. The rule leaves a note at these words (at the whole text where none are
    given), with an outcome that starts with the one given here."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: _Told
    #: The example is coded with the learned reader as well.
    learned: bool = False
    words: _Told | None = None
    outcome: _Told

    @model_validator(mode="after")
    def _stands_there(self) -> Example:
        if self.words is not None and self.words not in self.text:
            raise ValueError(f"{self.words!r} does not stand in {self.text!r}")
        return self


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    does: _Told
    examples: Annotated[list[Example], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what it decides, in one sentence, and examples of it."""

    name: str
    does: str
    examples: tuple[Example, ...]


def rules(package: str) -> dict[str, Rule]:
    """The rules of a room ("dateline.says") by name, in the order of its file. Raises BadKnowledge (DL-E004)."""
    room = package.rpartition(".")[2]
    forms = load(package, "rules.yaml", dict[_Name, _Form])
    strange = next((name for name in forms if not name.startswith(f"{room}.")), None)
    if strange is not None:
        raise BadKnowledge(
            f"{strange}: the name of a rule starts with its room.", where=f"{package}/knowledge/rules.yaml"
        )
    return {name: Rule(name, form.does, tuple(form.examples)) for name, form in forms.items()}
