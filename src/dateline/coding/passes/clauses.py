"""Join drafts of one clause that tell of one action ("arrested in an operation")."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.coding.telling import ABSORB_READS, ABSORB_WRITES, absorb, other_side
from dateline.language import Sentence
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL
from dateline.what import Mention

#: Words between two clauses that say that they tell of two happenings.
_PARTING = english("dateline.coding", "parting")
_IN_ITS_CLAUSE = "coding.clauses.in-its-clause"
_BEING = english("dateline.coding", "being")


@step("coding.clauses", reads=ABSORB_READS, writes=ABSORB_WRITES)
def join_clauses(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Join drafts of one sentence whose words tell of one action ("attacked with bombs, destroying the school")."""
    kept: list[Draft] = []
    for draft in drafts:
        near = (k for k in reversed(kept) if k.sentences[-1] is draft.sentences[0])
        partner = next((k for k in near if _are_one_action(k, draft)), None)
        if partner is None:
            kept.append(draft)
        else:
            absorb(partner, draft, "tells the same action in its clause")
    return kept


def _are_one_action(a: Draft, b: Draft) -> bool:
    """Do two drafts of one sentence tell of one action? A note says which rule joins them, or keeps them apart."""
    joins = _joined_by(a, b)
    if joins is None:
        return False
    parts = _parted_by(a, b) if joins == _IN_ITS_CLAUSE else None
    answer = "one with" if parts is None else "kept apart from"
    note(parts or joins, b.trigger, f"{answer} {a.called}")
    return parts is None


def _joined_by(a: Draft, b: Draft) -> str | None:
    """The name of the rule that joins two drafts as one action; None where no rule does."""
    if a.type == b.type and "intent" in types.of(a.type).told_as:
        return "coding.clauses.one-intent"
    one_ruling = _is_one_verdict(a, b) or _is_ruled_on(a, b) or _is_ruled_on(b, a)
    if one_ruling:
        return "coding.clauses.one-ruling"
    if not _may_be_one_action(a, b):
        return None
    m, n = a.first, b.first
    if a.type == b.type == "arrest" and not (m.nominal or n.nominal):
        return "coding.clauses.same-people" if {o.i for o in m.objects} & {o.i for o in n.objects} else None
    if _is_where_clause(m, n):
        return "coding.clauses.where"
    return _IN_ITS_CLAUSE if _is_joined(m.sentence, m, n) else None


def _is_one_verdict(a: Draft, b: Draft) -> bool:
    """Are the same people found guilty and sentenced, and not on two days ("was found guilty and jailed", "jailed after
    being found guilty")?"""
    people = {o.i for o in a.first.objects} & {o.i for o in b.first.objects}
    found_guilty = any(d.first.token.lemma in ("find", "convict") for d in (a, b))
    verdicts = all(d.type in types.COURT and d.first.frame.counts in (None, "sentenced") for d in (a, b))
    facts = a.status in FACTUAL and b.status in FACTUAL
    return verdicts and found_guilty and facts and bool(people) and not _on_two_days(a, b)


def _is_ruled_on(ruling: Draft, asked: Draft) -> bool:
    """Does a ruling only refuse or order the other happening ("the court rejected the request for his extradition",
    "ordered the detention of two men")?"""
    if ruling.type not in types.COURT or asked.type in types.COURT or asked.status not in ("denied", "ordered"):
        return False
    governs = ruling.first.token in asked.first.sentence.ancestors(asked.first.token)
    return governs and asked.cue == ruling.first.token.text


def _parted_by(a: Draft, b: Draft) -> str | None:
    """The name of the rule that keeps two drafts with joined clauses apart; None where no rule does."""
    if _is_parted(a.first.sentence, a.first, b.first):
        return "coding.clauses.word-between"
    return "coding.clauses.other-figure" if _differ_in_figures(a, b) else None


def _may_be_one_action(a: Draft, b: Draft) -> bool:
    """May two drafts be one action? Both are facts or both are not, their types go together, and they have no two days,
    no two sides, and no semicolon between them."""
    if (a.status in FACTUAL) != (b.status in FACTUAL) or _on_two_days(a, b):
        return False
    if b.type not in types.of(a.type).one_action_with:
        return False
    m, n = a.first, b.first
    between = m.sentence.tokens[min(m.token.i, n.token.i) : max(m.token.i, n.token.i)]
    if any(t.text == ";" for t in between):
        return False
    return not (m.of_people or n.of_people or (other_side(a, b) and a.type != "clash"))


def _on_two_days(a: Draft, b: Draft) -> bool:
    """Does each draft have a time of its own, and are these not the same?"""
    if a.when is None or b.when is None or not (a.own_time and b.own_time):
        return False
    return (a.when.start, a.when.end) != (b.when.start, b.when.end)


def _is_joined(sentence: Sentence, m: Mention, n: Mention) -> bool:
    """Does the clause of one mention depend on the words of the other, or do they share a clause?"""
    above_n = {t.i for t in sentence.ancestors(n.token)} & {m.token.i, m.clause.i}
    above_m = {t.i for t in sentence.ancestors(m.token)} & {n.token.i, n.clause.i}
    # The verb above an infinitive: "managed" of "managed to arrest".
    up, over = (sentence.above(x.clause, "xcomp") for x in (m, n))
    joined = over.head in (m.clause.i, m.token.i) or up.head in (n.clause.i, n.token.i) or m.clause.i == n.clause.i
    return bool(above_n or above_m) and joined


def _is_parted(sentence: Sentence, m: Mention, n: Mention) -> bool:
    """Does a word between two actions say that the one is not the other ("arrested after an attack")?"""
    marks = {c.lower for v in (m.clause, n.clause, m.token, n.token) for c in sentence.children(v, "mark", "advmod")}
    before = {sentence.head(t).lower for t in (m.token, n.token) if t.dep == "pobj"}
    return bool((marks | before) & _PARTING)


def _differ_in_figures(a: Draft, b: Draft) -> bool:
    """Do both count the same kind, with different numbers?"""
    one, two = ({(c.what, c.best) for c in d.counts} for d in (a, b))
    return any(x[0] == y[0] and x != y for x in one for y in two)


def _is_where_clause(m: Mention, n: Mention) -> bool:
    """Does the second mention stand in a clause with "where" that tells of the first one ("the deadliest attack was in
    the capital, where a bomb exploded")?"""
    sentence, clause = m.sentence, n.clause
    there = clause.dep == "relcl" and any(c.lower == "where" for c in sentence.children(clause, "advmod"))
    verb = sentence.head(m.token)
    return there and m.token.dep == "nsubj" and verb.lemma in _BEING and verb in list(sentence.ancestors(clause))
