"""The codebook in words: every type, status, field, unit and precision with its definition, an example, and close cases
that do not belong to it.

It is made from the vocabulary, types.yaml, the columns and knowledge/codebook.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.model import types
from dateline.model.knowledge import load
from dateline.model.vocabulary import METHODS, WHATS
from dateline.publishing.columns import tables
from dateline.version import VERSION


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the codebook adds to a type: an example (none for `other`), and close cases that do not belong to it."""

    example: str
    border: str


@dataclass(frozen=True, slots=True)
class Meanings:
    """The content of knowledge/codebook.yaml. The file itself says what each field is."""

    version: int
    changes: tuple[dict[str, Any], ...]
    types: dict[str, Meaning]
    words: dict[str, dict[str, str]]
    units: str


@cache
def meanings() -> Meanings:
    """The file. Raises BadKnowledge (DL-E004)."""
    return load("dateline.publishing", "codebook.yaml", Meanings)


def page() -> str:
    """The codebook as Markdown."""
    own = meanings()
    parts = [
        f"# Codebook\n\nVersion {own.version}, of dateline {VERSION}. "
        "What each word and each column of an export means. "
        "Made from the vocabulary,\nthe event types and the columns: `python -m tests.codebook` writes it, and every "
        "package holds it as `CODEBOOK.md`.\n",
        "\n## Changes of meaning\n",
        *(f"- Version {c['version']}, from {c['from']} on: {c['what']}" for c in own.changes),
        "\n## Event types\n",
    ]
    for group in types.groups():
        parts += [f"### {group.group}\n\n{group.about}\n", *_types(types.in_group(group.group))]
    for name, words in own.words.items():
        parts += [f"\n## {name}\n", *(f"- `{word}`: {about}" for word, about in words.items())]
    parts += ["\n## method\n", ", ".join(f"`{m}`" for m in sorted(METHODS)) + "."]
    parts += ["\n## Figures\n", own.units, "", ", ".join(f"`{w}`" for w in sorted(WHATS)) + "."]
    for spec in tables().values():
        parts += [f"\n## Table {spec.table}\n", spec.about, "", "| column | kind | meaning |", "| --- | --- | --- |"]
        parts += [f"| `{c.name}` | {c.kind} | {c.about} |" for c in spec.columns]
    return "\n".join(parts) + "\n"


def _types(names: list[Any]) -> list[str]:
    made = []
    for name in names:
        about, own = types.of(name).about, meanings().types[name]
        example = f' "{own.example}"' if own.example else ""
        made.append(f"- `{name}`: {about}{example} Border: {own.border}")
    return [*made, ""]
