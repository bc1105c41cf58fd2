"""The description of a language: the package of its parser, and how its prose is written
(`knowledge/es/prose.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.util import find_spec

from dateline.model.knowledge import load


@dataclass(frozen=True)
class Tongue:
    """One language. `package` is the package of its parser, `install` the command that installs it.

    `dateline`: pattern of a dateline before the first sentence. `passive`: verbs that form a passive with the
    participle after them. `state`: verbs that tell the state in which somebody was left ("resultar"). `there`: verbs
    for "there is". `personal`: prepositions before objects that are persons. `not_`: words that deny a verb.
    """

    code: str
    package: str
    install: str
    dateline: str
    passive: frozenset[str]
    state: frozenset[str]
    there: frozenset[str]
    personal: frozenset[str]
    not_: frozenset[str]
    #: ISO 3166-1 codes of the countries in which it is spoken.
    countries: frozenset[str]

    @cached_property
    def heads(self) -> re.Pattern[str]:
        """The compiled pattern of a dateline."""
        return re.compile(self.dateline)


@dataclass(frozen=True, slots=True)
class _Form:
    package: str
    install: str
    dateline: str
    passive: list[str]
    state: list[str]
    there: list[str]
    personal: list[str]
    not_: list[str]
    countries: list[str]


@cache
def tongues() -> frozenset[str]:
    """ISO 639-1 codes of the languages other than English that have a lexicon."""
    folder = files("dateline.language") / "knowledge"
    return frozenset(f.name for f in folder.iterdir() if (f / "prose.yaml").is_file())


@cache
def tongue(code: str) -> Tongue:
    """The description of a language of `tongues`. Raises BadKnowledge (DL-E004)."""
    form = load("dateline.language", f"{code}/prose.yaml", _Form)
    return Tongue(
        code, form.package, form.install, form.dateline, frozenset(form.passive), frozenset(form.state),
        frozenset(form.there), frozenset(form.personal), frozenset(form.not_), frozenset(form.countries),
    )  # fmt: skip


@cache
def is_installed(code: str | None) -> bool:
    """Is it a language other than English with a lexicon, and is its parser installed?"""
    return code in tongues() and find_spec(tongue(str(code)).package) is not None


def is_coded(code: str | None) -> bool:
    """Are reports in this language coded in this installation? True for English, and where the language is not
    known."""
    return code in (None, "en") or is_installed(code)
