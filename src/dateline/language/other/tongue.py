"""What a language is made of: its parser's package, and how its prose is written (`knowledge/es/prose.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.util import find_spec

from dateline.model.knowledge import load


@dataclass(frozen=True)
class Tongue:
    """One language: `package` ships its parser, `install` the command that installs that.

    `dateline` is a pattern of what stands before a report's first sentence. `passive` are the verbs that make a passive
    of the participle after them, `state` those that say in which state something left somebody; `there` is the verb of
    "there is", `personal` the preposition of objects who are persons, `not_` the words that deny a verb.
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
        """What stands before a report's first sentence, compiled."""
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
    """The languages beside English that have a lexicon, as ISO 639-1 codes."""
    folder = files("dateline.language") / "knowledge"
    return frozenset(f.name for f in folder.iterdir() if (f / "prose.yaml").is_file())


@cache
def tongue(code: str) -> Tongue:
    """A language of `tongues`. Raises BadKnowledge (DL-E004)."""
    form = load("dateline.language", f"{code}/prose.yaml", _Form)
    return Tongue(
        code, form.package, form.install, form.dateline, frozenset(form.passive), frozenset(form.state),
        frozenset(form.there), frozenset(form.personal), frozenset(form.not_), frozenset(form.countries),
    )  # fmt: skip


@cache
def is_installed(code: str | None) -> bool:
    """Is it another language that is read, with its parser installed?"""
    return code in tongues() and find_spec(tongue(str(code)).package) is not None


def is_coded(code: str | None) -> bool:
    """Are reports of a language coded, here and now? English ones are, and those of no language that is known."""
    return code in (None, "en") or is_installed(code)
