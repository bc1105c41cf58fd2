"""Tense: is an account a part of the story that the report tells, or of its background?"""

from __future__ import annotations

import re

from dateline.coding.draft import Draft
from dateline.model.knowledge import english

_LEADS_AWAY = re.compile(
    r"\b(?:previously|earlier|in the past|before|formerly|once|ago|history|since|ever|recent(?:ly)?|years|past)\b"
)
#: Words that introduce other happenings of the same kind ("similar raids in which hundreds were abducted").
OF_OTHERS = re.compile(r"\b(?:similar|previous|earlier|past|other such|such) (?:\w+ )?\w+s\b")


def in_foreground(draft: Draft) -> bool:
    """Is it told as part of the story? Its verb is not in the past perfect, and no word of the sentence points to
    another time."""
    sentence, clause = draft.sentences[0], draft.first.clause
    had = any(c.lower in ("had", "'d") for c in sentence.children(clause, "aux"))
    lower = sentence.text.lower()
    return not had and not _LEADS_AWAY.search(lower) and not OF_OTHERS.search(lower)


#: Helping verbs of the past tense.
_PAST = english("dateline.coding", "past")


def in_simple_past(draft: Draft) -> bool:
    """Is it told in the simple past ("killed", "were killed"), the tense of a story? Other tenses ("kidnap", "have
    kidnapped") tell of no day."""
    sentence, clause = draft.sentences[0], draft.first.clause
    auxiliaries = {c.lower for c in sentence.children(clause, "aux", "auxpass")}
    return clause.tag == "VBD" or bool(auxiliaries & _PAST)
