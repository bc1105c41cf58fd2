"""Reading knowledge files: commented YAML beside the code that uses it, checked when it is loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from dateline.model.errors import BadKnowledge

T = TypeVar("T")
# The C loader is six times faster; wheels of PyYAML carry it on all common platforms.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _parsed(package: str, name: str) -> Any:
    source = resources.files(package).joinpath("knowledge").joinpath(name)
    try:
        return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise BadKnowledge(f"not YAML: {error}", where=f"{package}/knowledge/{name}") from None


def load(package: str, name: str, form: type[T]) -> T:
    """The file `knowledge/NAME` of a package, checked against `form` (any type pydantic understands).

    Raises BadKnowledge (DL-E004), naming the first entry that does not fit.
    """
    try:
        return TypeAdapter(form).validate_python(_parsed(package, name))
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise BadKnowledge(f"{at}: {first['msg']}.", where=f"{package}/knowledge/{name}") from None
