"""Is an account told as part of the story that a report tells, or as what lies before it?"""

from __future__ import annotations

import re

from dateline.coding.draft import Draft
from dateline.model.knowledge import english

_LEADS_AWAY = re.compile(
    r"\b(?:previously|earlier|in the past|before|formerly|once|ago|history|since|ever|recent(?:ly)?|years|past)\b"
)
#: Words of happenings like the one told of: "similar raids in which hundreds were abducted".
OF_OTHERS = re.compile(r"\b(?:similar|previous|earlier|past|other such|such) (?:\w+ )?\w+s\b")


def in_foreground(draft: Draft) -> bool:
    """Told as part of the story: not in the past perfect, and nothing in the sentence leads away from it."""
    sentence, clause = draft.sentences[0], draft.first.clause
    had = any(c.lower in ("had", "'d") for c in sentence.children(clause, "aux"))
    lower = sentence.text.lower()
    return not had and not _LEADS_AWAY.search(lower) and not OF_OTHERS.search(lower)


#: Helping verbs of the past tense.
_PAST = english("dateline.coding", "past")


def in_simple_past(draft: Draft) -> bool:
    """Is it told in the tense in which a story goes on ("killed", "were killed")? "Kidnap" and "have kidnapped" tell of
    no day."""
    sentence, clause = draft.sentences[0], draft.first.clause
    auxiliaries = {c.lower for c in sentence.children(clause, "aux", "auxpass")}
    return clause.tag == "VBD" or bool(auxiliaries & _PAST)
