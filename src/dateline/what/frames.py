"""Frames: what a trigger word says of a happening (knowledge/en/frames/*.yaml, knowledge/plain.yaml).

`Frame` is the form of an entry in these files. Its fields are explained in this class only: docs/frames.md is made from
it.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.model.knowledge import load
from dateline.model.vocabulary import Method, Status, Type, What

#: The files of frames. Where one word has several frames, those of an earlier file are tried first.
FAMILIES = (
    "bombings", "attacks", "fighting", "casualties", "kidnappings", "riots", "security", "intent", "law", "politics",
    "protests",
)  # fmt: skip

_TYPE = "The type of the account."
_METHOD = "Methods that are added to the account."
_STATUS = 'The status of the account where it is told as a fact: attempted ("an assassination attempt").'
_VERBS = (
    "Verbs in the base form. Between the words of a verb of several words up to five others may stand: "
    'take hostage ("take three men hostage").'
)
_NOUNS = "Nouns in the base form, of one word or several."
_ADJECTIVES = "Adjectives."
_SUBJECT = (
    'What the subject of the verb is: its doer (agent), who undergoes it (victim or target: "died"), the means '
    '(instrument: "the bomb exploded"), who only came upon it (finder), or who only speaks of it (witness).'
)
_OBJECT = "The role of those to whom it is done."
_COUNTS = "What a number of these people counts."
_COUNTS_THINGS = "What a number of things counts."
_TRANSITIVE = (
    'true where the verb means this only with somebody to whom it is done: "3 killed in Kabul" is then a passive.'
)
_INTRANSITIVE = 'true where the verb means this only without an object: "demonstrate", but not "demonstrate that".'
_STRONG = (
    "false where the word has everyday senses, too. It is then read only in a report that has a strong word or others "
    "of the field, and what stands around it must bear it out (`needs`)."
)
_NEEDS = "The condition that must bear the word out: a name of the table of conditions."
_POSS = 'Whom the owner of a noun names: those to whom it is done ("his arrest") or the doer ("the rebels\' attack").'
_OF = 'Whom "of" after a noun names: those to whom it is done, or the doer ("the attack of the rebels").'
_CONSEQUENCE = "true for what comes of another act (deaths, wounds): told with its cause it is a part of that."


class Frame(BaseModel):
    """What a trigger says of a happening."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Type = Field(description=_TYPE)
    method: tuple[Method, ...] = Field((), description=_METHOD)
    status: Status | None = Field(None, description=_STATUS)
    verbs: tuple[str, ...] = Field((), description=_VERBS)
    nouns: tuple[str, ...] = Field((), description=_NOUNS)
    adjectives: tuple[str, ...] = Field((), description=_ADJECTIVES)
    subject: Literal["agent", "victim", "target", "instrument", "finder", "witness"] = Field(
        "agent", description=_SUBJECT
    )
    object: Literal["target", "victim"] = Field("target", description=_OBJECT)
    counts: What | None = Field(None, description=_COUNTS)
    counts_things: What | None = Field(None, description=_COUNTS_THINGS)
    transitive: bool = Field(False, description=_TRANSITIVE)
    intransitive: bool = Field(False, description=_INTRANSITIVE)
    strong: bool = Field(True, description=_STRONG)
    needs: str | None = Field(None, description=_NEEDS)
    poss: Literal["object", "agent"] = Field("object", description=_POSS)
    of: Literal["object", "agent"] = Field("object", description=_OF)
    consequence: bool = Field(False, description=_CONSEQUENCE)

    @property
    def key(self) -> str:
        """Its name in explanations: its type and its first word."""
        return f"{self.type}/{(*self.verbs, *self.nouns, *self.adjectives, 'read')[0]}"

    @property
    def rule(self) -> str:
        """Its name among the rules (knowledge/rules.yaml): "what.frame.attack.open-fire"."""
        return "what.frame." + self.key.replace("/", ".").replace(" ", "-")


@cache
def frames() -> tuple[Frame, ...]:
    """All frames that have words, in the order in which they are tried."""
    return tuple(one for name in FAMILIES for one in load("dateline.what", f"en/frames/{name}.yaml", list[Frame]))


@cache
def _plain_frames() -> dict[str, Frame]:
    return {frame.type: frame for frame in load("dateline.what", "plain.yaml", list[Frame])}


def plain_frame(type_: str) -> Frame:
    """The frame of a type for words that have none of their own (knowledge/plain.yaml)."""
    return _plain_frames()[type_]
