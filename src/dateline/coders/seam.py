"""The interface of coders: a coder is a function `Report -> Coding`. A coder is made by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol

from dateline.coders.errors import NoSuchCoder
from dateline.coding import code_report
from dateline.model import Coding, Report
from dateline.model.errors import DatelineError

if TYPE_CHECKING:
    from dateline.coders.gain import Counted

#: The group of entry points with which other packages add coders: a name, and a function that makes the coder.
GROUP = "dateline.coders"
_MEND = "Mend or take out the package that is named; `dateline doctor` tells of all of them."


class Coder(Protocol):
    """Codes a report. The same report and options always give the same coding.

    Raises RejectedReport where it cannot code this report, another DatelineError where it can code no report at all.
    """

    def __call__(self, report: Report) -> Coding: ...


@dataclass(frozen=True, slots=True)
class RulesCoder:
    """Codes without a language model: with the rules, and the learned reader if that is chosen."""

    all_entities: bool = False
    reader: str | None = None

    def __call__(self, report: Report) -> Coding:
        return code_report(report, self.all_entities, reader=self.reader)


def _model(**options: Any) -> Coder:
    from dateline.coders.model import ModelCoder

    return ModelCoder(**options)


def _cascade(share: float = 0.2, reader: str | None = None, share_of: Counted = "accounts", **options: Any) -> Coder:
    from dateline.coders.cascade import CascadeCoder
    from dateline.coders.model import ModelCoder

    return CascadeCoder(ModelCoder(**options), share, reader, share_of)


#: Our own coders; those with large imports are imported only when they are used.
_OURS: dict[str, Callable[..., Coder]] = {"rules": RulesCoder, "model": _model, "cascade": _cascade}


def coder_names() -> tuple[str, ...]:
    """The names of all coders that are installed, ours first."""
    return (*_OURS, *sorted({e.name for e in _others()} - set(_OURS)))


def coder(name: str, **options: Any) -> Coder:
    """The coder of a name, made with its options. Raises NoSuchCoder (DL-M001)."""
    if name in _OURS:
        return _OURS[name](**options)
    found = next((e for e in _others() if e.name == name), None)
    if found is None:
        raise NoSuchCoder(f"There is no coder '{name}', only {', '.join(coder_names())}.")
    try:
        made: Coder = found.load()(**options)
    except DatelineError:
        raise
    except Exception as error:  # A coder of another package may raise anything.
        raise NoSuchCoder(f"The coder '{name}' ({found.value}) cannot be loaded ({error!r}).", remedy=_MEND) from error
    return made


def _others() -> list[EntryPoint]:
    return list(entry_points(group=GROUP))
