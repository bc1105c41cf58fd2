"""Reads knowledge files: commented YAML beside the code that uses it. A file is checked when it is loaded."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from dateline.model.compiled import parsed
from dateline.model.errors import BadKnowledge

T = TypeVar("T")
# The C loader is six times faster; wheels of PyYAML carry it on all common platforms.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Reads booleans as YAML 1.2 does, only "true" and "false": "on", "off" and "no" are English words, and NO is
    Norway. Dates stay text."""

    yaml_implicit_resolvers: ClassVar = {
        first: [
            (tag, regex)
            for tag, regex in resolvers
            if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
        ]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^(?:0|-?[1-9][0-9]*)$"), list("-0123456789"))


#: What a parsed copy depends on besides its file: the version of PyYAML, its loader, and a number for our own changes.
_BY = f"{yaml.__version__} {_Base.__name__} 1".encode()


@cache
def _parsed(package: str, name: str) -> Any:
    source = Path(str(resources.files(package))) / "knowledge" / name
    try:
        return parsed(source, lambda text: yaml.load(text, Loader=_Loader), _BY)
    except yaml.YAMLError as error:
        raise BadKnowledge(f"not YAML: {error}", where=f"{package}/knowledge/{name}") from None


def load_file(path: Path, form: type[T]) -> T:
    """A user's own YAML file, checked against `form` like our own files; raises BadKnowledge (DL-E004)."""
    try:
        return TypeAdapter(form).validate_python(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {})
    except yaml.YAMLError as error:
        raise BadKnowledge(f"not YAML: {error}", where=str(path)) from None
    except ValidationError as error:
        raise _misfit(error, str(path)) from None


def _misfit(error: ValidationError, where: str) -> BadKnowledge:
    first = error.errors()[0]
    at = ".".join(str(part) for part in first["loc"])
    return BadKnowledge(f"{at}: {first['msg']}.", where=where)


@cache
def _checking(form: Any) -> TypeAdapter[Any]:
    """The checker of a form. It is made once, as `english` loads a file again for each of its lists."""
    return TypeAdapter(form)


def load(package: str, name: str, form: type[T]) -> T:
    """The file `knowledge/NAME` of a package, checked against `form` (any type pydantic understands).

    Raises BadKnowledge (DL-E004), naming the first entry that does not fit.
    """
    try:
        checked: T = _checking(form).validate_python(_parsed(package, name))  # type: ignore[arg-type]
        return checked
    except ValidationError as error:
        raise _misfit(error, f"{package}/knowledge/{name}") from None


@cache
def _english(package: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load(package, "en/words.yaml", dict[str, list[str]]).items()}


def english(package: str, name: str) -> frozenset[str]:
    """A list of English words of a room (`knowledge/en/words.yaml`). Raises BadKnowledge (DL-E004) where there is no
    such list."""
    try:
        return _english(package)[name]
    except KeyError:
        raise BadKnowledge(f"{name}: there is no such list.", where=f"{package}/knowledge/en/words.yaml") from None
