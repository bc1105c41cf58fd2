"""Tie deaths and wounds to the act that caused them, where grammar says so."""

from __future__ import annotations

from dateline.language import Sentence
from dateline.model import types
from dateline.model.knowledge import english
from dateline.what.mention import Mention
from dateline.what.words import wordlist


def tie_causes(sentence: Sentence, mentions: list[Mention]) -> None:
    """Give each death or wound the act that caused it, where grammar says so, and the name of the rule that found
    it."""
    effects = [m for m in mentions if m.frame.consequence]
    acts = sorted(mentions, key=lambda m: (m.frame.consequence, not m.nominal))
    for mention in effects:
        _tie_to_act(sentence, mention, acts)
    for mention in effects:
        if mention.cause is None and (act := _nearest_act(sentence, mention, mentions)) is not None:
            # The agents by the parse are dropped: "police are hunting a man over a bomb that exploded, wounding 13".
            mention.cause, mention.cause_rule, mention.agents = act, "what.cause.nearest", []
    joined = {id(m): _joined(sentence, m, mentions) for m in effects}
    for mention in effects:
        if mention.cause is None:
            mention.cause, mention.cause_rule = joined[id(mention)], "what.cause.first-effect"
    for mention in effects:
        if mention.cause is None:
            # Joined consequences share a cause: "four were killed and five injured when police opened fire".
            causes = (o.cause for o in effects if joined[id(o)] is mention and o.cause is not mention)
            mention.cause, mention.cause_rule = next(causes, None), "what.cause.shared"
    for mention in effects:
        if mention.cause is not None:
            # The victims of the cause are no agents: "a bus was ambushed, leaving seven dead".
            struck = {o.i for o in mention.cause.objects}
            mention.agents = [a for a in mention.agents if a.i not in struck]


def _tie_to_act(sentence: Sentence, effect: Mention, acts: list[Mention]) -> None:
    """Find the first act that grammar makes the cause of a death or a wound."""
    for act in acts:
        rule = _causes(sentence, act, effect) if act is not effect else None
        if rule is not None:
            effect.cause, effect.cause_rule = act, rule
            return


def _causes(sentence: Sentence, act: Mention, effect: Mention) -> str | None:
    """The name of the rule by which an act caused a death or a wound; None where grammar does not say so."""
    if act.frame.type not in types.HARMFUL or (act.frame.consequence and act.frame.type != "killing"):
        return None
    return _noun_causes(sentence, act, effect) if act.nominal else _verb_causes(sentence, act, effect)


#: Conjunctions of what happens at once: "killed when a bomb went off".
_AT_ONCE = english("dateline.what", "at_once")
#: Verbs between a cause and its consequence ("led to").
_LEADING = english("dateline.what", "leading")


def _noun_causes(sentence: Sentence, act: Mention, effect: Mention) -> str | None:
    """The name of the rule by which an act told by a noun is the cause ("the blast killed two", "killed in an
    attack")."""
    noun, verb = act.carrier or act.token, effect.token
    head = sentence.head(noun)
    if noun.i in {t.i for t in effect.agents}:
        effect.agents = [t for t in effect.agents if t.i != noun.i]
        return "what.cause.doer"
    leads = noun.dep == "nsubj" and head.lemma in _LEADING
    if leads and head in list(sentence.ancestors(verb)):
        return "what.cause.leading-to"
    while_ = {m.lower for m in sentence.children(verb, "mark", "advmod")} & _AT_ONCE
    if verb.dep == "advcl" and while_ and sentence.head(verb) in list(sentence.ancestors(noun)):
        return "what.cause.when-hurt"
    if any(head.i == noun.i and word in wordlist("cause") | {"of"} for word, head in effect.preps):
        return "what.cause.of"
    in_effect = noun.dep in ("pobj", "pcomp") and head.lower in wordlist("cause")
    if in_effect and sentence.head(head).i in (verb.i, effect.clause.i):
        return "what.cause.in"
    if verb.dep in ("relcl", "acl") and verb.head == noun.i:
        return "what.cause.relative"
    return "what.cause.clause" if effect.clause.i == act.clause.i and act.clause.i != noun.i else None


def _verb_causes(sentence: Sentence, act: Mention, effect: Mention) -> str | None:
    """The name of the rule by which an act told by a verb is the cause ("attacked a post, killing two")."""
    noun, verb = act.carrier or act.token, effect.token
    if verb.dep in ("advcl", "conj", "dep", "xcomp") and verb.head == noun.i:
        other = {m.lower for m in sentence.children(verb, "mark")} & _OTHER_TIMES
        return None if other or _is_act_beside(sentence, act, effect) else "what.cause.killing"
    thing = sentence.head(verb)
    if verb.dep == "acl" and verb.tag == "VBG" and thing.dep in ("dobj", "obj") and thing.head == noun.i:
        same = not effect.agents or {a.i for a in effect.agents} & {a.i for a in act.agents}
        return "what.cause.object-killing" if same else None
    if noun.dep in ("advcl", "relcl") and noun.head == verb.i:
        marks = {t.lower for t in sentence.children(noun, "mark", "advmod")}
        return "what.cause.when-done" if marks & _AT_ONCE else None
    return "what.cause.same-verb" if effect.clause.i == noun.i else None


#: Words before another happening, earlier or later ("a day after two soldiers were killed there").
_OTHER_TIMES = english("dateline.what", "other_times")


def _nearest_act(sentence: Sentence, effect: Mention, mentions: list[Mention]) -> Mention | None:
    """The act told last before a phrase such as ", wounding 13", where the verb above that phrase tells of no act."""
    verb = effect.token
    before = sentence.tokens[max(0, verb.i - 1)]
    if verb.tag != "VBG" or verb.dep != "advcl" or before.text != ",":
        return None
    above = sentence.head(verb)
    if any(above.i in (m.token.i, m.clause.i) for m in mentions if m is not effect):
        return None
    acts = [m for m in mentions if m.frame.type in types.HARMFUL and not m.frame.consequence and m.token.i < verb.i]
    return max(acts, key=lambda m: m.token.i, default=None)


def _is_act_beside(sentence: Sentence, act: Mention, effect: Mention) -> bool:
    """Are two causes of death told side by side, each with its own people ("four were burnt alive and two were killed
    in the firing")?"""
    own = effect.token.dep == "conj" and bool(sentence.children(effect.token, "nsubj", "nsubjpass"))
    return own and act.frame.consequence and act.frame.counts == effect.frame.counts


def _joined(sentence: Sentence, mention: Mention, mentions: list[Mention]) -> Mention | None:
    """The consequence told before this one that has the same cause ("killed three and wounded five")."""
    for other in mentions:
        if other is mention or not other.frame.consequence or other.token.i > mention.token.i:
            continue
        if _is_act_beside(sentence, other, mention):
            continue
        token = mention.clause if mention.clause.i != mention.token.i and mention.hit.kind == "adj" else mention.token
        related = {other.token.i, other.clause.i, *(o.i for o in other.objects)}
        chain = {token.head, sentence.head(token).head}
        if token.dep in ("conj", "advcl", "ccomp", "dep", "parataxis", "appos") and chain & related:
            return other
        if sentence.head(token).i in related and token.dep in ("amod", "acl", "acomp") and mention.hit.kind == "adj":
            return other
        if other.objects and mention.objects and {o.head for o in mention.objects} & {o.i for o in other.objects}:
            return other
    return None
