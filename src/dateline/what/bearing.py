"""Decide whether the words around an ambiguous trigger bear out that a happening of one of our types is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.what.case import Case
from dateline.what.conditions import condition
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.words import wordlist


@dataclass(frozen=True, slots=True)
class Bearing:
    """The answer: whether the words around a trigger bear it out, and the name of the rule that says so
    (knowledge/rules.yaml)."""

    rule: str
    holds: bool


def borne_out(
    frame: Frame,
    sentence: Sentence,
    hit: Hit,
    agents: Sequence[Token],
    objects: Sequence[Token],
    report: frozenset[str],
) -> Bearing:
    """Decide what bears a trigger out or refuses it: games and accidents refuse it; else its frame's condition
    (`needs`) decides."""
    case = Case(frame, sentence, hit, agents, objects, report)
    games = len(case.report & wordlist("games"))
    if games >= 3 and games >= len(case.report & wordlist("violent")):
        return Bearing("what.games.report", False)
    if _is_game(case):
        return Bearing("what.games.sentence", False)
    if condition("mishap")(case):
        return Bearing("what.accident.mishap", False)
    if frame.needs is not None:
        return Bearing(f"what.needs.{frame.needs}", condition(frame.needs)(case))
    if frame.type == "killing" and condition("natural")(case):
        return Bearing("what.accident.death", False)
    return Bearing("what.needs.nothing", True)


def _is_game(case: Case) -> bool:
    """Is the sentence about games or films? It has a word of these, and no word of violence other than those that games
    use, too."""
    if case.words.isdisjoint(wordlist("games")) or case.words & wordlist("violent") - wordlist("said_of_games"):
        return False
    return not condition("violent_report")(case) and not condition("done_to_people")(case)
