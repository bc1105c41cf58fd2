"""Patterns of a grammar: blanks, brackets and group names made fit for a regular expression."""

from __future__ import annotations

import re

#: Stands for "a figure" in `Rule.needs`.
FIGURE = r"\d"
_BLANK = r"[ \u00a0]{1,3}"


def depth(pattern: str) -> int:
    """How many round brackets are open at the end of a piece of a pattern."""
    plain = re.sub(r"\\.|\[[^\]]{0,200}\]", "", pattern)
    return plain.count("(") - plain.count(")")


def once_named(pattern: str, named: dict[str, str]) -> str:
    """The pattern with each group name used once: a repeated name gets an underscore. Meanings are looked up without
    it."""
    seen: set[str] = set()

    def rename(match: re.Match[str]) -> str:
        name = fresh = match.group(1)
        while fresh in seen:
            fresh += "_"
        seen.add(fresh)
        if name in named:
            named[fresh] = named[name]
        return f"(?P<{fresh}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


def spaced(pattern: str) -> str:
    """The pattern with each blank matching one to three blanks. Blanks in sets stay as they are, and so do those in
    lookbehinds, which must have a fixed length."""
    out: list[str] = []
    i, in_set, behind = 0, False, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            out.append(pattern[i : i + 2])
            i += 2
            continue
        if pattern.startswith(("(?<=", "(?<!"), i):
            behind = behind or 1
        elif behind and c == "(":
            behind += 1
        elif behind and c == ")":
            behind -= 1
        if c == "[":
            in_set = True
        elif c == "]":
            in_set = False
        out.append(_BLANK if c == " " and not in_set and not behind else c)
        i += 1
    return _quantified("".join(out))


def _quantified(pattern: str) -> str:
    """The pattern with optional blanks written as `[ ]{0,3}`, as `[ ]{1,3}?` would be a lazy quantifier."""
    return pattern.replace(_BLANK + "?", r"[ \u00a0]{0,3}")
