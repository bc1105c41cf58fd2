"""Status by what a happening depends on in the parse ("planned to attack", "denied that", "an order for his arrest",
"failed to prevent")."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.vocabulary import Status
from dateline.says.cues import cue, governing
from dateline.says.verdict import IF, Standing, is_infinitive, is_negated, of_verb

#: The status that a governing word gives to its dependents: key of cues.yaml -> status, and the rule's name.
_GOVERNED: dict[str, tuple[Status, str]] = {
    "planned": ("planned", "says.planned.governed"),
    "threatened": ("threatened", "says.threatened.governed"),
    "ordered": ("ordered", "says.ordered.governed"),
    "denied": ("denied", "says.denied.governed"),
    "foiled": ("foiled", "says.foiled.governed"),
    "attempted": ("attempted", "says.attempted.governed"),
    "feared": ("hypothetical", "says.hypothetical.feared"),
}
#: Words of asking ("request"): whoever refuses the request denies what it asks for.
_ASKED_BY = english("dateline.says", "asked_by")
#: The most steps up the dependency tree in which a word that decides the status is looked for.
_HIGHEST = 6
_NOUN_LINKS = english("dateline.says", "noun_links")
_COMPLEMENTS = ("dobj", "obj", "xcomp", "ccomp", "acl", "acomp", "oprd", "attr", "dep")
#: Prepositions before a gerund that gets the status of the verb above ("hesitate in arresting").
_SHARING = english("dateline.says", "sharing")
#: Rules that find a fact. The search up the tree ends there, whatever stands further up.
_PRESUPPOSED = Standing("occurred", rule="says.occurred.presupposed")
_ENDED = Standing("occurred", rule="says.occurred.ended")
_NOT_PREVENTED = Standing("occurred", rule="says.occurred.not-prevented")


def hung_on(sentence: Sentence, token: Token, noun: Token | None) -> Standing | None:
    """Find what the words above `token` in the parse say of the happening. `noun` is its trigger where the trigger is a
    noun. None: they say nothing."""
    climb = _Climb(sentence, token)
    if noun is not None and noun is not token and token.pos == "VERB":
        found = _by_head(sentence, token, noun, noun)
        if found is not None:
            return found
    below = token
    for steps, head in enumerate(sentence.ancestors(token), 1):
        if steps > _HIGHEST or (below is not token and below.dep in ("appos", "parataxis")) or below.dep == "relcl":
            break
        found, on = climb.step(below, head)
        if found is not None or not on:
            return found
        below = head
    return climb.purpose()


#: Words before something that was not done, or not yet ("without firing").
_NOT_DONE = english("dateline.says", "not_done")


class _Climb:
    """One search up the tree from a happening's word. Each link answers with a pair: the standing (or None), and
    whether to go on."""

    def __init__(self, sentence: Sentence, token: Token) -> None:
        self.sentence, self.token = sentence, token
        self.infinitive = is_infinitive(sentence, token)

    def step(self, below: Token, head: Token) -> tuple[Standing | None, bool]:
        """What the link from the word `below` to its `head` says of the happening."""
        if below.dep in ("nsubj", "nsubjpass"):
            return self._as_subject(below, head), False
        if below.dep in ("csubj", "csubjpass"):
            return self._as_gerund(head), False
        if below.dep in ("prep", "pobj", "pcomp"):
            return self._through_preposition(below, head)
        if below.dep == "advcl":
            return self._as_adverbial(below, head)
        if below.dep == "conj":
            return self._joined(below, head), True
        if below.dep in _COMPLEMENTS:
            return self._as_complement(below, head), True
        return None, True

    def _as_subject(self, below: Token, head: Token) -> Standing | None:
        """What a verb says of its subject: that it was stopped ("the attack was foiled"), or that it is false ("reports
        that they attacked were false")."""
        if head.pos not in ("VERB", "AUX"):
            return None
        if _is_false(self.sentence, head):
            return Standing("denied", head, rule="says.denied.untrue")
        kind = governing(head) if below.dep == "nsubjpass" or head.lemma == "fail" else None
        if kind in ("foiled", "planned", "feared", "denied", "ordered"):
            return _made(kind, head)
        return of_verb(self.sentence, head) if self.token.pos in ("NOUN", "PROPN") else None

    def _as_gerund(self, head: Token) -> Standing | None:
        """A gerund as the subject of a verb in the present is a general statement ("killing civilians is a crime" tells
        of no killing). With a verb in the past it is a happening ("killing him was a mistake")."""
        helpers = self.sentence.children(head, "aux", "auxpass")
        now = any(t.tag in ("VBZ", "VBP", "MD") for t in (head, *helpers))
        if not now or self.token.tag != "VBG":
            return None
        return Standing("hypothetical", head, True, "says.hypothetical.gerund")

    def _through_preposition(self, below: Token, head: Token) -> tuple[Standing | None, bool]:
        """What a preposition says of its object ("before attacking"), and what the word above the preposition says of
        it ("plans for an attack", "refrained from attacking")."""
        unreal = head.lower in _NOT_DONE
        if unreal and (below.dep == "pcomp" or self.token.pos == "VERB"):
            return Standing("hypothetical", head, rule="says.hypothetical.before"), False
        if below.dep != "prep":
            return None, True
        if below.lower == "to" and head.lemma == "lead" and self.sentence.head(head).lower in ("information", "tips"):
            rule = "says.ordered.reward"
            return Standing("ordered", head, rule=rule), False  # "a reward for information leading to the arrest of"
        # Parsers may also attach "in the ambush" of "denied a role in the ambush" to the verb.
        beside = self.sentence.tokens[below.i - 1] if below.i else head
        if below.lower in _NOUN_LINKS and {head.lemma, beside.lemma} & cue("presupposing"):
            return _PRESUPPOSED, False
        if below.lower == "against" and head.lemma in _ASKED_BY:
            return _PRESUPPOSED, False  # an appeal against a ruling, which stands until the appeal is heard
        refused = _refused_request(self.sentence, head) if below.lower in ("for", "to") else None
        if refused is not None:
            return refused, False
        linked = below.lower in _NOUN_LINKS or (below.lower == "as" and governing(head) == "denied")
        if linked and head.pos in ("VERB", "NOUN", "ADJ", "ADV", "AUX"):
            found = _by_head(self.sentence, head, below, self.token)
            if found is not None:
                return found, False
        if head.pos in ("VERB", "AUX"):
            shares = below.lower in _SHARING and bool(self.sentence.children(below, "pcomp"))
            # An adjunct of another verb has a standing of its own, unless that verb makes a general statement.
            return of_verb(self.sentence, head) if shares else _inherited(self.sentence, head), False
        # Only "of" leads further up: "a series of attacks" is attacks, but "questions about the attack" are something
        # else.
        return None, below.lower == "of"

    def _as_adverbial(self, below: Token, head: Token) -> tuple[Standing | None, bool]:
        """How an adverbial clause belongs to its verb: as a purpose ("sent to arrest"), as a condition ("if they
        attack"), or as the option that is chosen ("no choice than to shoot")."""
        able = any(c.lower in ("able", "enough") for c in self.sentence.children(head, "acomp"))
        marks = {c.lower for c in self.sentence.children(below, "mark", "advmod")}
        stopped = governing(head)
        if self.infinitive and stopped in ("foiled", "denied"):
            # Parsers attach this infinitive to the verb: "thwarted a plot to bomb".
            return _made(stopped, head), False
        if self.infinitive and head.pos == "NOUN" and marks & {"than", "but"}:
            return None, True
        if self.infinitive and not able and below.tag == "VB" and not self.sentence.children(below, "mark"):
            return Standing("planned", below, rule="says.planned.purpose"), False
        if marks & IF:
            return Standing("hypothetical", below, rule="says.hypothetical.condition"), False
        return self.purpose(), False

    def _joined(self, below: Token, head: Token) -> Standing | None:
        """The second of two joined verbs has the standing that the first one's auxiliaries give ("may attack and
        kill")."""
        if head.pos not in ("VERB", "AUX"):
            return None
        self.infinitive = self.infinitive or is_infinitive(self.sentence, head)
        shared = of_verb(self.sentence, head)
        open_ = shared is not None and shared.status in ("hypothetical", "planned", "threatened")
        return shared if open_ and not self.sentence.children(below, "aux", "nsubj") else None

    def _as_complement(self, below: Token, head: Token) -> Standing | None:
        """What a word says of its object or complement: its own standing, or one that both share."""
        sentence = self.sentence
        refused = _refused_request(sentence, head) if below.dep == "acl" else None
        if refused is not None:
            return refused
        if below is self.token and below.dep in ("dobj", "obj") and below.pos == "NOUN" and head.lemma in cue("ending"):
            return _ENDED
        found = _by_head(sentence, head, below, self.token) or self._obliged(below, head)
        if found is not None:
            return found
        if below.dep == "ccomp" and _is_false(sentence, head):
            return Standing("denied", head, rule="says.denied.untrue")
        # A noun below the object ("responsibility for the attack") does not share the standing of the verb.
        named = self.token.pos in ("NOUN", "PROPN") and below is not self.token
        shares = below.dep in ("xcomp", "dobj", "acl") or (below.dep == "acomp" and below.lemma in cue("factual"))
        if not named and shares and head.pos in ("VERB", "AUX"):
            return of_verb(sentence, head)
        return None

    def _obliged(self, below: Token, head: Token) -> Standing | None:
        """What somebody has to do, or is to do, is planned; with "yet" it is denied; what they had to do is a fact."""
        if below.dep != "xcomp" or not self.infinitive or head.lemma not in ("have", "be"):
            return None
        if any(c.lower == "yet" for c in (*self.sentence.children(head), *self.sentence.children(below))):
            return Standing("denied", head, rule="says.denied.yet")
        past = head.tag in ("VBD", "VBN") and head.lemma == "have"
        return None if past or below is not self.token else Standing("planned", head, rule="says.planned.obliged")

    def purpose(self) -> Standing | None:
        """An infinitive is planned, unless the word above it makes it a fact ("managed to")."""
        head = self.sentence.head(self.token)
        open_ = self.infinitive and self.token.dep in ("acl", "relcl", "xcomp", "ccomp")
        if not open_ or head.lemma in cue("factual") or self._is_ranked(head):
            return None
        return Standing("planned", head, rule="says.planned.infinitive")

    def _is_ranked(self, noun: Token) -> bool:
        """Is the noun one of a ranked series ("the third attack to claim lives")? Then the infinitive after it is a
        fact."""
        return any(t.lower in cue("ranks") for t in (noun, *self.sentence.children(noun, "amod", "nummod")))


#: Verbs that say that a whole clause is wanted ("demand that").
_WANTING = english("dateline.says", "wanting")
#: Verbs with another sense before a plain object: it is made or wanted, not planned ("called a strike").
_OTHER_SENSE = english("dateline.says", "other_sense")
_ONLY_TO = english("dateline.says", "only_to")


def _by_head(sentence: Sentence, head: Token, below: Token, token: Token) -> Standing | None:
    """The standing that a governing word gives to its complement; None where the word is used in another sense."""
    if head.lower == "short" and below.lower == "of":
        return Standing("denied", head, rule="says.denied.short-of")
    if head.lower == "case" and below.dep in ("acl", "ccomp", "relcl") and sentence.head(head).lower == "in":
        return Standing("hypothetical", head, rule="says.hypothetical.in-case")
    kind = governing(head)
    if kind is None or head.lemma in ("be", "have") or _other_sense(sentence, kind, head, below, token):
        return None
    if not _is_undone(sentence, head):
        above = sentence.head(head)
        stopped = kind == "attempted" and head.dep in ("dobj", "nsubjpass") and governing(above) == "foiled"
        return _made("foiled", above) if stopped else _made(kind, head)
    if kind in ("foiled", "attempted"):
        return _NOT_PREVENTED if kind == "foiled" else None
    if kind in ("denied", "feared", "ordered"):
        return Standing("hypothetical", head, rule="says.hypothetical.undone")
    return Standing("denied", head, rule="says.denied.undone")


def _is_undone(sentence: Sentence, head: Token) -> bool:
    """Is a verb negated, or did somebody fail to do it ("did not prevent", "failed to prevent", "could not
    prevent")?"""
    above = sentence.head(head)
    failed = head.dep == "xcomp" and above.lemma in ("fail", "unable")
    return failed or is_negated(sentence, head) or (head.dep == "xcomp" and is_negated(sentence, above))


#: Verbs that state their clause as told ("warned that"), though they are in a list of cues.
_TELLING = english("dateline.says", "telling")
#: Verbs that deny a statement, and not a deed ("dismissed").
_REJECTING = english("dateline.says", "rejecting")


def _other_sense(sentence: Sentence, kind: str, head: Token, below: Token, token: Token) -> bool:
    lemma, clause = head.lemma, below.dep == "ccomp"
    if clause and kind in ("planned", "attempted"):
        return lemma not in _WANTING
    if clause and lemma in _TELLING:
        return of_verb(sentence, token) is None
    if kind == "attempted" and lemma == "try" and sentence.is_passive(head):
        return True  # "tried for murder": by a court
    if kind == "planned":
        wanted = lemma == "call" and head.pos == "VERB" and below.lower == "for" and not sentence.is_passive(head)
        # "Wanted for killing two officers" means wanted by the law, not that a killing is wanted. "The aim of the
        # attacks" names attacks that have an aim, not attacks that are aimed at.
        if (lemma == "want" and below.lower == "for") or (lemma == "aim" and below.lower == "of"):
            return True
        return not wanted and (
            (below.dep in ("dobj", "obj") and lemma in _OTHER_SENSE)
            or (lemma in _ONLY_TO and not is_infinitive(sentence, token))
        )
    if kind == "denied":
        return lemma in _REJECTING and below.dep not in ("dobj", "ccomp") and below.lower != "as"
    if kind == "feared":
        return head.pos == "VERB" and below.dep == "prep" and lemma == "suspect"
    return kind == "ordered" and below.dep not in ("dobj", "xcomp", "ccomp", "prep", "obj", "acl")


def _refused_request(sentence: Sentence, noun: Token) -> Standing | None:
    """The standing that a refusal gives to what was asked for ("rejected a request for his extradition", "turned down a
    request to extradite him"). None where the noun is not a request, or nobody refuses it."""
    verb = sentence.head(noun)
    if noun.lemma not in _ASKED_BY or noun.dep not in ("dobj", "nsubjpass") or is_negated(sentence, verb):
        return None
    turned_down = verb.lemma == "turn" and any(p.lower == "down" for p in sentence.children(verb, "prt"))
    refuses = turned_down or governing(verb) in ("denied", "foiled")
    return Standing("denied", verb, rule="says.denied.request-refused") if refuses else None


def _is_false(sentence: Sentence, verb: Token) -> bool:
    """Does the verb say that a statement is false ("were false", "was not true")?"""
    for said in sentence.children(verb, "acomp", "attr", "oprd"):
        if said.lemma in cue("untrue") or (said.lower == "true" and is_negated(sentence, verb)):
            return True
    return False


def _made(kind: str, head: Token) -> Standing:
    """The standing that a governing word of a kind (a key of cues.yaml) gives to its dependents."""
    status, rule = _GOVERNED[kind]
    return Standing(status, head, rule=rule)


def _inherited(sentence: Sentence, verb: Token) -> Standing | None:
    found = of_verb(sentence, verb)
    return found if found is not None and found.status in ("hypothetical", "planned") and found.general else None
