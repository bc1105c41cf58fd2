"""Read a site's robots.txt (RFC 9309). Our product token's group counts, and in it the longest matching pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

#: How many bytes of a robots.txt are read; RFC 9309 requires at least 500 KiB, which is so many.
MOST = 512_000
_LINE = re.compile(r"\s{0,20}([A-Za-z-]{1,30})\s{0,20}:([^#]{0,2000})")
_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site as (allowed?, pattern), and the seconds between two requests that the site asks for."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """May this address be fetched?"""
        parts = urlsplit(url)
        path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        hits = [(len(pattern), allowed) for allowed, pattern in self.rules if matches(pattern, path)]
        return max(hits, default=(0, True))[1]


#: The rules of a site without the file (all is allowed), and of a site with a server that fails (nothing is allowed).
FREE, CLOSED = Robots(), Robots(((False, "/"),))


def parsed(text: str, agent: str) -> Robots:
    """The rules that a file gives for an agent; the first word of the agent's name is compared."""
    own = (_TOKEN.match(agent) or ["dateline"])[0].lower()
    groups: list[tuple[set[str], list[tuple[bool, str]], list[float]]] = []
    in_head = False
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        field, value = found[1].lower(), found[2].strip()
        if field == "user-agent":
            if not in_head:
                groups.append((set(), [], []))
            groups[-1][0].add(value.lower())
        in_head = field == "user-agent"
        if groups and field in ("allow", "disallow") and value:
            groups[-1][1].append((field == "allow", _plain(value)))
        elif groups and field == "crawl-delay" and value.replace(".", "", 1).isdecimal():
            groups[-1][2].append(float(value))
    chosen = [g for g in groups if own in g[0]] or [g for g in groups if "*" in g[0]]
    rules = tuple(rule for _, found_rules, _ in chosen for rule in found_rules)
    return Robots(rules, max((delay for _, _, delays in chosen for delay in delays), default=0.0))


def matches(pattern: str, path: str) -> bool:
    """Does a pattern match the beginning of a path? `*` stands for anything, `$` at the end for the path's end. The
    path is searched only once, so that no pattern is slow."""
    whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if len(parts) == 1:
        return not whole or at == len(path)
    if whole:
        return path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at
    return path.find(parts[-1], at) >= 0


def _plain(path: str) -> str:
    return quote(unquote(path), safe="/*$?=&;:@!,~+()'.-_%")
