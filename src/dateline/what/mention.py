"""A mention: a happening as one trigger tells it, before a draft is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.language import Sentence, Token
from dateline.language.roles import kind_of
from dateline.model.knowledge import english
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.words import wordlist

_POINTING = english("dateline.what", "pointing")


@dataclass(slots=True, eq=False)
class Mention:
    """A happening as one trigger tells it. Parties are head tokens of noun phrases of the sentence.

    `clause` is the verb of the clause that tells it (for verbs the trigger itself). `cause` is the mention that this
    one is a consequence of ("attack" for "killed" in "killed in an attack").
    """

    sentence: Sentence
    hit: Hit
    clause: Token
    agents: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    instruments: list[Token] = field(default_factory=list)
    seized: list[Token] = field(default_factory=list)
    #: Weapons in the place of the agent ("killed by army shells").
    means: list[Token] = field(default_factory=list)
    methods: set[str] = field(default_factory=set)
    cause: Mention | None = None
    #: The name of the rule that found its cause (knowledge/rules.yaml).
    cause_rule: str = ""
    light: bool = False
    #: For a noun: does a verb say that it happened or was done?
    told: bool = False
    #: For a noun: the noun that takes its place in the clause: itself, "series" ("of airstrikes"), "police" ("police
    #: firing").
    carrier: Token | None = None
    #: It is a part of a name of something else ("the explosion area"): it points at a happening and tells of none.
    pointer: bool = False
    #: Its objects describe people told of before: True for some of them ("the dead included"), False for all. None:
    #: they do not.
    of_part: bool | None = None
    preps: list[tuple[str, Token]] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """Its frame."""
        return self.hit.frame

    @property
    def token(self) -> Token:
        """Its trigger."""
        return self.hit.token

    @property
    def nominal(self) -> bool:
        """Told by a noun?"""
        return self.hit.kind == "noun"

    @property
    def definite(self) -> bool:
        """Does it point back at a happening that is told or known ("the attack", "their abduction", "Iran's
        protests")?"""
        if self.of_part is not None:
            return True
        determiners = self.sentence.children(
            self.carrier if self.pointer and self.carrier else self.token, "det", "poss"
        )
        known = (d.lower in _POINTING or is_time(d) or (d.dep == "poss" and d.pos == "PROPN") for d in determiners)
        return self.nominal and any(known)

    @property
    def of_people(self) -> bool:
        """Is it a word for people, and no act ("a rioting mob", "kidnap victims")?"""
        return self.pointer and self.carrier is not None and kind_of(self.sentence, self.carrier) is not None

    @property
    def plural(self) -> bool:
        """Is it a noun in the plural ("attacks")?"""
        return self.nominal and self.token.tag in ("NNS", "NNPS")


#: The result of reading a trigger: a mention, or the name of the rule by which it tells of nothing
#: (knowledge/rules.yaml).
Read = Mention | str


def is_time(token: Token) -> bool:
    return token.lower in wordlist("times") or token.pos == "NUM"
