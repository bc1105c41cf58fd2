"""Numbers of acts and of sites: operations, raids, incidents, places that were struck."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.drafting.counts import count_of
from dateline.howmany import figure
from dateline.language.roles import base
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.vocabulary import What
from dateline.what import Mention

#: Acts that are counted in addition to the people to whom they were done.
_ACTS: tuple[What, ...] = ("operations", "raids")


def count_acts(draft: Draft, mention: Mention, what: What) -> None:
    """Count the people of whom only the acts are numbered ("hundreds of arrests")."""
    if what == "sentenced" and mention.token.dep == "pobj" and mention.sentence.head(mention.token).lower == "to":
        return  # "condemned to two life sentences"
    stands = mention.carrier if mention.carrier is not None and mention.carrier.pos == "NUM" else mention.token
    acts = figure(mention.sentence, stands, singular=False)
    if acts is not None and acts.explicit:
        draft.add_count(count_of(what, "nonstate" if what == "arrested" else "unknown", acts))


def count_incidents(draft: Draft, mention: Mention) -> None:
    """Count the acts themselves, where their noun has a number ("six air strikes", "several clashes")."""
    if not (mention.nominal and mention.plural) or "incidents" not in types.of(draft.type).counts:
        return
    acts = figure(mention.sentence, mention.token, singular=False)
    if acts is not None and acts.explicit and (acts.best or acts.low or 0) > 1:
        draft.add_count(count_of("incidents", None, acts))


def add_numbers_of_acts(draft: Draft, mention: Mention) -> None:
    """Count the operations and raids that have a number ("122 operations"): at the trigger, or in its clause."""
    sentence = mention.sentence
    for token in sentence.tokens:
        what = next((w for w in _ACTS if w == f"{token.lemma}s"), None)
        if what is None or token.pos not in ("NOUN", "PROPN"):
            continue
        number = figure(sentence, token, singular=False)
        near = token.i == mention.token.i or token.i in {t.i for t in sentence.subtree(mention.clause)}
        if number is not None and near and (number.best or number.low or 0) > 1 and what in types.of(draft.type).counts:
            draft.add_count(count_of(what, None, number))


#: Prepositions before places that were searched, not hit.
_ACROSS = english("dateline.coding", "across")


def add_sites(draft: Draft, mention: Mention) -> None:
    """Count the places in which it was done ("in 21 provinces")."""
    sentence = mention.sentence
    for token in sentence.subtree(mention.clause):
        if token.dep == "pobj" and base(token) in SITES and sentence.head(token).lower in _ACROSS:
            number = figure(sentence, token, singular=False)
            if number is not None and number.explicit and (number.best or 0) > 1:
                draft.add_count(count_of("sites", None, number))


SITES = english("dateline.coding", "sites")
