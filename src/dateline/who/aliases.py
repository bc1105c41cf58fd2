"""Other names that a report gives somebody ("Ali Hassan, known as Abu Omar"), and names of persons in full."""

from __future__ import annotations

from dateline.language import Sentence
from dateline.language.names import runs
from dateline.language.roles import words
from dateline.model.knowledge import english
from dateline.who.name import Name

#: Words after a surname that are not surnames themselves ("Charles Keating IV"), and articles before one ("al-Abadi").
AFTER_NAMES = english("dateline.who", "after_names")
_ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "an-", "at-", "ash-")
#: At most so many words stand between a name and another name of the same person.
_LONGEST_CUE = 5


def in_full(name: str, known: dict[str, str]) -> str:
    """The longest known name of a person, found by another name or by the surname."""
    name = known.get(name, name)
    return known.get(name.split()[-1], name)


def aliases_in(sentence: Sentence, found: list[Name]) -> dict[str, str]:
    """Other name of a person -> the person's own name ("Bashar Hamo, also known as 'Abu Umar'")."""
    persons = [n for n in found if n.kind == "person"]
    other: dict[str, str] = {}
    for run in runs(sentence):
        before = [n for n in persons if n.last < run.first]
        if before and _is_alias_cue(sentence, before[-1].last + 1, run.first):
            other[run.text] = before[-1].name
    return other


def _is_alias_cue(sentence: Sentence, first: int, end: int) -> bool:
    """Do the words between two names say that both are names of one person?"""
    said = [t.lower for t in sentence.tokens[first:end] if any(c.isalpha() for c in t.text)]
    return 0 < len(said) <= _LONGEST_CUE and " ".join(said) in words("alias_cues")


def remember(name: str, surnames: dict[str, str]) -> None:
    """Note the surname of a person (`surnames`: surname -> the longest name in full)."""
    parts = [w for w in name.split() if w.lower().rstrip(".,") not in AFTER_NAMES]
    if len(parts) < 2:
        return
    last = parts[-1].rstrip(",")
    bare = last.split("-", 1)[1] if last.lower().startswith(_ARTICLES) else last
    for surname in {last, bare}:
        if len(name) > len(surnames.get(surname, "")):
            surnames[surname] = name
