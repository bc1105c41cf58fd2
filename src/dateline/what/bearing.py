"""Does what stands around a word with other everyday senses bear out that a happening of ours is meant?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.language.labels import labels
from dateline.language.roles import base, kind_of, names_people, words
from dateline.model import types
from dateline.model.knowledge import english
from dateline.what.clauses import governor
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.words import wordlist

#: Different words of a report from which on it is long.
_LONG = 90
#: ... and up to which it is a headline or an alert.
_SHORT = 30
_ARMED = ("state", "armed_group", "suspect")


@dataclass(frozen=True, slots=True)
class Bearing:
    """Whether what stands around a trigger bears it out, and the rule that says so (knowledge/rules.yaml)."""

    rule: str
    holds: bool


#: What follows "scores" where it is a number: "scores of people", "scores killed".
_SCORED = english("dateline.what", "after_scores")


def _counts_in_scores(sentence: Sentence, token: Token) -> bool:
    """Does "scores" stand for a number ("scores of people", "injuring scores more"), and not for a game's?"""
    after = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
    return token.lower == "scores" and after in _SCORED


#: Happenings that stand for a weapon: "the blast killed".
_DOING_HARM = english("dateline.what", "doing_harm")


class _Case:
    """One trigger with all that may speak for it."""

    def __init__(
        self,
        sentence: Sentence,
        hit: Hit,
        agents: Sequence[Token],
        objects: Sequence[Token],
        report: frozenset[str],
    ) -> None:
        own = {t.i for t in hit.tokens}
        self.sentence, self.hit, self.agents, self.objects, self.report = (
            sentence,
            hit,
            agents,
            objects,
            report,
        )
        others = [t for t in sentence.tokens if t.i not in own and t.pos not in ("PUNCT", "SPACE", "DET")]
        self.others = [t for t in others if not _counts_in_scores(sentence, t)]
        self.words = {base(t) for t in self.others} | {t.lemma for t in self.others} | {t.lower for t in self.others}

    def content(self, token: Token) -> Token:
        """What a word that only counts or gathers passes on: "weapons" of "a total of 206 weapons"."""
        passes = base(token) in words("passing") and kind_of(self.sentence, token) is None
        for of in self.sentence.children(token, "prep"):
            if of.lower == "of" and passes:
                return next(iter(self.sentence.children(of, "pobj")), token)
        return token

    def bases(self, tokens: Sequence[Token]) -> set[str]:
        """The base forms of what the tokens, and what is joined to them, name."""
        return {base(self.content(one)) for token in tokens for one in self.sentence.conjuncts(token)}

    def kinds(self, tokens: Sequence[Token]) -> set[str]:
        found = set()
        for token in tokens:
            for one in map(self.content, self.sentence.conjuncts(token)):
                kind = kind_of(self.sentence, one)
                if kind:
                    found.add(kind)
        return found

    def violent(self) -> bool:
        return bool(self.words & wordlist("violent")) and not self.words & wordlist("peaceful_death")

    def instruments(self) -> list[Token]:
        own = self.hit.token
        # "A bomb that exploded" is what the clause hangs on.
        above = own.head if own.dep == "relcl" else None
        near = ("nsubj", "nsubjpass", "dobj")
        return [t for t in self.others if t.dep in near or t.head == own.i or t.i == above]

    def about_violence(self) -> bool:
        """Is the report as a whole about violence, and not about games?"""
        violent = len(self.report & wordlist("violent"))
        # A long report has a few such words by chance; a snippet has few words at all.
        long = len(self.report) >= _LONG
        enough = 4 if long else 2 if len(self.report) >= _SHORT else 1
        # A long report on violence may name a match; of a snippet on a match half the words sound like violence.
        return violent >= enough and violent > (1 if long else 2) * len(self.report & wordlist("games"))

    def is_game(self) -> bool:
        """A word of games or films in the sentence, and no violence but what is said of games too."""
        if self.about_violence() or self.is_done_to_people():
            return False
        return bool(self.words & wordlist("games")) and not (self.words & wordlist("violent")) - wordlist(
            "said_of_games"
        )

    def mostly_violent(self) -> bool:
        """Are accidents and illness in the report beside the point?"""
        return 4 * len(self.report & wordlist("peaceful_death")) <= len(self.report & wordlist("violent"))

    def people(self) -> bool:
        return any(names_people(self.sentence, self.content(o)) for o in self.objects)

    def is_done_to_people(self) -> bool:
        """Is it told in a passive about people ("a boy was shot"), as a game or a film seldom is?"""
        verb = self.hit.token
        return (
            self.hit.kind == "verb"
            and self.people()
            and self.sentence.is_passive(verb)
            and len(self.report & wordlist("violent")) > 1
        )

    def is_reflexive(self) -> bool:
        """Is it done to oneself ("the police held themselves back")?"""
        return any(o.lower.endswith(("self", "selves")) for o in self.objects)

    def party(self) -> bool:
        armed = any(kind_of(self.sentence, t) in _ARMED for t in self.others if t.pos in ("NOUN", "PROPN"))
        return armed or self.violent()

    def armed(self) -> bool:
        doers = self.kinds(self.agents)
        thrown = any(
            base(a) in wordlist("explosives") | wordlist("kills_as_airstrike") | wordlist("kills_as_shelling")
            or base(a) in _DOING_HARM
            for a in self.agents
        )
        done = self.people() or bool(self.kinds(self.objects) & {"facility", "state", "armed_group"})
        return done and (
            thrown
            or ("armed_group" in doers)
            or ("state" in doers and bool(self.words & wordlist("violent")) and self.about_violence())
        )


def _is_effort(case: _Case) -> bool:
    """Is it an effort ("a battle to contain the threat"), and no fight?"""
    after = case.sentence.tokens[case.hit.token.i + 1 : case.hit.token.i + 3]
    return case.hit.kind == "noun" and [t.lower for t in after[:1]] == ["to"] and after[-1].tag == "VB"


def _arrestee(case: _Case) -> bool:
    kinds, lemma = case.kinds(case.objects), case.hit.token.lemma
    by_state = "state" in case.kinds(case.agents)
    if case.is_reflexive():
        return False
    if kinds & {"suspect", "armed_group"}:
        return True
    if not case.people() or "facility" in kinds:
        return False
    if by_state or case.words & wordlist("custody"):
        return True
    if lemma == "capture":
        return case.about_violence() or bool(case.sentence.children(case.hit.token, "nsubjpass"))
    # Meetings and posts are held, and the police stand by.
    return lemma != "hold" and bool(case.words & wordlist("law"))


def _ground(case: _Case) -> bool:
    if case.hit.kind == "noun":
        return bool(case.words & wordlist("forces"))
    named = any(
        base(o) in wordlist("ground") or (o.pos == "PROPN" and kind_of(case.sentence, o) is None) for o in case.objects
    )
    doers = case.kinds(case.agents)
    return named and bool(doers & {"state", "armed_group"})


_PERSONS = english("dateline.what", "persons")


_TAKING = english("dateline.what", "taking_people")


def _captive(case: _Case) -> bool:
    taken = [c for o in case.objects for c in case.sentence.children(o, "relcl", "acl") if c.lemma in _TAKING]
    if taken and case.hit.frame.type == "release":
        return True  # "freed two engineers who had been held since March"
    freed = map(case.content, case.objects)
    return any(
        base(o) in wordlist("captives")
        or o.pos == "PROPN"
        or o.lower in _PERSONS
        or kind_of(case.sentence, o) == "civilian"
        for o in freed
    ) and bool(case.words & wordlist("captivity"))


#: What is condemned and is no judgement of a court.
_CONDEMNED = english("dateline.what", "condemned")


def _officials(case: _Case) -> bool:
    kinds = case.kinds(case.agents)
    if case.words & wordlist("business"):
        return False
    if case.hit.token.lemma in ("condemn", "denounce"):
        return bool(case.words & (wordlist("officials") | _CONDEMNED)) and case.violent()
    names = [t for t in case.others if t.pos == "PROPN"]
    return (
        ("state" in kinds or any(a.pos == "PROPN" or (a.pos == "PRON" and names) for a in case.agents))
        and len(case.words & wordlist("officials")) >= 1
        and case.hit.kind != "adj"
    )


def _crowd(case: _Case) -> bool:
    strike = case.hit.token.lemma == "strike" and not case.words & wordlist("labour")
    market = case.words & wordlist("markets")
    staged = case.hit.kind == "noun" and _is_staged(case)
    return (staged or bool(case.words & wordlist("crowd"))) and not strike and not market


def _is_staged(case: _Case) -> bool:
    """Is it a protest of people ("a peaceful march was held"), and not one that somebody lodges?"""
    noun = case.hit.tokens[-1]
    kinds = {t.lower for t in case.sentence.children(noun, "amod", "compound")}
    verb = case.sentence.head(noun)
    came = noun.dep in ("nsubj", "nsubjpass", "dobj") and verb.lemma in wordlist("staging")
    return bool(kinds & wordlist("of_crowds")) and (came or noun.dep == "pobj" or noun.dep == "ROOT")


#: What is burnt in everyday life.
_BURNT = english("dateline.what", "burnt")


def _property(case: _Case) -> bool:
    return "facility" in case.kinds(case.objects) and not case.words & _BURNT


def _fighters(case: _Case) -> bool:
    return (
        bool(case.kinds([*case.agents, *case.objects]) & {"state", "armed_group"})
        and case.about_violence()
        and len(case.words & wordlist("violent")) >= 1
    )


def _weapon(case: _Case) -> bool:
    if case.hit.kind == "noun":
        return bool(case.words & wordlist("weapons"))
    if any(base(t) in wordlist("weapons") for t in case.hit.tokens):
        return True
    return any(base(one) in wordlist("weapons") for o in case.objects for one in case.sentence.conjuncts(o)) or any(
        base(t) in wordlist("weapons") for o in case.objects for t in case.sentence.core(o)
    )


def _arms(case: _Case) -> bool:
    """Arms are what is done to ("two explosive devices were found"), and no strike did it ("jets destroyed a tank");
    of "find" also a verdict's word."""
    if case.hit.token.lemma == "destroy" and case.bases(case.agents) & _STRIKING:
        return False
    found = [one for o in case.objects for t in case.sentence.conjuncts(o) for one in (t, *_held(case.sentence, t))]
    pairs = {t.lower + " " + base(o) for o in found for t in case.sentence.children(o, "compound", "amod")}
    plain = {t.lower for t in found}
    return bool((case.bases(found) | pairs | plain) & wordlist("arms"))


#: Nouns for strikes, which destroy arms and do not find them.
_STRIKES = english("dateline.what", "strikes")


_STRIKING = _STRIKES | wordlist("kills_as_airstrike") | wordlist("kills_as_shelling")


#: Words between what holds something and what it holds: "bags of dynamite".
_HOLDS = english("dateline.what", "holds")


def _held(sentence: Sentence, holder: Token) -> list[Token]:
    """What an amount or a container holds ("a large amount of ammunition", "boxes containing rifles")."""
    if base(holder) not in wordlist("holders"):
        return []
    inside = [*sentence.children(holder, "prep"), *sentence.children(holder, "acl")]
    leading = [p for p in inside if p.lower in _HOLDS]
    found = [o for p in leading for o in sentence.children(p, "pobj", "dobj")]
    return [one for o in found for t in sentence.conjuncts(o) for one in (t, *_held(sentence, t))]


def _bodies(case: _Case) -> bool:
    """Dead bodies are what is found, and the report tells of violence rather than of an accident."""
    whose = [case.sentence.head(case.sentence.head(o)) for o in case.objects if o.dep == "pobj"]
    return bool(case.bases([*case.objects, *whose]) & wordlist("bodies")) and _violent(case)


def _people(case: _Case) -> bool:
    """People are shot or beaten, or somebody named is, in a report of violence; or the state brings people to court."""
    if case.hit.frame.type in types.COURT and "state" in case.kinds(case.agents) and case.people():
        return True
    if case.about_violence():
        return case.people() or any(o.pos == "PROPN" and kind_of(case.sentence, o) is None for o in case.objects)
    return case.people() and (case.is_done_to_people() or bool(case.kinds(case.objects) & {"armed_group", "suspect"}))


def _beaten(case: _Case) -> bool:
    """Does the state beat people who protest ("police beat two protesters"), and no team another?"""
    return "state" in case.kinds(case.agents) and bool(case.bases(case.objects) & wordlist("protesters"))


#: Verbs of harm, by which a strike is one from the air and no walkout.
_HARMING = english("dateline.what", "harming")
#: Words of a report whose strikes are walkouts.
_LABOUR = english("dateline.what", "of_walkouts")
#: Words of violence that reports on walkouts hold, too.
_NO_VIOLENCE = english("dateline.what", "no_violence")


def _struck(case: _Case) -> bool:
    """Does a strike hit somebody or something ("a strike on a market", "strikes destroyed a depot")? Work is struck
    "against the government"."""
    noun = case.hit.token
    verb = case.sentence.head(noun)
    hits = verb.lemma in wordlist("hitting") and bool(case.objects)
    if noun.dep == "nsubj" and (hits or verb.lemma in _HARMING):
        at_work = case.words & wordlist("labour") or case.report & _LABOUR
        return not at_work or bool((case.report & wordlist("violent")) - _NO_VIOLENCE)
    preps = {p.lower: p for p in case.sentence.children(case.hit.token, "prep") if p.lower in ("on", "against")}
    struck = [o for p in preps.values() for o in case.sentence.children(p, "pobj")]
    aimed = case.kinds(struck) - ({"state"} if "against" in preps else set())
    return bool(aimed) and case.about_violence() and not case.words & wordlist("labour")


def _violent(case: _Case) -> bool:
    kind = {t.lemma for t in case.sentence.children(case.hit.tokens[-1], "compound", "amod")}
    if kind & wordlist("strained"):
        return False  # "a calf injury"
    if case.violent() or (case.hit.kind == "noun" and kind & wordlist("violent")):
        return True  # "a shooting death", whatever else the sentence tells
    peaceful = case.words & wordlist("peaceful_death") or _OLD.search(case.sentence.text.lower())
    return case.about_violence() and not peaceful and case.mostly_violent()


#: "Died aged 92": of age, where the sentence tells of no violence.
_OLD = re.compile(r"\baged? (?:of )?(?:6[5-9]|[7-9]\d|1[01]\d)\b")


#: Words by which those who are expelled are diplomats.
_OF_DIPLOMATS = english("dateline.what", "of_diplomats")


def _diplomat(case: _Case) -> bool:
    """Diplomats, or those of an embassy, are sent away."""
    whose = {t.lower for o in case.objects for t in case.sentence.core(o)}
    return bool((case.bases(case.objects) & wordlist("diplomats")) or whose & _OF_DIPLOMATS)


def _dispersed(case: _Case) -> bool:
    """A crowd or its protest is what is broken up, and nobody but the state does so."""
    doers = case.kinds(case.agents)
    return bool(case.bases(case.objects) & wordlist("protesters")) and (not case.agents or "state" in doers)


def _act(case: _Case) -> bool:
    """Does somebody claim an act of violence ("took responsibility for the attack"), and not their actions in
    general?"""
    acts = [o for t in case.hit.tokens for o in case.sentence.led_to(t, "for", "in")]
    acts += [o for o in case.objects if case.hit.token.lemma == "claim"]
    return bool(case.bases(acts) & wordlist("violent")) or any(o.lemma in wordlist("violent") for o in acts)


#: Words of a trigger that tell by themselves that the wound came of violence.
_WOUNDING = english("dateline.what", "wounding")


def _alive(case: _Case) -> bool:
    """Violence, and nobody died in the clause of those hurt ("one is dead and two are in hospital")."""
    verb = governor(case.sentence, case.hit.token) if case.hit.kind == "noun" else case.hit.token
    own, waiting = [], [verb]
    while waiting:
        own.append(waiting.pop())
        waiting += [c for c in case.sentence.children(own[-1]) if c.dep not in ("conj", "ccomp")]
    dead = {t.lower for t in own} & (wordlist("fatal") | wordlist("peaceful_death"))
    told = {t.lower for t in case.hit.tokens} & _WOUNDING
    return not dead and (bool(told) or case.violent() or case.about_violence())


def _court(case: _Case) -> bool:
    """A court sits, and no committee, and over violence."""
    return bool(case.report & wordlist("court")) and not case.words & wordlist("inquiries") and case.about_violence()


#: Words by which those who are fired lose their work.
_DISMISSED = english("dateline.what", "dismissed")


_CHECKS: dict[str, Callable[[_Case], bool]] = {
    "people": _people,
    "party": lambda c: c.party() and c.about_violence() and not _is_effort(c),
    "explosive": lambda c: (
        any(base(t) in wordlist("explosives") for t in c.instruments()) and (c.violent() or c.about_violence())
    ),
    "bomber": lambda c: bool((c.bases(c.agents) | c.words) & {"bomber", "explosive", "explosives-laden", "bomb-laden"}),
    "shooter": lambda c: bool(c.kinds(c.agents) & set(_ARMED)) and not _DISMISSED & c.words,
    "armed": lambda c: c.armed() or (bool(c.agents) and "target" in c.bases(c.objects)),
    "violent": _violent,
    "bodies": _bodies,
    "struck": _struck,
    "beaten": _beaten,
    "casualties": _violent,
    "court": _court,
    "arrestee": _arrestee,
    "ground": _ground,
    "captive": _captive,
    "officials": _officials,
    "crowd": _crowd,
    "property": _property,
    "fighters": _fighters,
    "weapon": _weapon,
    "fugitive": lambda c: any(names_people(c.sentence, a) for a in c.agents) and bool(c.words & wordlist("captivity")),
    "act": _act,
    "done": lambda c: bool(c.objects),
    "alive": _alive,
    "persons": lambda c: c.people() and not _is_natural(c),
    "arms": _arms,
    "diplomat": _diplomat,
    "diplomacy": lambda c: len(c.words & wordlist("diplomacy")) >= 1,
    "conflict": lambda c: bool(c.words & wordlist("conflict")),
    "protesters": lambda c: bool(c.bases(c.agents) & wordlist("protesters")),
    "dispersed": _dispersed,
}


def _is_natural(case: _Case) -> bool:
    """Do words for accidents and nature stand beside it? No verb of force: "stormed a clinic and killed two"."""
    forceful = {t.lemma for t in case.others if t.pos == "VERB"} & wordlist("everyday")
    return bool((case.words - forceful) & wordlist("peaceful_death"))


def _is_accident(case: _Case, frame: Frame) -> bool:
    """Did a blast come of a mishap ("a gas leak caused the blast"), with no bomb in the sentence?"""
    mishap = frame.type == "bombing" and bool(case.words & wordlist("mishaps"))
    return mishap and not case.words & (wordlist("explosives") | {"bomber"} | labels())


def borne_out(
    frame: Frame,
    sentence: Sentence,
    hit: Hit,
    agents: Sequence[Token],
    objects: Sequence[Token],
    report: frozenset[str],
) -> Bearing:
    """What bears a trigger out, or refuses it: games and accidents do; else what its frame needs."""
    case = _Case(sentence, hit, agents, objects, report)
    games = len(case.report & wordlist("games"))
    if games >= 3 and games >= len(case.report & wordlist("violent")):
        return Bearing("what.games.report", False)
    if case.is_game():
        return Bearing("what.games.sentence", False)
    if _is_accident(case, frame):
        return Bearing("what.accident.mishap", False)
    if frame.needs is not None:
        return Bearing(f"what.needs.{frame.needs}", _CHECKS[frame.needs](case))
    if frame.type == "killing" and _is_natural(case):
        return Bearing("what.accident.death", False)
    return Bearing("what.needs.nothing", True)
