"""Did it happen? The status of a happening, from negation, modals, tense and what its clause hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.model.vocabulary import Status
from dateline.says.cues import cue, governing

_STATUS: dict[str, Status] = {
    "planned": "planned", "threatened": "threatened", "ordered": "ordered", "denied": "denied", "foiled": "foiled",
    "attempted": "attempted", "feared": "hypothetical",
}  # fmt: skip
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "without"))
_UNREAL = frozenset(("would", "could", "may", "might", "can", "should", "must", "ought"))
_IF = frozenset(("if", "unless", "whether", "lest"))


@dataclass(frozen=True, slots=True)
class Standing:
    """`status`, the word that decided it (None where nothing speaks against a fact), and whether it is a general
    statement, of which no account is made."""

    status: Status
    cue: Token | None = None
    general: bool = False


def standing(sentence: Sentence, trigger: Token, clause: Token, nominal: bool) -> Standing:
    """The standing of a happening told by `trigger` in the clause of the verb `clause`."""
    if nominal:
        own = _of_noun(sentence, trigger)
        if own is not None:
            return own
    start = trigger if nominal and not _carried(sentence, trigger, clause) else clause
    found = _of_verb(sentence, start) if start.pos in ("VERB", "AUX") else None
    if found is None and start is clause and nominal and start.pos == "VERB":
        found = _by_head(sentence, clause, trigger, trigger)
    return found or _governed(sentence, start) or _plain(sentence, start)


def _carried(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Does the noun's happening share the verb's fate (its subject or object)?"""
    return noun.dep in ("dobj", "obj", "nsubj", "nsubjpass") and noun.head == verb.i


def _of_noun(sentence: Sentence, noun: Token) -> Standing | None:
    for child in sentence.children(noun):
        if child.dep in ("det", "neg") and child.lower in ("no", "any", "every", "such"):
            return Standing("denied" if child.lower == "no" else "hypothetical", child, child.lower != "no")
        if child.dep in ("amod", "compound", "nmod"):
            if child.lower in ("attempted", "failed", "unsuccessful", "botched"):
                return Standing("attempted", child)
            if child.lower in ("foiled", "thwarted", "averted"):
                return Standing("foiled", child)
            if child.lower in ("planned", "intended", "impending", "upcoming", "imminent"):
                return Standing("planned", child)
            if child.lower in (
                "possible",
                "potential",
                "future",
                "further",
                "probable",
                "hypothetical",
                "likely",
            ):
                return Standing("hypothetical", child)
    return None


def _of_verb(sentence: Sentence, verb: Token) -> Standing | None:
    for child in sentence.children(verb):
        if child.lower in _NEGATIONS and child.dep in ("neg", "advmod", "preconj", "cc"):
            return Standing("denied", child)
        if child.dep == "aux" and child.lower in ("will", "shall", "wo", "'ll"):
            return Standing("planned", child)
        if child.dep == "aux" and child.lower in _UNREAL:
            return Standing("hypothetical", child)
        if child.dep in ("mark", "advmod") and child.lower in _IF:
            return Standing("hypothetical", child)
    habit = next((c for c in sentence.children(verb, "advmod") if c.lower in cue("habitual")), None)
    if habit is not None and verb.tag in ("VBZ", "VBP", "VBG"):
        return Standing("hypothetical", habit, True)
    if any(s.lower in ("none", "nobody", "neither") for s in sentence.children(verb, "nsubj", "nsubjpass")):
        return Standing("denied", verb)
    subject = next(
        (
            s
            for s in sentence.children(verb, "nsubj", "nsubjpass")
            for d in sentence.children(s, "det")
            if d.lower == "no"
        ),
        None,
    )
    return Standing("denied", subject) if subject is not None and len(subject.text) < 12 else None


def _governed(sentence: Sentence, token: Token) -> Standing | None:
    """Climb: "planned to attack", "denied that", "preparations for an attack", "arrested before carrying out"."""
    climb = _Climb(sentence, token)
    below = token
    for steps, head in enumerate(sentence.ancestors(token), 1):
        if steps > _HIGHEST or (below is not token and below.dep in ("appos", "parataxis")) or below.dep == "relcl":
            break
        found, on = climb.step(below, head)
        if found is not None or not on:
            return found
        below = head
    return climb.purpose()


#: How many steps up the tree a happening's fate is looked for.
_HIGHEST = 6
_NOUN_LINKS = ("of", "for", "about", "against", "from", "to", "on", "in")
_COMPLEMENTS = ("dobj", "obj", "xcomp", "ccomp", "acl", "acomp", "oprd", "attr", "dep")


class _Climb:
    """One way up from a happening's word: what each link says of it. Each answer is (standing, whether to go on)."""

    def __init__(self, sentence: Sentence, token: Token) -> None:
        self.sentence, self.token = sentence, token
        self.infinitive = _is_infinitive(sentence, token)

    def step(self, below: Token, head: Token) -> tuple[Standing | None, bool]:
        if below.dep in ("nsubj", "nsubjpass"):
            return self._as_subject(below, head), False
        if below.dep in ("prep", "pobj", "pcomp"):
            return self._through_preposition(below, head)
        if below.dep == "advcl":
            return self._as_adverbial(below, head), False
        if below.dep == "conj":
            return self._joined(below, head), True
        if below.dep in _COMPLEMENTS:
            return self._as_complement(below, head), True
        return None, True

    def _as_subject(self, below: Token, head: Token) -> Standing | None:
        """ "the attack was foiled"; what a verb says of its subject."""
        if head.pos not in ("VERB", "AUX"):
            return None
        kind = governing(head) if below.dep == "nsubjpass" or head.lemma == "fail" else None
        if kind in ("foiled", "planned", "feared", "denied", "ordered"):
            return _made(kind, head)
        return _of_verb(self.sentence, head) if self.token.pos in ("NOUN", "PROPN") else None

    def _through_preposition(self, below: Token, head: Token) -> tuple[Standing | None, bool]:
        """ "before attacking", "plans for an attack"."""
        unreal = head.lower in ("before", "without", "instead")
        if unreal and (below.dep == "pcomp" or self.token.pos == "VERB"):
            return Standing("hypothetical", head), False
        if below.dep == "prep" and below.lower in _NOUN_LINKS and head.pos in ("VERB", "NOUN", "ADJ", "ADV", "AUX"):
            found = _by_head(self.sentence, head, below, self.token)
            if found is not None:
                return found, False
        if head.pos in ("VERB", "AUX"):
            # What happens in an adjunct of another verb stands for itself, unless that verb is general.
            return _inherited(self.sentence, head), False
        return None, True

    def _as_adverbial(self, below: Token, head: Token) -> Standing | None:
        """ "sent to arrest": a purpose; "if they attack": a condition."""
        able = any(c.lower in ("able", "enough") for c in self.sentence.children(head, "acomp"))
        marks = {c.lower for c in self.sentence.children(below, "mark", "advmod")}
        stopped = governing(head)
        if self.infinitive and stopped in ("foiled", "denied"):
            # "thwarted a plot to bomb": parsers hang the infinitive on the verb.
            return _made(stopped, head)
        if self.infinitive and not able and below.tag == "VB" and not self.sentence.children(below, "mark"):
            return Standing("planned", below)
        return Standing("hypothetical", below) if marks & _IF else self.purpose()

    def _joined(self, below: Token, head: Token) -> Standing | None:
        """ "may attack and kill": the second shares what the first one's auxiliaries say."""
        if head.pos not in ("VERB", "AUX"):
            return None
        self.infinitive = self.infinitive or _is_infinitive(self.sentence, head)
        shared = _of_verb(self.sentence, head)
        open_ = shared is not None and shared.status in ("hypothetical", "planned", "threatened")
        return shared if open_ and not self.sentence.children(below, "aux", "nsubj") else None

    def _as_complement(self, below: Token, head: Token) -> Standing | None:
        found = _by_head(self.sentence, head, below, self.token)
        # What is only named in the object ("responsibility for the attack") does not share the verb's fate.
        named = self.token.pos in ("NOUN", "PROPN") and below is not self.token
        if found is None and not named and below.dep in ("xcomp", "dobj", "acl") and head.pos in ("VERB", "AUX"):
            return _of_verb(self.sentence, head)
        return found

    def purpose(self) -> Standing | None:
        """An infinitive under a word that does not make it a fact ("managed to")."""
        head = self.sentence.head(self.token)
        if (
            self.infinitive
            and self.token.dep in ("acl", "relcl", "xcomp", "ccomp")
            and head.lemma not in cue("factual")
        ):
            return Standing("planned", head)
        return None


#: Verbs that say of a whole clause that it is wanted.
_WANTING = ("plan", "hope", "expect", "demand", "propose", "urge", "want")
#: Verbs whose plain object is made or wanted, not planned, whatever they mean with an infinitive.
_OTHER_SENSE = frozenset("call set decide agree mean aim urge promise reject".split())
_ONLY_TO = frozenset("set call mean about due ready".split())


def _by_head(sentence: Sentence, head: Token, below: Token, token: Token) -> Standing | None:
    """What a governing word says of its complement; None where it is used in another sense."""
    kind = governing(head)
    if kind is None or head.lemma in ("be", "have") or _other_sense(sentence, kind, head, below, token):
        return None
    if kind in ("foiled", "attempted") and any(c.lower in _NEGATIONS for c in sentence.children(head, "neg")):
        return None
    return _made(kind, head)


def _other_sense(sentence: Sentence, kind: str, head: Token, below: Token, token: Token) -> bool:
    lemma, clause = head.lemma, below.dep == "ccomp"
    if clause and kind in ("planned", "attempted"):
        return lemma not in _WANTING
    if clause and lemma in ("warn", "say", "suspect", "believe", "suggest"):
        return _of_verb(sentence, token) is None
    if kind == "planned":
        return (below.dep in ("dobj", "obj") and lemma in _OTHER_SENSE) or (
            lemma in _ONLY_TO and not _is_infinitive(sentence, token)
        )
    if kind == "denied":
        return lemma in ("reject", "dismiss", "dispute") and below.dep not in ("dobj", "ccomp")
    if kind == "feared":
        return head.pos == "VERB" and below.dep == "prep" and lemma == "suspect"
    return kind == "ordered" and below.dep not in ("dobj", "xcomp", "ccomp", "prep", "obj")


def _made(kind: str, head: Token) -> Standing:
    return Standing(_STATUS[kind], head)


def _inherited(sentence: Sentence, verb: Token) -> Standing | None:
    found = _of_verb(sentence, verb)
    return found if found is not None and found.status in ("hypothetical", "planned") and found.general else None


def _is_infinitive(sentence: Sentence, token: Token) -> bool:
    return token.tag == "VB" and any(c.lower == "to" for c in sentence.children(token, "aux"))


def _plain(sentence: Sentence, verb: Token) -> Standing:
    """Nothing speaks against it: it occurred, or goes on ("are fighting")."""
    if verb.tag == "VBG" and any(c.lower in ("is", "are", "'s", "’re", "'re") for c in sentence.children(verb, "aux")):
        return Standing("ongoing", verb)
    return Standing("occurred")
