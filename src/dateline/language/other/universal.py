"""Turns the labels of Universal Dependencies into those of the English parser, which the rules use.

In Universal Dependencies prepositions and copulas hang on their noun. For the English parser the noun hangs on its
preposition, and the predicate on its copula. Passives are known by their auxiliary; verbs of state ("resultaron
heridos") form a passive, too. Each step below removes one such difference.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.language.other.lexicon import Lexicon
from dateline.language.other.nodes import Node, Sentence
from dateline.language.other.tongue import Tongue
from dateline.language.roles import kind_of_word

#: Labels for which only the name differs.
_NAMES = {
    "obj": "dobj", "iobj": "dative", "obl": "npadvmod", "nmod": "nmod", "cop": "aux", "vocative": "npadvmod",
    "expl:pass": "expl", "expl:impers": "expl", "expl:pv": "expl", "dislocated": "dep", "discourse": "dep",
}  # fmt: skip
#: Kinds of people (language/roles.py).
_PEOPLE = ("state", "armed_group", "suspect", "civilian")
#: English adjectives for victims, as which people are counted.
_STATES = ("dead", "wounded")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
#: Labels of words that are moved from a noun or adjective to the copula or auxiliary before it.
_OF_CLAUSE = ("nsubj", "mark", "aux", "punct", "cc", "advcl", "obl", "parataxis", "csubj")
_FROM_CLAUSE = ("obj", "xcomp", "ccomp", "acl", "obl", "advcl", "amod", "dep")


def turned(nodes: list[Node], tongue: Tongue, words: Lexicon) -> list[Node]:
    """The words of a sentence with the labels of the English parser, and with words added that English would have."""
    sentence = Sentence(nodes, tongue, words)
    for step in _STEPS:
        step(sentence)
    for node in nodes:
        node.dep = _NAMES.get(node.dep, node.dep)
    return nodes


def _participles(s: Sentence) -> None:
    """Make participles verbs, also where the parser takes one for an adjective ("dos personas detenidas")."""
    for n in s.nodes:
        verb = s.words.verb_of(n.lower) if n.pos in ("ADJ", "VERB", "AUX") else None
        said_of = n.pos == "ADJ" and s.words.word("adjectives", n.base) is not None
        if verb is None or said_of or (n.pos != "ADJ" and not n.is_(VerbForm="Part")):
            continue
        _as_participle(s, n)
        n.dep = "acl" if n.dep == "amod" else n.dep


def _as_participle(s: Sentence, n: Node) -> None:
    n.pos, n.base = "VERB", s.words.verb_of(n.lower) or n.base
    n.form = {**n.form, "VerbForm": "Part"}


def _states(s: Sentence) -> None:
    """Make a passive of a verb of state and its participle ("resultaron heridos", "quedó herido")."""
    for i, n in enumerate(s.nodes):
        if n.base not in s.tongue.state or n.pos not in ("VERB", "AUX"):
            continue
        told = [k for k in s.children(i, *_FROM_CLAUSE, "nsubj") if k > i and _is_state(s, s.nodes[k])]
        if not told:
            continue
        verb = told[0]
        _as_participle(s, s.nodes[verb])
        s.take_place(verb, i)
        n.dep, n.pos = "aux", "AUX"
        for k in s.children(i, *_OF_CLAUSE, "conj", "advmod"):
            s.hang(k, verb, s.nodes[k].dep)


def _is_state(s: Sentence, n: Node) -> bool:
    return n.is_(VerbForm="Part") or (n.pos in ("ADJ", "NOUN") and s.words.verb_of(n.lower) is not None)


def _copulas(s: Sentence) -> None:
    """Hang the predicate on its copula, and so the other words of the clause."""
    for i in range(len(s.nodes)):
        cop = next(iter(s.children(i, "cop")), None)
        if cop is None:
            continue
        if s.nodes[i].is_(VerbForm="Part"):
            s.nodes[cop].dep = "aux"
            continue
        s.take_place(cop, i)
        for k in s.children(i, *_OF_CLAUSE):
            s.hang(k, cop, s.nodes[k].dep)
        for k in s.children(i, "advmod"):
            if s.nodes[k].lower in s.tongue.not_:
                s.hang(k, cop, "advmod")
        s.nodes[i].dep = "acomp" if s.nodes[i].pos == "ADJ" else "attr"
        s.nodes[cop].pos = "AUX"


def _passives(s: Sentence) -> None:
    """Mark passives: a participle after an auxiliary, and a reflexive verb that does not say who did it."""
    for i, n in enumerate(s.nodes):
        if n.pos not in ("VERB", "AUX"):
            continue
        helpers = [k for k in s.children(i, "aux") if s.nodes[k].base in s.tongue.passive | s.tongue.state]
        if n.is_(VerbForm="Part") and helpers:
            n.passive = True
            s.nodes[helpers[-1]].dep = "auxpass"
        itself = [k for k in s.children(i) if s.nodes[k].is_(Reflex="Yes") and abs(k - i) <= 2]
        if not itself:
            continue
        own = s.words.word("reflexive", n.base) if n.read is None else None
        if own is not None:
            n.read = own
        elif not n.is_(VerbForm="Inf"):
            n.passive = True
        helper = s.nodes[itself[0]]
        helper.dep, helper.read = ("auxpass", "was") if n.passive else ("expl", "itself")
    for n in s.nodes:
        if n.dep == "nsubj" and s.nodes[n.head].passive:
            n.dep = "nsubjpass"


def _marks(s: Sentence) -> None:
    """Hang an infinitive on the preposition before it ("por ordenar"); a preposition of purpose becomes its "to"."""
    for i, n in enumerate(s.nodes):
        helped = any(s.nodes[k].is_(VerbForm="Inf") for k in s.children(i, "aux", "auxpass"))
        if n.pos not in ("VERB", "AUX") or not (n.is_(VerbForm="Inf") or helped):
            continue
        before = next((k for k in s.children(i, "mark", "case") if k < i), None)
        if before is None:
            continue
        word = s.nodes[before]
        word.read = s.words.word("words", f"{word.lower} +inf") or s.words.word("words", word.lower)
        if word.read == "to":
            word.dep, word.tag, word.pos = "aux", "TO", "PART"
        elif word.read == "when":
            word.dep, word.tag, word.pos = "advmod", "WRB", "ADV"
            n.tag = "VBN" if helped else "VBD"
        elif n.head != i:
            s.nodes[before].head = n.head
            word.dep, n.dep, n.head, n.tag = "prep", "pcomp", before, "VBG"


def _personal(s: Sentence) -> None:
    """Make nouns after the preposition of persons objects, and nouns joined to them ("detuvo a dos hombres")."""
    for i, n in enumerate(s.nodes):
        led = next((k for k in s.children(i, "case") if s.nodes[k].lower in s.tongue.personal), None)
        if led is None or n.pos not in _NOMINAL:
            continue
        verb = s.nodes[n.head]
        bare = verb.pos in ("VERB", "AUX") and not s.children(n.head, "obj")
        person = kind_of_word(s.words.word("nouns", n.base) or "") in _PEOPLE
        whom = n.dep in ("iobj", "obl", "nmod") and bare and (person or verb.base in s.words.told)
        if n.dep in ("obj", "conj") or whom:
            n.dep = n.dep if n.dep == "conj" else "obj"
            s.nodes[led].dep, s.nodes[led].read = "", None
    for n in s.nodes:
        if n.dep == "iobj" and s.nodes[n.head].base in s.words.told and not s.children(n.head, "obj"):
            n.dep = "obj"


def _prepositions(s: Sentence) -> None:
    """Hang nouns on their prepositions."""
    for i, n in enumerate(s.nodes):
        led = next((k for k in s.children(i, "case") if k < i), None)
        if led is None or n.head == i or n.dep in ("conj", "appos", "flat"):
            continue
        if n.dep in ("nsubj", "nsubjpass", "attr"):
            continue
        word, verb = s.nodes[led], s.nodes[n.head]
        by = s.words.word("words", word.lower) == "by"
        word.head, word.dep = n.head, "agent" if by and verb.passive | verb.is_(VerbForm="Part") else "prep"
        n.head, n.dep = led, "pobj"


def _aliases(s: Sentence) -> None:
    """Put a name in the place of the word "alias" before it ("capturó a alias Pablo")."""
    for i, n in enumerate(s.nodes):
        if s.words.word("words", n.lower) != "alias" or n.dep in ("appos", "flat", "mark", "cc"):
            continue
        name = next((k for k in s.children(i) if s.nodes[k].pos == "PROPN"), None)
        if name is not None:
            s.take_place(name, i)
            for k in s.children(i):
                s.hang(k, name, s.nodes[k].dep)
            n.dep = "dep"


def _numbers(s: Sentence) -> None:
    """Hang a number on its noun ("al menos 12 policías"), and read "other" before a number as "another" ("otros
    tres")."""
    for i, n in enumerate(s.nodes):
        before = s.nodes[i - 1]
        if i and n.pos == "NUM" and s.words.word("words", before.lower) == "other":
            before.read = "another"
        above = s.nodes[n.head]
        noun = s.nodes[above.head]
        if n.pos == "NUM" and n.dep == "nummod" and above.pos not in _NOMINAL and noun.pos in _NOMINAL:
            n.head = above.head


def _counted(s: Sentence) -> None:
    """Make a noun for victims an adjective where it is counted ("42 heridos"), and an adjective for people a noun where
    it has a number or an article ("cuatro militares")."""
    for i, n in enumerate(s.nodes):
        people = n.pos == "ADJ" and any(s.words.word("nouns", one) for one in s.words.singulars(n.lower))
        if people and s.words.word("adjectives", n.base) not in _STATES and s.children(i, "nummod", "det"):
            n.pos = "NOUN"
        told = n.pos == "NOUN" and any(s.words.word("adjectives", one) for one in s.words.singulars(n.lower))
        one = any(s.words.word("words", f"{s.nodes[k].lower} +det") == "a" for k in s.children(i, "det"))
        if told and (one or s.children(i, "nummod")):
            n.pos = "ADJ"


def _relatives(s: Sentence) -> None:
    """Give relative clauses after a noun another label than participles."""
    for i, n in enumerate(s.nodes):
        if n.dep != "acl" or n.pos not in ("VERB", "AUX"):
            continue
        below = [*s.children(i), *(k for c in s.children(i, "prep", "agent") for k in s.children(c, "pobj"))]
        if any("Rel" in s.nodes[k].form.get("PronType", "") for k in below):
            n.dep = "relcl"


def _of_things(s: Sentence) -> None:
    """Translate verbs that have another meaning when done to things ("se secuestraron 17 fusiles")."""
    for i, n in enumerate(s.nodes):
        other = s.words.word("of_things", n.base) if n.pos == "VERB" else None
        if other is None:
            continue
        done_to = [s.nodes[k] for k in s.children(i, "obj", "nsubjpass")]
        kinds = [kind_of_word(s.words.word("nouns", o.base) or "") for o in done_to]
        if done_to and not any(kind in _PEOPLE for kind in kinds) and all(o.pos == "NOUN" for o in done_to):
            n.read = other


def _negations(s: Sentence) -> None:
    for n in s.nodes:
        if n.dep == "advmod" and n.lower in s.tongue.not_:
            n.dep = "neg"


def _there(s: Sentence) -> None:
    """Add the "there" of "there is" ("no hubo heridos")."""
    for i, n in enumerate(list(s.nodes)):
        if n.base not in s.tongue.there or n.pos not in ("VERB", "AUX") or n.dep in ("aux", "auxpass"):
            continue
        for k in s.children(i, "obj", "nsubj"):
            s.nodes[k].dep = "attr"
        s.add("there", "EX", "PRON", "expl", i, n.start)


def _unsaid(s: Sentence) -> None:
    """Add "will" or "would", which the form of a verb stands for ("será", "habría")."""
    for i, n in enumerate(list(s.nodes)):
        helper = "will" if n.is_(Tense="Fut") else "would" if n.is_(Mood="Cnd") else None
        if helper is None or n.pos not in ("VERB", "AUX"):
            continue
        verb = n.head if n.dep in ("aux", "auxpass") else i
        s.add(helper, "MD", "AUX", "aux", verb, n.start)


def _according(s: Sentence) -> None:
    """Add the "to" of "according to": rules look there for the speaker."""
    for i, n in enumerate(list(s.nodes)):
        if s.words.word("words", n.lower) == "according" and n.dep == "prep":
            to = s.add("to", "IN", "ADP", "prep", i, n.end)
            for k in s.children(i, "pobj"):
                s.nodes[k].head = to


_STEPS: tuple[Callable[[Sentence], None], ...] = (
    _numbers, _counted, _aliases, _participles, _states, _copulas, _passives, _marks, _personal, _prepositions,
    _relatives, _of_things, _negations, _there, _unsaid, _according,
)  # fmt: skip
