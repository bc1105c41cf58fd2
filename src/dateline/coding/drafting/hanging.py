"""The distance of a time from a happening in the parse of their sentence."""

from __future__ import annotations

import itertools

from dateline.coding.apart import set_apart
from dateline.coding.drafting.talk import is_of_answer, is_of_deed_judged, is_what_was_said
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.dictionary import lemma
from dateline.model import types
from dateline.model.knowledge import english
from dateline.says import cue
from dateline.what import ACCUSING, Mention
from dateline.when import Time

FAR = 99
#: SPOKEN: the steps that count for a time of speaking ("police said on Tuesday that ..."). DIRECT: the most steps of a
#: time that depends on the clause itself. OWN: the most steps of a time that is the mention's own.
SPOKEN, DIRECT, OWN = 40, 3, 6


def distance(sentence: Sentence, mention: Mention, time: Time, reading: Reading) -> int:
    """The distance of a time from a mention, in steps of the parse tree; FAR where the time belongs to something
    else."""
    root = sentence.root_of(time.span)
    if root is None or set_apart(sentence, mention.token) != set_apart(sentence, root):
        return FAR
    others = {m.token.i for m in reading.mentions if m.sentence is sentence and m is not mention}
    own = own_words(reading, mention) | {o.i for o in mention.objects}
    if time.rule == "holiday" and root.dep == "compound" and root.head not in own:
        return FAR  # "a Halloween party"
    if is_what_was_said(sentence, mention, root):
        return SPOKEN
    if mention.clause.head == root.i and mention.clause.i != root.i:
        return 1  # "in 2017, when he was killed"
    if is_of_answer(mention, root) or _is_end(sentence, root):
        return FAR
    if is_of_deed_judged(reading, mention, time):
        return DIRECT if mention.nominal else FAR
    steps = 0
    token = root
    while True:
        if token.i in own:
            return steps
        if (
            token.i in others
            and token.i not in own
            and token.pos in ("NOUN", "PROPN")
            and steps <= 2
            and token.i != mention.clause.i
        ):
            # "Convicted over the 2014 massacre": the year is the massacre's.
            law = mention.frame.type in types.OF_LAW
            return FAR if law or not _related(sentence, mention, token) else steps + 3
        if token.pos == "VERB":
            return _verb_distance(sentence, mention, root, token, steps)
        if token.head == token.i:
            break
        token = sentence.head(token)
        steps += 1
    return steps + 4 if token.pos in ("VERB", "AUX") else 10 + abs(root.i - mention.token.i) // 4


def _is_end(sentence: Sentence, time: Token) -> bool:
    """Is the time the end of what is told ("until 2003"), and not its day ("not until 2003")?"""
    word = sentence.head(time)
    return word.lower in ("until", "till") and sentence.tokens[word.i - 1].lower != "not"


def own_words(reading: Reading, mention: Mention) -> set[int]:
    """Indexes of the words that a mention's day and place may depend on: its trigger, and the verb of its clause where
    that clause is its own."""
    return {mention.token.i, mention.clause.i} if _has_own_clause(reading, mention) else {mention.token.i}


def _has_own_clause(reading: Reading, mention: Mention) -> bool:
    """Does a mention's clause belong to it? Not where it is a noun beside a verb of the law: in "arrested on Tuesday
    over the killing", day and place are those of the arrest."""
    if not mention.nominal or mention.frame.type in types.OF_LAW:
        return True
    verbs = (m for m in reading.mentions if m.sentence is mention.sentence and m.token.i == mention.clause.i)
    return not any(m.frame.type in types.OF_LAW for m in verbs)


def _related(sentence: Sentence, mention: Mention, token: Token) -> bool:
    return token.i in {t.i for t in sentence.ancestors(mention.token)} or mention.clause.i in {
        t.i for t in sentence.ancestors(token)
    }


def _verb_distance(sentence: Sentence, mention: Mention, root: Token, verb: Token, steps: int) -> int:
    """The distance where the time depends on another verb. It is small where the mention's clause depends on that verb,
    or that verb on the clause."""
    above = [t.i for t in sentence.ancestors(mention.clause)]
    if verb.i in above:
        return _distance_below(sentence, mention, root, verb, steps + above.index(verb.i) + 1)
    if _tells_of_it(sentence, mention, verb):
        return min(steps, DIRECT)
    path = [verb, *sentence.ancestors(verb)]
    depth = next((k for k, t in enumerate(path) if t.i == mention.clause.i), 0)
    if depth and _is_setting(sentence, verb, mention):
        return steps + 2
    if depth and verb.dep in ("conj", "parataxis", "dep") and lemma(verb.lower, "verb") in cue("speech"):
        return steps + SPOKEN
    if depth == 0 or _is_the_deed(path[:depth], mention):
        return FAR
    if _tells_of_another(path[:depth], mention) or _was_before(sentence, path[:depth]):
        return FAR
    return steps + 3 * depth


def _distance_below(sentence: Sentence, mention: Mention, root: Token, verb: Token, steps: int) -> int:
    """The distance where the mention's clause depends on the verb with the time: is it the time of both?"""
    clauses = (mention.clause, *sentence.ancestors(mention.clause))
    way = list(itertools.takewhile(lambda t: t.i != verb.i, clauses))
    if _when_clause(sentence, mention, verb):
        return steps
    guilty = any(c.lower == "guilty" for c in sentence.children(verb, "oprd", "acomp"))
    if guilty or lemma(verb.lower, "verb") in ACCUSING:
        return FAR  # the day of the verdict
    if any(t.lemma in cue("planned") for t in way):
        # A plot has the time of what stopped it: "arrested on Monday a man who planned to bomb a church".
        return min(OWN, steps + 1)
    if _is_aside(sentence, root, verb, way):
        return FAR
    spoken = lemma(verb.lower, "verb") in cue("speech") and not _is_told(sentence, verb, root)
    return steps + (SPOKEN if spoken else 1)


def _is_aside(sentence: Sentence, root: Token, verb: Token, way: list[Token]) -> bool:
    """Does the mention only describe somebody, so that the time of the verb is not its own ("a man accused of killing
    two fled on Monday")?

    `way` leads from the mention up to the verb. Where the time is inside that way, it is the time of both ("last week's
    announcement by the prosecutor, who ordered ...").
    """
    above = {t.i for t in (root, *sentence.ancestors(root))}
    own = list(itertools.takewhile(lambda t: t.i not in above, way))
    return any(t.dep in ("relcl", "acl") for t in own) and own[-1].head == verb.i


def _is_told(sentence: Sentence, verb: Token, root: Token) -> bool:
    """Is a time a part of what was said ("he said that last year ..."), and not the time of speaking? Decided by "that"
    before the time, whatever the parse says."""
    return any(t.lower == "that" for t in sentence.tokens[verb.i + 1 : root.i])


#: Conjunctions of what happens at once.
_AT_ONCE = english("dateline.coding", "at_once")


def _when_clause(sentence: Sentence, mention: Mention, verb: Token) -> bool:
    """Does the mention's clause take its time from the verb above ("at home on Saturday when the shots were fired")?"""
    clause = mention.clause
    marks = {c.lower for c in sentence.children(clause, "advmod", "mark")}
    return clause.dep == "advcl" and clause.head == verb.i and bool(marks & _AT_ONCE)


#: Prepositions between people and the happening in which something was done to them ("detained in an operation").
_DURING = english("dateline.coding", "during")


def _is_setting(sentence: Sentence, verb: Token, mention: Mention) -> bool:
    """Does the verb describe an action in which the mention happened ("in an operation carried out in January, 26 were
    detained")?"""
    noun = sentence.head(verb)
    preposition = sentence.head(noun)
    inside = verb.dep == "acl" and noun.dep == "pobj" and preposition.lower in _DURING
    return inside and preposition.head == mention.clause.i


def _tells_of_another(path: list[Token], mention: Mention) -> bool:
    """Does the way up lead through a relative clause about something else ("in response to what took place last
    month")?"""
    own = {mention.token.i, *(o.i for o in (*mention.objects, *mention.agents))}
    return any(t.dep in ("relcl", "acl") and t.head not in own for t in path)


def _tells_of_it(sentence: Sentence, mention: Mention, verb: Token) -> bool:
    """Does a relative clause tell the mention itself ("the attack, in which a man drove into crowds on 14 July")?"""
    if verb.dep != "relcl" or verb.head != mention.token.i:
        return False
    inside = (c for c in sentence.children(verb, "prep") if c.lower in ("in", "during"))
    return any(w.lower == "which" for c in inside for w in sentence.children(c, "pobj"))


def _is_the_deed(path: list[Token], mention: Mention) -> bool:
    """Does the way up lead through the deed of a suspect or convict ("jailed for murdering a boy in 1999", "a man who
    shot two guards in 2000 was sentenced")? The act of the law came later."""
    if mention.frame.type not in types.LAW and mention.frame.type not in types.COURT:
        return False
    return any(t.dep in ("pcomp", "relcl", "acl") for t in path)


def _was_before(sentence: Sentence, path: list[Token]) -> bool:
    """Does a relative clause in the past perfect tell of an earlier time ("freed two men who had been held since
    March")?"""
    had = (c.lower for t in path if t.dep == "relcl" for c in sentence.children(t, "aux"))
    return any(word in ("had", "'d", "’d") for word in had)
