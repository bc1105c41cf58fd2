"""What a noun phrase says about a party: its kind, the known actor that it is, and the name to show."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.language.dictionary import lemma
from dateline.language.roles import base, kind_of, kind_of_word, words
from dateline.model import Span
from dateline.model.knowledge import english
from dateline.model.vocabulary import ActorKind, Party
from dateline.who.actors import KnownActor
from dateline.who.bodies import CountryOf, body_of
from dateline.who.mentions import Mention
from dateline.who.names import Cast
from dateline.who.ties import called, spoken_of
from dateline.who.trimming import without_determiner

_PARTY: dict[str, Party] = {
    "state": "state", "armed_group": "nonstate", "suspect": "nonstate", "civilian": "civilian", "person": "unknown",
}  # fmt: skip
_STATE_ORGANS = english("dateline.who", "state_organs")
_PRONOUNS = english("dateline.who", "pronouns")


@dataclass(frozen=True, slots=True)
class Described:
    """One party to a happening. `group` is the known actor to which it belongs, where it is not that actor itself."""

    kind: ActorKind
    name: str
    text: str
    span: Span
    head: str
    party: Party
    id: str | None = None
    group: KnownActor | None = None
    group_span: Span | None = None
    suspect: bool = False
    pronoun: bool = False
    plural: bool = False


def describe(sentence: Sentence, head: Token, cast: Cast, country_of: CountryOf) -> Described:
    """The party that the noun phrase around `head` names."""
    core = sentence.core(head)
    span = _with_name(sentence, core, sentence.words(without_determiner(core)), cast)
    text = sentence.quote(span)
    reader = _Reader(sentence, head, core, cast, country_of, span, text)
    return reader.pronoun() or reader.known() or reader.person() or reader.armed() or reader.role() or reader.named()


def _with_name(sentence: Sentence, core: list[Token], span: Span, cast: Cast) -> Span:
    """The span of the phrase, with the whole name of a known actor where the parse cut it in two ("two Jaish-e-Mohammed
    men")."""
    mention = cast.actor_at(sentence, core[0])
    return span if mention is None else Span(min(span.start, mention.span(sentence).start), span.end)


def _sounds_armed(name: str) -> bool:
    """Do the words of a name call the party an armed group ("the Oru Liberation Army", "the Vos Cartel")?"""
    said = {w for word in name.lower().split() for w in (word, lemma(word, "noun"))}
    return bool(said & called("gangs")) or bool(said & called("armed") and said & called("bodies"))


#: Letters before the names of ships that do not belong to a navy.
_MERCHANT = english("dateline.who", "merchant_ships")


def _is_warship(core: list[Token]) -> bool:
    """Do the letters before its name make it a ship of a navy ("HMS Oru")?"""
    first = core[0]
    return len(core) > 1 and first.text.isupper() and first.lower in words("ship_prefixes") - _MERCHANT


#: Words for weapons and hidden faces ("masked") that make people an armed group.
_COVERED = english("dateline.who", "covered")
#: Nouns for people that say nothing more about them ("men" in "masked men").
_SOMEBODY = english("dateline.who", "somebody")


#: Words before soldiers by which they do not belong to a state.
_SELF_STYLED = english("dateline.who", "self_styled")


class _Reader:
    """One noun phrase, with a method for each kind of party that it may be: a Described if it is of that kind, else
    None."""

    def __init__(
        self,
        sentence: Sentence,
        head: Token,
        core: list[Token],
        cast: Cast,
        country_of: CountryOf,
        span: Span,
        text: str,
    ) -> None:
        self.sentence, self.head, self.core, self.cast, self.country_of = sentence, head, core, cast, country_of
        self.span, self.text = span, text
        self.plural = head.tag in ("NNS", "NNPS") or head.lower in ("people", "police")

    def _made(self, kind: ActorKind, party: Party, name: str | None = None, **more: object) -> Described:
        fields = {"id": None, "suspect": False, "pronoun": False} | more
        group = self._group()
        mention = group if fields["id"] is None else None
        # "Its forces" are called by the name of the group.
        by_pronoun = mention is not None and not self.span.overlaps(mention[1])
        called_so = mention[0].name if mention is not None and by_pronoun else name or self.text
        return Described(
            kind=kind, name=" ".join(called_so.split()), text=self.text, span=self.span,
            head=str(fields.get("head") or base(self.head)), party=party,
            id=fields["id"], suspect=bool(fields["suspect"]),  # type: ignore[arg-type]
            pronoun=bool(fields["pronoun"]), plural=self.plural,
            group=mention[0] if mention else None, group_span=mention[1] if mention else None,
        )  # fmt: skip

    def _group(self) -> tuple[KnownActor, Span] | None:
        """A known actor named within the phrase ("suspected ISIS members", "members of the militia Badr"). An actor to
        which others are only tied ("the al-Qaeda-linked JNIM") counts if no other is named. Else None."""
        found = [self.cast.actor_at(self.sentence, token) or self._named_after(token) for token in self.core]
        named = [mention for mention in found if mention is not None]
        own = [mention for mention in named if not self._is_tie(mention)]
        for mention in own or named or self._owner():
            return mention.actor, mention.span(self.sentence)
        return None

    def _owner(self) -> list[Mention]:
        """The known actor whose fighters they are by a pronoun ("the group said its fighters withdrew"): the one last
        named before them in the sentence. Soldiers of a state may be of a group, but not fighters of a state."""
        kind = kind_of(self.sentence, self.head)
        theirs = any(c.tag == "PRP$" and c.lower in ("its", "their") for c in self.sentence.children(self.head, "poss"))
        if not theirs or kind not in ("state", "armed_group", "suspect"):
            return []
        before = [m for m in self.cast.actors.get(self.sentence.index, ()) if m.last < self.head.i]
        return [m for m in before[-1:] if m.actor.kind == "armed_group" or m.actor.kind == kind]

    def _is_tie(self, mention: Mention) -> bool:
        """Does the mention only tell to whom others are tied ("al-Qaeda-linked")?"""
        tokens = self.sentence.tokens[mention.last : mention.last + 3]
        return any(token.lower.rpartition("-")[2] in called("tied") for token in tokens)

    def pronoun(self) -> Described | None:
        if self.head.lower not in _PRONOUNS or self.head.pos not in ("PRON", "DET", "ADP", "SCONJ"):
            return None
        return self._made("unknown", "unknown", pronoun=True)

    def known(self) -> Described | None:
        mention = self.cast.actor_at(self.sentence, self.head)
        if mention is None and (mention := self._named_after(self.head)) is not None:
            self._now(mention.span(self.sentence))
        if mention is None:
            before = spoken_of(self.sentence, self.head, self.cast) if self._group() is None else None
            return None if before is None else self._made(before.kind, "nonstate", before.name, id=before.id)
        party: Party = "state" if mention.actor.kind == "state" else "nonstate"
        return self._made(mention.actor.kind, party, mention.actor.name, id=mention.actor.id)

    def _now(self, span: Span) -> None:
        """Let the party have other words: those at `span`."""
        self.span, self.text = span, self.sentence.quote(span)

    def _named_after(self, word: Token) -> Mention | None:
        """The group named right after a word for its kind ("the terrorist group ISIL"). The two are one party, best
        told by the name. Else None."""
        if word.i + 1 >= len(self.sentence.tokens) or word.tag != "NN":
            return None
        mention = self.cast.actor_at(self.sentence, self.sentence.tokens[word.i + 1])
        if mention is None or mention.first != word.i + 1:
            return None
        return mention if base(word) == "enemy" or kind_of_word(base(word)) == mention.actor.kind else None

    def person(self) -> Described | None:
        name = self.cast.name_at(self.sentence, self.head)
        if name is None or name.kind != "person":
            return None
        tokens = self.sentence.tokens[name.first : name.last + 1]
        self.span = self.sentence.words(tokens)
        self.text = self.sentence.quote(self.span)
        modifiers = {t.lemma for t in self.core if t.i < name.first}
        state = any(kind_of_word(m) == "state" for m in modifiers)
        return self._made("person", "state" if state else "unknown", name.name)

    def armed(self) -> Described | None:
        """An armed group that is in no list, by the words of its name ("the Oru Liberation Army")."""
        if self.head.text[:1].islower() or self.head.pos != "PROPN" or self._group() is not None:
            return None
        name = self.cast.name_at(self.sentence, self.head)
        own = " ".join(t.text for t in self.core if t.text[:1].isupper())
        called = name.name if name is not None else own
        return self._made("armed_group", "nonstate", called) if _sounds_armed(called) else None

    def role(self) -> Described | None:
        lemma = base(self.head)
        passed = self._passed_on() if lemma in words("passing") or self._counts_some() else None
        if passed is not None:
            return passed
        kind = kind_of(self.sentence, self.head)
        if kind is None and self.head.lemma == "be":
            return None
        modifiers = {t.lower for t in self.core}
        if kind == "civilian" and (modifiers & _COVERED) and lemma in _SOMEBODY:
            return self._made("unknown", "nonstate")
        if kind is None:
            # A country and a thing that only a service has ("Turkish drones").
            body = body_of(self.sentence, self.head, self.core, self.country_of)
            return self._made("state", "state", id=body.id) if body else None
        group = self._group()
        if kind in ("suspect", "civilian") and (
            (group and group[0].kind == "armed_group") or modifiers & {"suspected", "alleged"}
        ):
            return self._made("armed_group" if group else "unknown", "nonstate", suspect=True)
        if kind == "suspect":
            return self._made("unknown", "nonstate", suspect=True)
        if kind == "civilian" and lemma in _SOMEBODY and group and group[0].kind == "state":
            return self._made("state", "state")  # "a Frontier Corps man"
        if kind in ("organisation", "facility"):
            return self._made(kind, "unknown")  # type: ignore[arg-type]
        rebels = any(kind_of_word(base(t)) == "armed_group" for t in self.core if t.i < self.head.i)
        styled = modifiers & _SELF_STYLED
        if kind == "state" and (rebels or styled or (group and group[0].kind == "armed_group")):
            return self._made("armed_group", "nonstate")  # "rebel forces", "guerrilla commandos"
        if kind == "state":
            body = body_of(self.sentence, self.head, self.core, self.country_of)
            return self._made("state", "state", id=body.id if body else None)
        if kind == "armed_group" and group is None and self._named_by_deed(lemma):
            return self._made("unknown", "nonstate")
        return self._made(kind, _PARTY[kind])  # type: ignore[arg-type]

    def _counts_some(self) -> bool:
        """Is it a number of those named after it ("fourteen of the attackers")?"""
        after = self.sentence.tokens[self.head.i + 1 : self.head.i + 2]
        return self.head.pos == "NUM" and bool(after) and after[0].lower == "of"

    def _is_side(self) -> bool:
        """Does the name of a people stand for its state ("the Russians attacked"), and not for some persons?"""
        above = self.sentence.head(self.head)
        acts = self.head.dep == "nsubj" or (self.head.dep == "pobj" and above.dep == "agent")
        dets = [t.lower for t in self.sentence.children(self.head, "det")]
        bare = not self.sentence.children(self.head, "nummod", "amod", "compound", "relcl", "acl", "prep")
        return self.head.tag == "NNPS" and acts and dets == ["the"] and bare

    def _named_by_deed(self, lemma: str) -> bool:
        """Is it a word for people by their deed, whether they belong to a group or not ("gunmen", "a suicide
        bomber")?"""
        pair = f"{self.sentence.tokens[self.head.i - 1].lower} {lemma}" if self.head.i else ""
        return lemma in words("doer") or pair in words("doer")

    def _passed_on(self) -> Described | None:
        """Somebody described by the group to which they belong ("members of the FMLN"). They have the kind of the
        group."""
        for of in self.sentence.children(self.head, "prep"):
            if of.lower != "of":
                continue
            for inner in self.sentence.children(of, "pobj"):
                mention = self.cast.actor_at(self.sentence, inner) or self._named_after(inner)
                if mention is not None:
                    self._now(Span(self.span.start, max(self.span.end, mention.span(self.sentence).end)))
                    party: Party = "state" if mention.actor.kind == "state" else "nonstate"
                    suspect = base(self.head) in words("suspect")
                    return self._made(mention.actor.kind, party, suspect=suspect)
                kind = kind_of_word(base(inner))
                if base(inner) in words("doer"):
                    return self._made("unknown", "nonstate", head=base(inner))
                if kind in ("state", "armed_group", "civilian"):
                    return self._made(kind, _PARTY[kind], head=base(inner))  # type: ignore[arg-type]
                if kind == "suspect":
                    return self._made("unknown", "nonstate", suspect=True, head=base(inner))
        return self._of_body()

    def _of_body(self) -> Described | None:
        """Somebody described by the body named before them ("a police member", "two army units")."""
        group = self._group()
        if group is not None:  # before the words are looked at: "State" in "Islamic State members" is not a state
            return self._made(group[0].kind, "state" if group[0].kind == "state" else "nonstate")
        for before in self.sentence.children(self.head, "compound", "nmod", "amod"):
            kind = kind_of_word(base(before))
            if kind in ("state", "armed_group") and before.i == self.head.i - 1:
                return self._made(kind, _PARTY[kind])  # type: ignore[arg-type]
        return None

    def named(self) -> Described:
        """An organisation, a state (by the name of its country), or an unknown party."""
        name = self.cast.name_at(self.sentence, self.head)
        if name is not None:
            if {word.lower() for word in name.name.split()} & _STATE_ORGANS:
                body = body_of(self.sentence, self.head, self.core, self.country_of)
                return self._made("state", "state", name.name, id=body.id if body else None)
            return self._made("organisation", "unknown", name.name)
        if _is_warship(self.core):
            return self._made("state", "state")
        whole = " ".join(t.text for t in self.core if t.text[:1].isupper())
        if " " in whole and self.head.tag == "NNP" and (country := self.country_of(whole)):
            return self._made("state", "state", country)
        if self.head.pos == "ADJ" and (country := self.country_of(self.head.text)):
            return self._made("state", "state", country)
        if self.head.pos == "PROPN" and self.country_of(self.head.text):
            if self._is_side():
                return self._made("state", "state")
            someone = self.plural or any(d.lower in ("a", "an") for d in self.sentence.children(self.head, "det"))
            return self._made("civilian", "civilian") if someone else self._made("state", "state")
        group = self._group()
        if group is not None:
            return self._made(group[0].kind, "state" if group[0].kind == "state" else "nonstate")
        if self.head.text[:1].isupper() and self.head.lower in _STATE_ORGANS:
            return self._made("state", "state")
        return self._made("unknown", "unknown")
