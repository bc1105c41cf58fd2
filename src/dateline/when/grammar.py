"""The rules of one language, compiled from its YAML file. They find expressions; other modules work out their days."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dateline.language import numbers
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load
from dateline.when.patterns import FIGURE, depth, once_named, spaced
from dateline.when.required import has_figure, required

_MACRO = re.compile(r"\{([A-Za-z]\w*)(?::(\w+))?\}")
_A_FIGURE = re.compile(FIGURE)
#: For how many sentences the expressions found are remembered: about as many as a long report has.
_REMEMBERED = 512


class _RuleForm(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    name: str
    pattern: str
    make: str
    fixed: dict[str, Any] = Field(default={}, alias="with")
    weak: bool = False


class _CuesForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    future: str
    since: str
    since_not: str = "(?!)"
    since_after: str = "(?!)"
    opens: str
    joins: str
    leads: str
    stamp: str
    ahead: str
    coincides: str = "(?!)"
    background: str = "(?!)"
    stopped: str = "(?!)"
    foreseen: str = "(?!)"
    meant: str = "(?!)"


class _GrammarForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    letters: dict[str, str] = {}
    prefixes: str = ""
    hint: list[str]
    cues: _CuesForm
    words: dict[str, dict[str, Any]]
    parts: dict[str, str]
    rules: list[_RuleForm]


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words around an expression say of it."""

    #: In a clause: it is about the future. `ahead` is the same for a sentence, when publication is inferred.
    future: re.Pattern[str]
    ahead: re.Pattern[str]
    #: Before an expression (`since`) or after it (`since_after`): the time runs from then until publication.
    #: `since_not` after the expression says that it does not.
    since: re.Pattern[str]
    since_after: re.Pattern[str]
    since_not: re.Pattern[str]
    #: Before the two times that bound a range (`opens`), and between them (`joins`).
    opens: re.Pattern[str]
    joins: re.Pattern[str]
    #: Prepositions that help to find a time but are not part of it.
    leads: re.Pattern[str]
    #: Before the report's own date.
    stamp: re.Pattern[str]
    #: What the report tells happens at the same time as something that it announces.
    coincides: re.Pattern[str]
    #: Before an expression: its time is told in passing, so the story does not move there.
    background: re.Pattern[str]
    #: In a clause about the future: it was stopped, so it lies in the past.
    stopped: re.Pattern[str]
    #: Before a month or day: it is of something known beforehand, so it may as well lie ahead as behind.
    foreseen: re.Pattern[str]
    #: In a clause: it is of something that somebody planned. That may lie ahead or behind, whatever the tense of the
    #: verb.
    meant: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a time: a pattern, and the maker that works out its value."""

    name: str
    make: str
    regex: re.Pattern[str]
    order: int
    fixed: dict[str, Any]
    weak: bool
    #: Classes of words that every match holds ("\d" for a figure). A text that lacks one of them is not searched.
    needs: frozenset[str] = frozenset()
    #: Every match holds one of these words (required.py). A text that holds none of them is not searched.
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: offsets in the searched text, and the meanings of the matched classes of words."""

    rule: Rule
    start: int
    end: int
    text: str
    groups: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    offsets: dict[str, tuple[int, int]] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """The meaning of a class of words, else the words themselves, else the fixed argument, else None."""
        if name in self.values:
            return self.values[name]
        return self.groups.get(name) or self.rule.fixed.get(name)

    def number(self, name: str) -> int | None:
        """A group as a whole number."""
        text = self.groups.get(name)
        return None if text is None else int(text)


class Grammar:
    """All rules of one language."""

    def __init__(self, form: _GrammarForm, where: str) -> None:
        self._letters = str.maketrans(form.letters)
        self._words = {
            name: {word.translate(self._letters): meaning for word, meaning in words.items()}
            for name, words in form.words.items()
        }
        self._parts = form.parts
        self._where = where
        self._classes: dict[str, dict[str, str]] = {}
        self._class_words: dict[str, tuple[str, ...]] = {}
        self._hint = re.compile("|".join((r"\d", *(re.escape(self.lowered(word)) for word in form.hint))))
        self._before = r"(?<![^\W_])"
        if form.prefixes:
            self._before = rf"(?:{self._before}|(?<={self._before}[{form.prefixes}]))"
        self._find = lru_cache(maxsize=_REMEMBERED)(self._search)
        self.cues = Cues(**{name: self._regex(name, value) for name, value in form.cues.model_dump().items()})
        self.rules = [self._rule(n, rule) for n, rule in enumerate(form.rules)]
        self._all_needs = frozenset(name for rule in self.rules for name in rule.needs)
        self._all_words = frozenset(word for rule in self.rules for word in rule.words)

    def lowered(self, text: str) -> str:
        """The text in lower case, of the same length, with the language's own letters (and figures) folded."""
        text = text.translate(self._letters) if self._letters else text
        lower = text.lower()
        if len(lower) == len(text):
            return lower
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

    def may_tell(self, text: str) -> bool:
        """Does a text hold a figure, or a word of the grammar's hints (`hint`)?"""
        return self._hint.search(self.lowered(text)) is not None

    def find(self, text: str) -> list[Found]:
        """The expressions of a lowered text, in order, without overlaps.

        Results are remembered, as a sentence is searched twice: when the report is dated, and when it is read.
        """
        return self._find(text)

    def _regex(self, name: str, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except re.error as error:
            raise BadKnowledge(f"{name}: {error}.", where=self._where) from None

    def _rule(self, order: int, form: _RuleForm) -> Rule:
        named: dict[str, str] = {}
        pattern = spaced(once_named(self._expanded(form.pattern, named), named))
        before = "" if pattern.startswith(("(?<", "(?:(?<")) else self._before
        regex = self._regex(f"rule {form.name}", f"{before}(?:{pattern})(?![^\\W_])")
        self._classes[form.name] = named
        needs, words = self._needs(form.pattern), frozenset(required(form.pattern))
        return Rule(form.name, form.make, regex, order, form.fixed, form.weak, needs, words)

    def _needs(self, pattern: str) -> frozenset[str]:
        """What every match of a pattern must hold: its classes of words and figures outside all brackets. No classes
        where the pattern itself is a list of alternatives."""
        found: list[str] = []
        for match in _MACRO.finditer(pattern):
            before, after = pattern[: match.start()], pattern[match.end() :]
            if depth(before) == 0 and not after.startswith("?"):
                part = self._parts.get(match.group(1))
                if part is None:
                    found.append(match.group(1))
                elif not _MACRO.search(part) and FIGURE in part:
                    found.append(FIGURE)
        alternatives = any(c == "|" and depth(pattern[:at]) == 0 for at, c in enumerate(pattern))
        known = [name for name in found if name == FIGURE or name in self._words]
        figure = [FIGURE] if has_figure(pattern) else []
        return frozenset([*figure, *(() if alternatives else known)])

    def _has(self, name: str, text: str) -> bool:
        """May the text hold a word of a class, or a figure? For an entry of several words only its longest is looked
        for."""
        if name == FIGURE:
            return _A_FIGURE.search(text) is not None
        if name not in self._class_words:
            longest = {max(str(word).split(), key=len) for word in self._words[name]}
            bare = [word for word in longest if not any(other != word and other in word for other in longest)]
            self._class_words[name] = tuple(sorted(bare))
        return any(word in text for word in self._class_words[name])

    def _expanded(self, pattern: str, named: dict[str, str]) -> str:
        def expand(match: re.Match[str]) -> str:
            name, given = match.group(1), match.group(2)
            if name == "NUMBER":
                return numbers.WORDS + r"|\d{1,3}(?:,\d{3}){1,15}|\d+(?:\.\d+)?(?: (?:million|hundred|thousand))?"
            if name == "ORDINAL":
                return rf"{numbers.ORDINAL_WORDS}|(?:twenty|thirty)-{numbers.ORDINAL_WORDS}|\d+(?:st|nd|rd|th)"
            if name in self._parts:
                part = self._parts[name]
                return self._expanded(part.replace(f"?P<{name}>", f"?P<{given}>") if given else part, named)
            if name not in self._words:
                raise BadKnowledge(f"{{{name}}} is neither a class of words nor a part.", where=self._where)
            if named.setdefault(given or name, name) != name:
                raise BadKnowledge(f"{given} names two classes of words in one rule.", where=self._where)
            words = sorted(map(str, self._words[name]), key=len, reverse=True)
            body = "|".join(re.escape(w).replace(r"\ ", " ") for w in words)
            return f"(?P<{given or name}>{body})"

        return _MACRO.sub(expand, pattern)

    def _search(self, text: str) -> list[Found]:
        if not self._hint.search(text):
            return []
        has = {name for name in self._all_needs if self._has(name, text)}
        held = {word for word in self._all_words if word in text}
        found = [
            (match.start(), -match.end(), rule.order, match, rule)
            for rule in self.rules
            if rule.needs <= has and not (rule.words and held.isdisjoint(rule.words))
            for match in rule.regex.finditer(text)
            if match.end() > match.start()
        ]
        found.sort(key=lambda row: row[:3])
        kept: list[Found] = []
        at = 0
        for start, _, _, match, rule in found:
            if start >= at:
                kept.append(self._meaning(rule, match))
                at = match.end()
        return kept

    def _meaning(self, rule: Rule, match: re.Match[str]) -> Found:
        groups = {name: words for name, words in match.groupdict().items() if words is not None}
        values = {
            name.rstrip("_"): self._words[kind].get(" ".join(groups[name].split()))
            for name, kind in self._classes[rule.name].items()
            if name in groups
        }
        plain = {name.rstrip("_"): " ".join(words.split()) for name, words in groups.items()}
        offsets = {name.rstrip("_"): match.span(name) for name in groups}
        return Found(rule, match.start(), match.end(), match.group(), plain, values, offsets)


@cache
def languages() -> frozenset[str]:
    """The languages that have a grammar, as ISO 639-1 codes."""
    folder = files("dateline.when") / "knowledge"
    return frozenset(f.name[:2] for f in folder.iterdir() if len(f.name) == len("en.yaml") and f.name.endswith(".yaml"))


@cache
def grammar(language: str = "en") -> Grammar:
    """The grammar of a language; raises BadKnowledge (DL-E004) where its file is wrong."""
    form = load("dateline.when", f"{language}.yaml", _GrammarForm)
    return Grammar(form, f"dateline.when/knowledge/{language}.yaml")
