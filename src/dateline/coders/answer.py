"""Read a model's answer as data. Its form is not trusted: what can be read is read, the rest is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

#: The most characters of an answer, the most accounts that are read of it, and the most values of a field.
LONGEST, ACCOUNTS, VALUES = 2_000_000, 300, 200
#: The most characters of a quote or name that are read.
_WORDS = 2_000
_MOST = 10**9
_FENCE = re.compile(r"```[a-zA-Z]*")
_COMMA = re.compile(r",\s*(?=[}\]])")


class NoAnswer(ValueError):
    """The text holds no answer; the message says what is wrong with it."""


def read(answer: Any) -> tuple[dict[str, Any], bool]:
    """The JSON object of an answer, and whether it had to be mended. Raises NoAnswer."""
    if isinstance(answer, dict | list):
        return _as_object(answer), False
    if not isinstance(answer, str):
        raise NoAnswer("it is no text")
    if len(answer) > LONGEST:
        raise NoAnswer(f"it has {len(answer):,} characters")
    try:
        return _as_object(json.loads(answer)), False
    except (ValueError, RecursionError):
        return _mended(answer), True


def _as_object(found: Any) -> dict[str, Any]:
    if isinstance(found, list):
        found = {"accounts": found}
    if not isinstance(found, dict) or not isinstance(found.get("accounts"), list):
        raise NoAnswer('it has no list of "accounts"')
    return found


def _mended(answer: str) -> dict[str, Any]:
    """The JSON object in a faulty answer: with other text around it, with extra commas, or cut off before its end."""
    answer = _FENCE.sub("", answer)
    for at in _openings(answer):
        whole = _whole(_COMMA.sub("", answer[at:]))
        if whole is not None:
            return whole
    raise NoAnswer("it is no JSON")


def _openings(answer: str) -> Iterator[int]:
    """The places where the object may begin: at the bracket before "accounts", else at the first bracket."""
    named = answer.find('"accounts"')
    places = [answer.rfind("{", 0, named) if named >= 0 else -1, answer.find("{"), answer.find("[")]
    yield from dict.fromkeys(p for p in places if p >= 0)


def _whole(text: str) -> dict[str, Any] | None:
    """The object at the beginning of a text. If it was cut off, it is closed after its last complete value."""
    try:
        return _as_object(json.JSONDecoder().raw_decode(text)[0])
    except (ValueError, RecursionError):
        pass
    for end, closing in _closings(text):
        try:
            return _as_object(json.loads(_COMMA.sub("", text[:end]) + closing))
        except (ValueError, RecursionError):
            continue
    return None


#: The most places that are tried for closing an answer that was cut off.
_TRIES = 40


def _closings(text: str) -> list[tuple[int, str]]:
    """The places where a text that was cut off may be closed, with the brackets that close it; the last place first."""
    places: list[tuple[int, str]] = []
    stack: list[str] = []
    quoted = escaped = False
    for at, char in enumerate(text):
        if escaped or (quoted and char == "\\"):
            escaped = not escaped
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "{[":
            stack.append("}" if char == "{" else "]")
        elif not quoted and char in "}]":
            if not stack or stack.pop() != char:
                break
            if len(stack) < 30:
                places.append((at + 1, "".join(reversed(stack))))
    return places[: -_TRIES - 1 : -1]


# ---------------------------------------------------------------- fields, whatever stands in them


def rows(row: dict[str, Any], key: str, most: int = VALUES) -> list[dict[str, Any]]:
    """The objects of a list. A string in the list is read as an object that quotes these words."""
    found = row.get(key)
    if isinstance(found, dict | str):
        found = [found]
    if not isinstance(found, list):
        return []
    quoted = ({"words": one} if isinstance(one, str) else one for one in found[:most])
    return [one for one in quoted if isinstance(one, dict)]


def text(row: dict[str, Any], key: str) -> str | None:
    """The words of a field; None where there are none."""
    found = row.get(key)
    if found is None and key == "words":
        found = row.get("quote", row.get("text"))
    if isinstance(found, dict):
        found = found.get("words", found.get("name"))
    return found[:_WORDS] if isinstance(found, str) and found.strip() else None


def word(row: dict[str, Any], key: str, allowed: Collection[str]) -> str | None:
    """An allowed word; None where there is none."""
    found = row.get(key)
    if not isinstance(found, str):
        return None
    plain = found.strip().lower().replace(" ", "_").replace("-", "_")
    return plain if plain in allowed else None


def words(row: dict[str, Any], key: str, allowed: Collection[str]) -> list[str]:
    """The allowed words of a list, each once."""
    found = row.get(key)
    listed = found if isinstance(found, list) else [found]
    told = (word({"_": one}, "_", allowed) for one in listed[:VALUES])
    return list(dict.fromkeys(one for one in told if one is not None))


def number(row: dict[str, Any], key: str) -> int | None:
    """A whole number from 0 on; None where there is none."""
    found = row.get(key)
    if isinstance(found, str) and len(found) <= 14:
        plain = found.strip(" []").replace(",", "")
        found = int(plain) if plain.isdecimal() else None
    if isinstance(found, float) and found == found and abs(found) <= _MOST and found == int(found):
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= _MOST:
        return None
    return found


def numbers(row: dict[str, Any], key: str) -> list[int]:
    """The whole numbers of a list."""
    found = row.get(key)
    listed = found if isinstance(found, list) else [found]
    told = (number({"_": one}, "_") for one in listed[: 10 * VALUES])
    return [one for one in told if one is not None]
