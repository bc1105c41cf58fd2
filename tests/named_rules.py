"""The rules by name: which the code can note, and the page on them. `python -m tests.named_rules` writes docs/rules.md.

A room whose rules have names stands in `ROOMS` and has a knowledge/rules.yaml.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources
from itertools import groupby
from pathlib import Path

from dateline.model.rules import Example, Rule, rules
from dateline.what.bearing import _CHECKS
from dateline.what.lexicon import _index

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
#: Room -> what its rules are about.
ROOMS = {
    "language": "How the text is read: what the gate opens, and what the parse has wrong",
    "what": "What happened: which words tell of something, what bears them out, and what caused it",
    "says": "Whether it happened, and who says so",
}
_TOPICS = {
    "language.gate": "The gate",
    "language.repair": "Repairs of parses",
    "what.frame": "Frames: what a trigger tells of",
    "what.needs": "Conditions that must bear a trigger out",
    "what.games": "Games bear nothing out",
    "what.accident": "Accidents bear nothing out",
    "what.verb": "Verbs that tell of nothing",
    "what.adjective": "Adjectives that tell of nothing",
    "what.noun": "Nouns that tell of nothing",
    "what.casualties": "The dead and the hurt spoken of as known",
    "what.cause": "What caused a death or a wound",
    "says.speaker": "Who says so",
}
_HEAD = """# The rules by name

<!-- Made of knowledge/rules.yaml of each room by `python -m tests.named_rules`; do not edit. -->

Each decision on the way from a text to its accounts is made by a rule with a name: room, topic, rule. Under that name
it leaves a note in a trace (`dateline.model.trace`): at the words in **bold** type, with the outcome after the arrow.
Every example is a test.
"""


def named(room: str) -> dict[str, Rule]:
    """The rules of a room's data."""
    return rules(f"dateline.{room}")


def noted(room: str) -> set[str]:
    """The names that the code of a room can note: those that stand in it, and those of the families that it makes."""
    found = set(_strings(room))
    names = {one for one in found if re.fullmatch(rf"{room}(\.[a-z-]+)+", one)}
    made = {prefix: _MADE[prefix] for prefix in found if re.fullmatch(rf"{room}(\.[a-z-]+)+\.", prefix)}
    return names | {prefix + last for prefix, family in made.items() for last in family}


#: How the names of a family begin that the code puts together -> how they can end.
_MADE = {
    "what.frame.": {e.frame.rule.removeprefix("what.frame.") for entries in _index().values() for e in entries},
    "what.needs.": set(_CHECKS),
}


def _strings(room: str) -> Iterator[str]:
    """The string literals of a room's modules."""
    for path in sorted(Path(str(resources.files(f"dateline.{room}"))).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def page() -> str:
    """docs/rules.md, as it must be."""
    lines = [_HEAD]
    for room, about in ROOMS.items():
        lines.append(f"## {about}\n")
        for topic, own in groupby(named(room).values(), key=_topic):
            lines.append(f"### {topic}\n")
            lines += ["| rule | what it decides | example |", "| --- | --- | --- |"]
            lines += [f"| `{r.name}` | {r.does} | {'<br>'.join(map(_shown, r.examples))} |" for r in own]
            lines.append("")
    return "\n".join(lines)


def _topic(rule: Rule) -> str:
    """The heading under which a rule stands."""
    return _TOPICS.get(".".join(rule.name.split(".")[:2]), "Status: did it happen?")


def _shown(example: Example) -> str:
    """An example in a cell of a table."""
    words = example.words
    text = (
        example.text
        if words is None
        else re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", f"**{words}**", example.text, count=1)
    )
    return f"{text} → {example.outcome}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
