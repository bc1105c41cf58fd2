"""The place names that a model quotes, and the gazetteer's entries for them.

The model says which country, province and kind of place a name means. The gazetteer says whether there is such a place,
and where it lies. No point and no name comes from the model.
"""

from __future__ import annotations

import re
from typing import Any

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.language.dictionary import is_word
from dateline.model import Place, Span
from dateline.model.vocabulary import PLACE_PRECISIONS
from dateline.where import (
    Told,
    country_code,
    country_entry,
    country_name,
    entries_of,
    entry_told,
    is_described,
    is_spelt_like,
)

#: The most letters of the name of a country or province.
_NAME = 60
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def places_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> tuple[Place, ...]:
    """The places of an account, each once."""
    found: dict[tuple[object, ...], Place] = {}
    given = answer.rows(row, "where")
    lands = [code for one in given if (code := _country(one)) is not None]
    for one in given:
        span = case.quote(one, near, at)
        if span is None:
            case.drop("where")
            continue
        place = _place(case, one, span, lands)
        found.setdefault((place.gazetteer_id or place.text.casefold(), place.precision), place)
    return tuple(found.values())


def _place(case: Case, row: dict[str, Any], span: Span, lands: list[str]) -> Place:
    text = span.of(case.report.text)
    plain, own = " ".join(text.split()), _country(row)
    kind, admin1 = answer.word(row, "precision", PLACE_PRECISIONS), answer.text(row, "admin1")
    told = Told(kind, own or next(iter(lands), None), admin1[:_NAME] if admin1 else None, own is not None)
    name = (answer.text(row, "name") or "")[:_NAME]
    described = is_described(plain, name, own) and _tells_of(case, own)
    entry = entry_told(_names(case, plain, name, described), told)
    if entry is None:
        # A place that the gazetteer lacks: it gets the country that the model names, and no point.
        name = " ".join(name.split()) if described else case.named(row, "name") or _ARTICLE.sub("", plain)
        return Place(text, span, name, own, _province(told), precision=kind or "region")  # type: ignore[arg-type]
    province = entry.name if entry.kind == "admin1" else entry.admin1
    return Place(
        text, span, entry.name, entry.country, province, entry.lat, entry.lon,
        entry.kind, entry.gazetteer_id,  # type: ignore[arg-type]
    )  # fmt: skip


def _names(case: Case, words: str, name: str, described: bool) -> list[str]:
    """The names under which a place is looked up, the likeliest first."""
    if described or is_spelt_like(words, name):
        return [name, words]
    return [words, name] if _may_be_called(case, words, name) else [words]


def _tells_of(case: Case, code: str | None) -> bool:
    """Does the report name a country or its people? Of reports in other languages than English we cannot say."""
    if case.lang != "en":
        return True
    names = (w.strip(".,;:'\"“”’()").removesuffix("'s").removesuffix("’s") for w in case.report.text.split())
    return case.words.names(country_name(code or "") or "") or any(
        w[:1].isupper() and country_code(w) == code for w in names
    )


def _may_be_called(case: Case, words: str, name: str) -> bool:
    """May the quoted words mean the place that the model names? They may if the report holds that name, or if the words
    are a name that the gazetteer lacks (misspelt as "Puerto Prince", or in another language)."""
    if case.lang != "en" or case.words.names(name):
        return True
    strange = any(w[:1].isupper() and not is_word(w.lower()) for w in words.split())
    return strange and not entries_of(words)


def _province(told: Told) -> str | None:
    """The province that the model names, if the gazetteer has it in the model's country."""
    found = entry_told([told.admin1], told._replace(kind="admin1")) if told.admin1 and told.sure else None
    return found.name if found is not None and found.kind == "admin1" else None


def _country(row: dict[str, Any]) -> str | None:
    """The country that the model names, if there is one of that name."""
    code = (answer.text(row, "country") or "").strip()
    if not code or len(code) > _NAME:
        return None
    known = country_entry(code.upper()) if len(code) == 2 and code.isascii() else None
    return known.country if known is not None else country_code(code)
