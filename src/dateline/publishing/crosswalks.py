"""The layouts of other projects: which of their types fits an event of ours, and how their columns are filled.

A layout is a file in knowledge/crosswalks: the types, the columns, and what is lost in the conversion. No data of other
projects are shipped. Their values are judgements of people by their own codebooks; ours are made by rules, so the same
column may hold less than theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from dateline.model.event import Event
from dateline.model.knowledge import load
from dateline.publishing.columns import FILLED, Value
from dateline.publishing.errors import BadEdition
from dateline.publishing.fills import GETTERS, kind_of

LOSSES = ("layout", "field", "loss")


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A rule that gives their values to events with one of these types, methods and statuses (an empty list: any)."""

    give: dict[str, str]
    type: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    target: tuple[str, ...] = ()

    def fits(self, event: Event) -> bool:
        """Does the rule fit the event?"""
        return (
            (not self.type or event.type in self.type)
            and (not self.method or not set(self.method).isdisjoint(event.method))
            and (not self.status or event.status in self.status)
            and (not self.agent or kind_of(event, ("agent",)) in self.agent)
            and (not self.target or kind_of(event, ("target", "victim")) in self.target)
        )


@dataclass(frozen=True, slots=True)
class LaidColumn:
    """One of their columns.

    `of` names what fills it: a function of fills.py, a column of ours, or `give.NAME` (a value of the type rule).
    `codes` turns the value into theirs (`*`: any other value, `-`: no value). `always` fills the column with one value.
    Without `of` and `always` the column is empty.
    """

    name: str
    about: str = ""
    of: str | None = None
    codes: dict[str, str | int] = field(default_factory=dict)
    always: str | int | None = None


@dataclass(frozen=True, slots=True)
class Only:
    """Which events their project would include at all (an empty list: any)."""

    scope: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    killed: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the layout cannot say, or says in another way."""

    field: str
    loss: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A project's layout: the edition of the codebook that it follows, types, columns, losses. `header` holds all their
    columns in their order, where there are more than we fill."""

    title: str
    codebook: str
    types: tuple[TypeRule, ...]
    columns: tuple[LaidColumn, ...]
    losses: tuple[Loss, ...]
    only: Only = Only()
    header: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return self.header or tuple(column.name for column in self.columns)


@cache
def layouts() -> dict[str, Layout]:
    """All layouts, by their names."""
    folder = Path(str(resources.files("dateline.publishing"))) / "knowledge" / "crosswalks"
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    return {name: load("dateline.publishing", f"crosswalks/{name}.yaml", Layout) for name in names}


def layout(name: str) -> Layout:
    """A layout by its name. Raises BadEdition (DL-P001)."""
    if name not in layouts():
        raise BadEdition(f"{name!r} is no layout. Known: {', '.join(layouts())}.")
    return layouts()[name]


def given(of: Layout, event: Event) -> dict[str, str] | None:
    """The values of the first type rule that fits an event; None where no rule fits, which means that their project has
    no such events."""
    return next((rule.give for rule in of.types if rule.fits(event)), None)


def laid_out(of: Layout, events: Iterable[Event]) -> tuple[list[str], Iterator[list[Value]]]:
    """The header and the rows of events in a layout. Events that their project would not include are left out."""
    return list(of.head), _rows(of, events)


def _rows(of: Layout, events: Iterable[Event]) -> Iterator[list[Value]]:
    filled = {column.name: column for column in of.columns}
    columns = [filled.get(name, LaidColumn(name)) for name in of.head]
    for event in events:
        types = given(of, event)
        if types is not None and _has(of.only, event):
            yield [_cell(column, event, types) for column in columns]


def _has(only: Only, event: Event) -> bool:
    killed = FILLED["killed"](event)
    return (
        (not only.scope or event.scope in only.scope)
        and (not only.status or event.status in only.status)
        and (not only.killed or (isinstance(killed, int) and killed >= only.killed))
    )


def _cell(column: LaidColumn, event: Event, types: dict[str, str]) -> Value:
    if column.of is None:
        return column.always
    if column.of.startswith("give."):
        value: Value = types.get(column.of.removeprefix("give."))
    else:
        value = (GETTERS.get(column.of) or FILLED[column.of])(event)
    if not column.codes:
        return value
    return column.codes.get("-") if value is None else column.codes.get(str(value), column.codes.get("*"))


def losses(of: Layout) -> Iterator[list[Value]]:
    """The rows of losses.csv."""
    for one in of.losses:
        yield [of.title, one.field, one.loss]


def codebook_rows(of: Layout) -> Iterator[list[Value]]:
    """The rows of codebook.csv for a layout."""
    filled = {column.name: column for column in of.columns}
    for name in of.head:
        yield [of.title, name, "text", _about(filled.get(name, LaidColumn(name)))]


def _about(column: LaidColumn) -> str:
    if column.about or column.of:
        return column.about or f"As our {column.of}."
    return "Always empty: we have nothing that fills it." if column.always is None else f"Always {column.always}."
