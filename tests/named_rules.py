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

from dateline.coding.order import PASSES
from dateline.model.rules import Example, Rule, rules
from dateline.what.frames import frames
from dateline.what.lexicon import _index

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
#: Room -> what its rules are about.
ROOMS = {
    "language": "How the text is read: what the gate opens, and what the parse has wrong",
    "what": "What happened: which words tell of something, what bears them out, and what caused it",
    "says": "Whether it happened, and who says so",
    "coding": "What belongs together: how mentions of happenings become accounts, pass by pass",
}
_TOPICS = {
    "language.gate": "The gate",
    "language.repair": "Repairs of parses",
    "what.frame": "Frames: what a trigger tells of",
    "what.needs": "Conditions that must bear a trigger out",
    "what.games": "Games bear nothing out",
    "what.accident": "Accidents bear nothing out",
    "what.proposed": "Words that the learned reader proposes",
    "what.verb": "Verbs that tell of nothing",
    "what.adjective": "Adjectives that tell of nothing",
    "what.noun": "Nouns that tell of nothing",
    "what.casualties": "The dead and the hurt spoken of as known",
    "what.cause": "What caused a death or a wound",
    "says.speaker": "Who says so",
    "coding.drafting": "Drafting: which mentions make an account",
    "coding.kinds": "Drafting: what it is called",
    "coding.blame": "Drafting: who is blamed",
    "coding.listed": "Drafting: who is a part of those who are counted",
    "coding.pronouns": "Drafting: whom pronouns mean",
    "coding.own-times": "Drafting: which time of its sentence is its own",
    "coding.own-places": "Drafting: which places of its sentence are its own",
    "coding.causes": "Consequences join their causes",
    "coding.clauses": "Words of one action join",
    "coding.empty": "What says nothing of any one happening is left out",
    "coding.scope": "Sums of many happenings",
    "coding.telling": "Two tellings of one happening",
    "coding.spoils": "What was seized goes with the action",
    "coding.pointers": "What only points at a happening is left out",
    "coding.own-lives": "Killers who kill themselves",
    "coding.shot": "Those who were shot",
    "coding.pointing-back": "Sentences that point back",
    "coding.descriptions": "One person described twice",
    "coding.times": "When, by what is told around it",
    "coding.places": "Where, by what is told around it",
    "coding.groups": "Which armed group",
    "coding.counting": "When, counted from something dated",
    "coding.links": "How accounts hang together",
    "coding.hearing": "What the learned reader calls it",
    "coding.accepting": "What is not sure enough is left out",
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
    """The names that the code of a room can note: those that stand in it, and those of the families that it makes; not
    those of the passes, which have a table of their own."""
    found = set(_strings(room)) - {one.name for one in PASSES}
    names = {one for one in found if re.fullmatch(rf"{room}(\.[a-z-]+)+", one)}
    made = {prefix: _MADE[prefix] for prefix in found if re.fullmatch(rf"{room}(\.[a-z-]+)+\.", prefix)}
    return names | {prefix + last for prefix, family in made.items() for last in family}


#: How the names of a family begin that the code puts together -> how they can end.
_MADE = {
    "what.frame.": {e.frame.rule.removeprefix("what.frame.") for entries in _index().values() for e in entries},
    "what.needs.": {frame.needs for frame in frames() if frame.needs is not None},
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
        if room == "coding":
            lines += _passes()
        for topic, own in groupby(named(room).values(), key=_topic):
            lines.append(f"### {topic}\n")
            lines += ["| rule | what it decides | example |", "| --- | --- | --- |"]
            lines += [f"| `{r.name}` | {r.does} | {'<br>'.join(map(_shown, r.examples))} |" for r in own]
            lines.append("")
    return "\n".join(lines)


def _passes() -> list[str]:
    """The passes of coding as a table, in their order, for the page."""
    cells = (
        (str(n), f"`{one.name}`", _first_sentence(one.run.__doc__ or ""), _fields(one.reads), _fields(one.writes))
        for n, one in enumerate(PASSES, 1)
    )
    head = [
        "### The passes, in their order\n",
        "Each pass goes over all drafts of a report, and reads and writes no other fields of them than these. Under "
        "its name a trace has every field that it changed.\n",
        "| | pass | what it does | reads | writes |",
        "| --- | --- | --- | --- | --- |",
    ]
    return [*head, *(f"| {' | '.join(row)} |" for row in cells), ""]


def _first_sentence(doc: str) -> str:
    return re.split(r"(?<=\.)\s", " ".join(doc.split()), maxsplit=1)[0]


def _fields(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"


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
    return f"{text} → {example.outcome}".replace("|", "\\|").replace("\n\n", "<br>").replace("\n", "<br>")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
