"""Repairs of parses, in place: heads and labels that the model gets wrong and that the words around them correct.

Each repair is for one kind of news sentence. The parse stays a tree: no word is hung on a word below it.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.language.names import is_opener
from dateline.language.repaired_names import phrase_start, read_long_name, read_number_word, read_wound
from dateline.language.tokens import Token
from dateline.model.knowledge import english
from dateline.model.trace import note

#: Tags of finite verbs.
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
#: Verbs of saying, as they stand at the end of a sentence ("said").
_SAID = english("dateline.language", "said")
_NAMING = ("NOUN", "PROPN")


def repair(tokens: list[Token]) -> None:
    """Correct heads and labels of a parsed sentence, before the children of its tokens are set. Each repair leaves a
    note of the words that it changed."""
    for rule, mend in _REPAIRS.items():
        for changed in mend(tokens):
            note(rule, changed, f"{changed.dep} of {tokens[changed.head].text}")


def _is_below(tokens: list[Token], lower: Token, upper: Token) -> bool:
    """Does `lower` hang on `upper`, directly or through other words?"""
    while lower.head != lower.i:
        lower = tokens[lower.head]
        if lower is upper:
            return True
    return False


def _read_subject(tokens: list[Token]) -> list[Token]:
    """Make a word the subject of a verb if the parser made it a compound of the verb ("Syria shells border town")."""
    changed: list[Token] = []
    served = {t.head for t in tokens if t.dep in ("nsubj", "nsubjpass")}
    for token in tokens:
        verb = tokens[token.head]
        finite = verb.pos == "VERB" and verb.tag in FINITE
        if token.dep == "compound" and finite and token.i < verb.i and verb.i not in served:
            token.dep = "nsubj"
            changed.append(token)
    return changed


def _read_sayers(tokens: list[Token]) -> list[Token]:
    """Separate the speakers from a list before them ("wounding 14 others, residents and a doctor said")."""
    changed: list[Token] = []
    served = {t.head for t in tokens if t.dep in ("nsubj", "nsubjpass", "expl")}
    for verb in tokens[1:]:
        last = tokens[verb.i - 1]
        if verb.lower not in _SAID or verb.i in served or last.dep != "conj" or last.pos not in _NAMING:
            continue
        first = last
        while first.dep == "conj" and first.head != first.i and tokens[phrase_start(tokens, first) - 1].text != ",":
            first = tokens[first.head]
        if first.dep == "conj" and first.pos in _NAMING and not _is_below(tokens, verb, first):
            first.dep, first.head = "nsubj", verb.i
            changed.append(first)
    return changed


def _read_far_object(tokens: list[Token]) -> list[Token]:
    """Hang the last item of a list on the list, where the parser hung it on an earlier verb ("shot and killed two men
    and seized a rifle, bombs and a flag")."""
    changed: list[Token] = []
    for late in tokens:
        verb = tokens[late.head]
        if late.dep != "dobj" or verb.pos != "VERB" or late.i <= verb.i:
            continue
        joined = [t for t in tokens if t.dep == "conj" and t.pos == "VERB" and verb.i < t.i < late.i]
        chain = [t for t in joined if t.head == verb.i or tokens[t.head].head == verb.i]
        own = [t for t in tokens if chain and t.dep == "dobj" and t.head == chain[-1].i and t.i < late.i]
        if own and not _is_below(tokens, own[-1], late):
            late.dep, late.head = "conj", own[-1].i
            changed.append(late)
    return changed


def _read_opener(tokens: list[Token]) -> list[Token]:
    """Make a word at the start a preposition if the parser made it part of the name after it ("Near Marea, a
    strike")."""
    first = tokens[0] if tokens else None
    if first is None or first.dep != "compound" or first.tag != "NNP" or not is_opener(first):
        return []
    name = tokens[first.head]
    before_comma = name.i + 1 < len(tokens) and tokens[name.i + 1].text == ","
    if name.dep not in ("nsubj", "npadvmod", "dep") or not before_comma:
        return []
    first.tag, first.pos, first.dep, first.head = "IN", "ADP", "prep", name.head
    name.dep, name.head = "pobj", 0
    return [first]


def _read_purpose(tokens: list[Token]) -> list[Token]:
    """Hang an infinitive of purpose on the participle with the object right before it, and not on a verb further up
    ("the prospect of rebels modifying drones to launch attacks")."""
    changed: list[Token] = []
    for verb in tokens[2:]:
        before, to = tokens[verb.i - 2], tokens[verb.i - 1]
        if verb.tag != "VB" or verb.dep != "advcl" or to.lower != "to" or before.dep != "dobj":
            continue
        doing = tokens[before.head]
        nearer = doing.tag == "VBG" and verb.head < doing.i < before.i
        if nearer and not _is_below(tokens, doing, verb):
            verb.head = doing.i
            changed.append(verb)
    return changed


def _read_guests(tokens: list[Token]) -> list[Token]:
    """Make a noun that a participle describes the subject of the passive after it ("guests staying above were
    hurt")."""
    changed: list[Token] = []
    subjects = {t.head: t for t in tokens if t.dep in ("nsubj", "nsubjpass")}
    helped = {t.head for t in tokens if t.dep in ("aux", "auxpass")}
    for doing in tokens[1:]:
        guests = tokens[doing.i - 1]
        if doing.tag != "VBG" or doing.i in helped or subjects.get(doing.i) is not guests:
            continue
        later = next((t for t in tokens[doing.i :] if t.dep == "auxpass" and t.tag in FINITE), None)
        verb = tokens[later.head] if later is not None else None
        between = any(doing.i < s.i < verb.i for s in subjects.values()) if verb is not None else True
        if verb is None or between or verb.i in subjects or _is_below(tokens, verb, doing):
            continue
        guests.dep, guests.head = "nsubjpass", verb.i
        doing.dep, doing.head = "acl", guests.i
        changed.append(guests)
    return changed


#: Verbs of making somebody act: their object does what follows ("prompt").
_COMPELLING = english("dateline.language", "compelling")


def _read_compelled(tokens: list[Token]) -> list[Token]:
    """Make an infinitive after a verb of making somebody act a complement, and not a purpose ("prompting the guards to
    open fire")."""
    changed: list[Token] = []
    for verb in tokens[2:]:
        above = tokens[verb.head]
        made = above.lemma in _COMPELLING and any(t.head == above.i and t.dep == "dobj" for t in tokens[: verb.i])
        if verb.tag == "VB" and verb.dep == "advcl" and tokens[verb.i - 1].lower == "to" and made:
            verb.dep = "xcomp"
            changed.append(verb)
    return changed


#: Units of a distance.
_UNITS = english("dateline.language", "distances")


def _read_distance(tokens: list[Token]) -> list[Token]:
    """Give the noun before a distance the role that the parser gave to the distance ("a mine killed a shepherd 20 km
    west of Aden")."""
    changed: list[Token] = []
    for unit in tokens[3:]:
        number, noun = tokens[unit.i - 1], tokens[unit.i - 2]
        objects = unit.dep in ("dobj", "pobj", "nsubj", "nsubjpass", "conj")
        inside = noun.head == unit.i and noun.dep in ("nmod", "amod", "compound") and noun.pos in (*_NAMING, "ADJ")
        before = tokens[noun.i - 1]
        described = before.head == unit.i and before.dep in ("det", "amod", "nummod", "compound")
        if unit.lower not in _UNITS or number.pos != "NUM" or not (objects and inside and described):
            continue
        noun.pos, noun.tag = "NOUN", "NN" if noun.pos == "ADJ" else noun.tag
        noun.dep, noun.head, unit.dep = unit.dep, unit.head, "npadvmod"
        for token in tokens[: noun.i]:
            token.head = noun.i if token.head == unit.i else token.head
        changed.append(noun)
    return changed


def _read_enumerated(tokens: list[Token]) -> list[Token]:
    """Join an item to a list where the parser made it another name of the first item ("two women, a child and their
    driver were killed", but not "two men, a father and his son, were killed")."""
    changed: list[Token] = []
    for second in tokens[2:]:
        first = tokens[second.head]
        if second.dep != "appos" or second.pos != "NOUN" or first.pos != "NOUN" or first.i > second.i:
            continue
        joined = next((t for t in tokens if t.dep == "conj" and t.head == second.i and t.pos == "NOUN"), None)
        after = tokens[joined.i + 1] if joined is not None and joined.i + 1 < len(tokens) else None
        article = any(t.head == second.i and t.dep in ("det", "poss", "nummod") for t in tokens[first.i : second.i])
        if article and after is not None and after.tag in (*FINITE, "VBN"):
            second.dep = "conj"
            changed.append(second)
    return changed


def _read_more_of_them(tokens: list[Token]) -> list[Token]:
    """Join a number after "and" to the noun before it, where the parser joined it to the verb ("kidnapped a priest and
    nine of his pupils")."""
    changed: list[Token] = []
    for number in tokens[2:]:
        verb, before = tokens[number.head], tokens[number.i - 2]
        joined = number.dep == "conj" and number.pos == "NUM" and tokens[number.i - 1].lower == "and"
        beside = before.head == verb.i and before.dep in ("dobj", "nsubjpass") and before.pos in _NAMING
        if joined and verb.pos == "VERB" and beside and not _is_below(tokens, before, number):
            number.head = before.i
            changed.append(number)
    return changed


def _read_own_people(tokens: list[Token]) -> list[Token]:
    """Join relatives and companions to the person before them, where the parser made them the speakers or left them
    without a role ("killed a priest, his sister and two nurses, the bishop said")."""
    changed: list[Token] = []
    for owner in tokens[2:]:
        theirs, before = tokens[owner.head], tokens[owner.i - 2]
        opened = owner.tag == "PRP$" and tokens[owner.i - 1].text == "," and owner.i < theirs.i
        whose = before.dep in ("dobj", "nsubjpass") and before.pos in _NAMING and theirs.pos == "NOUN"
        if not (opened and whose) or _is_below(tokens, before, theirs):
            continue
        group = {theirs.i} | {t.i for t in tokens if t.dep == "conj" and t.head == theirs.i and t.pos in _NAMING}
        if len(group) == 1:
            continue
        verb = tokens[theirs.head]
        sayer = next((t for t in tokens[max(group) : verb.i] if t.dep == "appos" and t.head in group), None)
        says = theirs.dep == "nsubj" and verb.lower in _SAID and sayer is not None
        if says and sayer is not None:
            sayer.dep, sayer.head = "nsubj", verb.i
        if says or theirs.dep == "dep":
            theirs.dep, theirs.head = "conj", before.i
            changed.append(theirs)
    return changed


#: Short forms for "killed in action" and "wounded in action" in notes.
_IN_ACTION = english("dateline.language", "in_action")


def _read_in_action(tokens: list[Token]) -> list[Token]:
    """Make a short form an adjective of the noun or number before it ("3 soldiers KIA, 5 WIA")."""
    changed: list[Token] = []
    for short in tokens[1:]:
        who = tokens[short.i - 1]
        if short.text not in _IN_ACTION or who.pos not in (*_NAMING, "NUM"):
            continue
        if who.pos != "NUM" and not _is_below(tokens, who, short):
            short.dep, short.head = "acl", who.i
        short.pos, short.tag = "ADJ", "JJ"
        if who.pos == "NUM" and short.head != short.i:
            short.dep = "amod"
        changed.append(short)
    return changed


#: Name -> repair, in the order in which they are made. A repair returns the words that it changed.
_REPAIRS: dict[str, Callable[[list[Token]], list[Token]]] = {
    "language.repair.opener": _read_opener,
    "language.repair.subject": _read_subject,
    "language.repair.sayers": _read_sayers,
    "language.repair.far-object": _read_far_object,
    "language.repair.purpose": _read_purpose,
    "language.repair.compelled": _read_compelled,
    "language.repair.guests": _read_guests,
    "language.repair.distance": _read_distance,
    "language.repair.in-action": _read_in_action,
    "language.repair.enumerated": _read_enumerated,
    "language.repair.more-of-them": _read_more_of_them,
    "language.repair.own-people": _read_own_people,
    "language.repair.long-name": read_long_name,
    "language.repair.wound": read_wound,
    "language.repair.number-word": read_number_word,
}
