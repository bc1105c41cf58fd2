"""A draft: an account in the making. Passes fill in its values; then it becomes an account, which never changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dateline.language import Sentence
from dateline.model import Actor, Count, Item, Span, Speaker, When
from dateline.model.knowledge import english
from dateline.model.vocabulary import Scope, Status, Type
from dateline.what import Mention
from dateline.where import Located


@dataclass(frozen=True, slots=True)
class Heard:
    """What the learned reader says of a draft's triggers. `likely`: the probability that they tell of a happening of
    one of our types; `core`: that any careful coder would have it; `types`: the probability of each type; `instead_of`:
    the type by the rules, where the reader gave another one."""

    likely: float
    core: float
    types: dict[Type, float]
    #: The highest probability of its sentences, each as a whole, to tell of a happening of one of our types.
    sentence: float = 0.0
    #: The probability that one of its sentences tells of a happening of its type, times this draft's share of what the
    #: words of that sentence tell.
    alone: float = 0.0
    instead_of: Type | None = None


@dataclass(eq=False)
class Draft:
    """One happening as far as it is known. The first mention gives the trigger; later mentions add values."""

    type: Type
    status: Status
    mentions: list[Mention]
    sentences: list[Sentence]
    scope: Scope = "event"
    methods: set[str] = field(default_factory=set)
    when: When | None = None
    own_time: bool = False
    #: It names a time of its own that cannot be resolved to days ("on Thursday" in an undated report).
    names_time: bool = False
    places: list[Located] = field(default_factory=list)
    own_place: bool = False
    #: Streets in its places; they have no coordinates.
    streets: list[Located] = field(default_factory=list)
    #: Its place was taken from the rest of the report: no sentence of the draft names it.
    place_inferred: bool = False
    actors: list[Actor] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    #: Figures of a part of the people counted in `counts` (`part` is true), or of people told of before (`part` is
    #: false).
    parts: list[Count] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    said_by: list[Speaker] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    links: list[tuple[str, Draft]] = field(default_factory=list)
    #: How each later mention was joined to this draft, in words, by the identity (`id()`) of the mention.
    joined: dict[int, str] = field(default_factory=dict)
    #: The word that decided its status, where one did.
    cue: str | None = None
    #: What the learned reader says of it, where it read the report.
    heard: Heard | None = None
    #: Spans of figures counted as wounded that are of all who were shot, perhaps the dead among them.
    shot: set[Span] = field(default_factory=set)

    @property
    def tells_when(self) -> bool:
        """Does it name a time of its own, resolved to days or not?"""
        return self.names_time or (self.own_time and self.when is not None)

    @property
    def first(self) -> Mention:
        """The mention that began it."""
        return self.mentions[0]

    @property
    def trigger(self) -> Span:
        """Where its trigger stands."""
        tokens = self.first.hit.tokens
        return self.first.token.span if len(tokens) > 2 else self.first.sentence.words(tokens)

    @property
    def called(self) -> str:
        """Its name in notes on other drafts: its type, and the offset of its trigger."""
        return f"the {self.type} at {self.trigger.start}"

    def add_actor(self, actor: Actor) -> None:
        """Add a party unless it is there. A party without an id is replaced by a later one that has an id or fuller
        words."""
        for k, known in enumerate(self.actors):
            if known.role == actor.role and (known.span == actor.span or _same_actor(known, actor)):
                if known.id is None and (actor.id is not None or _is_fuller(actor, known)):
                    self.actors[k] = actor
                return
        self.actors.append(actor)

    def add_count(self, count: Count) -> None:
        """Add a figure unless the same one is there."""
        for k, known in enumerate(self.counts):
            if (
                known.what == count.what
                and (known.low, known.best, known.high)
                == (
                    count.low,
                    count.best,
                    count.high,
                )
                and (known.party in (count.party, "unknown", None) or count.party in ("unknown", None))
            ):
                if known.party in ("unknown", None) and count.party not in ("unknown", None):
                    self.counts[k] = count
                return
        self.counts.append(count)

    def add_street(self, street: Located) -> None:
        """Add a street unless it is there."""
        if all(s.toponym.text.lower() != street.toponym.text.lower() for s in self.streets):
            self.streets.append(street)

    def add_part(self, count: Count) -> None:
        """Add a figure of a part unless the same one is there."""
        if all((c.what, c.text.lower()) != (count.what, count.text.lower()) for c in self.parts):
            self.parts.append(count)

    @property
    def figures(self) -> tuple[Count, ...]:
        """All its figures. Where no total is told, a part counts as a lower bound."""
        most: dict[str, int] = {}
        for c in self.counts:
            most[c.what] = max(most.get(c.what, 0), c.best or c.low or 0)
        return (*self.counts, *(p for c in self.parts if (p := _beside(c, most.get(c.what))) is not None))

    def add_item(self, item: Item) -> None:
        """Add a thing unless it is there."""
        if not any(i.what == item.what and i.name.lower() == item.name.lower() for i in self.items):
            self.items.append(item)

    def add_speaker(self, speaker: Speaker) -> None:
        """Add a source unless it is there."""
        if all(s.name != speaker.name for s in self.said_by):
            self.said_by.append(speaker)


#: Pronouns for one person; that person is one of the people counted already.
PRONOUNS = english("dateline.coding", "pronouns")


def _beside(part: Count, total: int | None) -> Count | None:
    """The figure of a part or of people told of before, set against the largest figure of the same kind (`total`). None
    where it is that figure again."""
    size = part.best or part.low or 0
    if total is not None and part.text.lower() in PRONOUNS:
        return None
    if total is None:
        return replace(part, part=False, best=None, high=None) if part.part else part
    if part.part or size < total:
        return replace(part, part=True)
    return None if size == total else part


def _same_actor(a: Actor, b: Actor) -> bool:
    if a.id is not None and a.id == b.id:
        return True
    return a.kind == b.kind and (a.name.lower() == b.name.lower() or _is_one_body(a, b))


def _is_one_body(a: Actor, b: Actor) -> bool:
    """Are two unnamed agents the same body ("guerrillas", "several urban guerrillas")?"""
    known = a.id is not None and b.id is not None
    if a.role != "agent" or a.kind not in ("armed_group", "state", "unknown") or known:
        return False
    one, two = ([w for w in x.name.lower().split() if w not in _LOOSE] for x in (a, b))
    small, large = sorted((one, two), key=len)
    return bool(small) and small[-1] == large[-1] and set(small) <= set(large)


def _is_fuller(a: Actor, b: Actor) -> bool:
    """Does `a` say more of who they are, in few words?"""
    return len(b.name.split()) < len(a.name.split()) <= _FEW_WORDS


_FEW_WORDS = 4
#: Words that say how many people, and not which.
_LOOSE = english("dateline.coding", "loose")
