"""The actors and speakers that a model quotes, with ids and names from the actor list."""

from __future__ import annotations

from typing import Any, get_args

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.coders.quoting import fold
from dateline.model import Actor, Span, Speaker
from dateline.model.vocabulary import ACTOR_KINDS, Role
from dateline.where import country_of
from dateline.who import KnownActor, actors_meant, body_meant, known_actors, names_of, slug

_ROLES = frozenset(get_args(Role))
#: The fewest letters of a word by which two names are taken for alike.
_LONG = 5


def actors_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Actor, ...]:
    """The actors of an account, each once in a role."""
    found: dict[tuple[str, str], Actor] = {}
    for one in answer.rows(row, "actors"):
        span, role = case.quote(one, near, at), answer.word(one, "role", _ROLES)
        if span is None or role is None:
            case.drop("actors")
            continue
        actor = _actor(case, one, span, role)
        found.setdefault((role, actor.id or actor.name.casefold()), actor)
    return tuple(found.values())


def _actor(case: Case, row: dict[str, Any], span: Span, role: str) -> Actor:
    text = span.of(case.report.text)
    kind = answer.word(row, "kind", ACTOR_KINDS) or "unknown"
    known = _known(case, row, span)
    plain = " ".join(text.split())
    name = case.named(row, "name") or plain
    key: str | None = None
    if known is not None:
        key, name = known.id, known.name
    elif kind in ("armed_group", "organisation") and (own := _own_id(row, name, plain)) is not None:
        key = own
    elif kind in ("state", "organisation") and (body := body_meant(plain, country_of)) is not None:
        key = body[0]
    said_by = case.named(row, "said_by")
    return Actor(role, kind, name, text, span, key, said_by)  # type: ignore[arg-type]


def _own_id(row: dict[str, Any], name: str, words: str) -> str | None:
    """The id that the model gives a group that the list lacks, if it is made of the group's name in the report."""
    told = answer.text(row, "id")
    return told if told in (slug(name), slug(words)) else None


def _known(case: Case, row: dict[str, Any], span: Span) -> KnownActor | None:
    """The actor of our list that is meant: found by the quoted words; by the model's name, if the report holds it; or
    by the model's id, if the report supports it (`_is_borne_out`)."""
    text, told = span.of(case.report.text), answer.text(row, "id")
    key = told.strip().lower().replace("_", "-") if told and len(told) < 100 else None
    for name in (text, answer.text(row, "name") or ""):
        bearers = actors_meant(" ".join(name.split())) if 1 < len(name) <= 200 else ()
        meant = next((b for b in bearers if b.id == key), None) or (bearers[0] if len(bearers) == 1 else None)
        if meant is not None and (name is text or case.words.names(name)):
            return meant
    known = known_actors().get(key) if key else None
    if known is None or not _is_borne_out(case, known, span):
        return None
    return known


def _is_borne_out(case: Case, known: KnownActor, span: Span) -> bool:
    """Does the report support this actor? It does if it names the actor, if the quoted words share a long word with one
    of the actor's names, or if it is not in English (our list may lack the actor's name there)."""
    named = any(case.words.names(name) for name in names_of(known.id))
    return named or case.lang != "en" or _is_like(names_of(known.id), span.of(case.report.text))


def _is_like(names: tuple[str, ...], words: str) -> bool:
    """Does one of the names share a long word with the words?"""
    said = {w for w in fold(words).split() if len(w) >= _LONG}
    return any(said & set(fold(name).split()) for name in names)


def speakers_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Speaker, ...]:
    """Who says it, each once."""
    found: dict[str, Speaker] = {}
    for one in answer.rows(row, "said_by"):
        span = case.quote(one, near, at)
        if span is None:
            case.drop("said_by")
            continue
        name = case.named(one, "name") or " ".join(span.of(case.report.text).split())
        found.setdefault(name.casefold(), Speaker(name, span))
    return tuple(found.values())
