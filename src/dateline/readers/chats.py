"""Exports of chats: Telegram (result.json) and WhatsApp (_chat.txt). Each message with enough words is a report."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.model import Known, Origin, RejectedReport, Report, Span
from dateline.model.rejections import BrokenDocument, EmptyReport
from dateline.readers.decoding import decoded
from dateline.readers.given import Given, Reader
from dateline.readers.knowing import Story, known, known_day

_LIMIT = 200_000_000
#: A message with fewer words ("ok", "where?") is no report.
_FEWEST = 4
_TELEGRAM = re.compile(
    r'"type"\s*:\s*"(?:public_channel|private_channel|public_supergroup|private_supergroup|private_group|'
    r'personal_chat|bot_chat|saved_messages)"'
)  # fmt: skip
#: The head of a message of WhatsApp: "[03/05/2024, 14:21:07] Name: ...", "03.05.24, 14:21 - Name: ...".
_HEAD = re.compile(
    r"\u200e?\[?(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4}),?\s(?P<h>\d{1,2})[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[APap]\.?\s?[Mm]\.?)?(?:\]| -)\s(?P<rest>.*)"
)  # fmt: skip
_OMITTED = re.compile(
    r"\u200e?(?:<[^<>]{1,40}omitted>|(?:image|video|audio|sticker|GIF|document) omitted|<attached: [^<>]*>)"
)


#: How a notice begins that WhatsApp itself writes into a chat.
_SYSTEM = "\u200eMessages"


def _tells(text: str) -> bool:
    return len(text.split(None, _FEWEST)) >= _FEWEST


def _owns_telegram(head: bytes, name: str) -> bool:
    text = head.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    is_list = '"messages"' in text or ('"chats"' in text and '"list"' in text)
    return text.startswith("{") and is_list and bool(_TELEGRAM.search(text))


def _read_telegram(given: Given) -> Iterator[Report | RejectedReport]:
    try:
        whole = json.loads(given.data(_LIMIT))
    except (ValueError, RecursionError) as error:
        raise BrokenDocument(f"It is no export of Telegram's that can be read ({error}).", where=given.name) from None
    found = False
    for chat in _chats(whole):
        for message in chat.get("messages") or ():
            if isinstance(message, dict) and _tells(text := _words(message.get("text"))):
                found = True
                yield from _sent(text, _telegram_uri(chat, message, given), list(_telegram(chat, message)), given)
    if not found:
        raise EmptyReport("The export holds no messages with words.", where=given.name)


def _chats(whole: Any) -> Iterator[dict[str, Any]]:
    """The chats of a Telegram export: one chat, or all chats of a user."""
    if not isinstance(whole, dict):
        return
    several = whole.get("chats")
    listed = several.get("list") if isinstance(several, dict) else [whole]
    for chat in listed if isinstance(listed, list) else ():
        if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
            yield chat


def _words(text: Any) -> str:
    """The text of a message, which is a string, or a list of strings and of formatted parts."""
    if isinstance(text, str):
        return text
    parts = text if isinstance(text, list) else []
    return "".join(p if isinstance(p, str) else str(p.get("text") or "") if isinstance(p, dict) else "" for p in parts)


def _telegram_uri(chat: dict[str, Any], message: dict[str, Any], given: Given) -> str:
    return f"{given.name}:{chat.get('id', '')}/{message.get('id', '')}"


def _telegram(chat: dict[str, Any], message: dict[str, Any]) -> Iterator[Known]:
    yield from known_day(str(message.get("date") or ""), "message: date")
    yield from known_day(str(message.get("edited") or ""), "message: edited", chosen=False)
    name = chat.get("name")
    yield from known("publisher", name if isinstance(name, str) else None, "export: name of the chat")
    for field in ("forwarded_from", "from"):
        sender = message.get(field)
        yield from known("author", sender if isinstance(sender, str) else None, f"message: {field}")


def _sent(text: str, uri: str, said: list[Known], given: Given, place: tuple[int, int] | None = None) -> Iterator[Any]:
    origins = (Origin(Span(0, len(text)), "row", *place),) if place else ()
    try:
        yield Story(text, uri, said, origins).report(given.max_chars)
    except RejectedReport as rejected:
        rejected.where = rejected.where or uri
        yield rejected


# ---------------------------------------------------------------- WhatsApp


def _owns_whatsapp(head: bytes, name: str) -> bool:
    lines = head[:8_000].decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    return len(lines) > 1 and bool(_HEAD.match(lines[0])) and sum(bool(_HEAD.match(line)) for line in lines) >= 2


def _read_whatsapp(given: Given) -> Iterator[Report | RejectedReport]:
    read = decoded(given.data(_LIMIT), given.name)
    messages = list(_messages(read.text.splitlines()))
    day_first, note = _order(messages)
    for first, last, match, lines in messages:
        sender, colon, words = match["rest"].partition(": ")
        text = _OMITTED.sub("", "\n".join([words, *lines])).strip("\n \u200e")
        if not colon or not _tells(text) or words.startswith(_SYSTEM):
            continue
        said = [*_sent_on(match, day_first), *known("author", sender.strip("\u200e~ "), "message: sender")]
        for one in _sent(text, f"{given.name}:{first}", said, given, (first, last)):
            yield _noted(one, note)


def _noted(one: Any, note: str | None) -> Any:
    from dataclasses import replace

    return replace(one, notes=(*one.notes, note)) if note and isinstance(one, Report) else one


def _messages(lines: list[str]) -> Iterator[tuple[int, int, re.Match[str], list[str]]]:
    """Each message: its first and last line, its head, and the lines after that."""
    current: tuple[int, re.Match[str], list[str]] | None = None
    for number, line in enumerate(lines, 1):
        match = _HEAD.match(line)
        if match is None:
            if current is not None:
                current[2].append(line)
            continue
        if current is not None:
            yield current[0], number - 1, current[1], current[2]
        current = (number, match, [])
    if current is not None:
        yield current[0], len(lines), current[1], current[2]


def _order(messages: list[tuple[int, int, re.Match[str], list[str]]]) -> tuple[bool, str | None]:
    """Does the day stand before the month in this file's dates? A number above 12 decides; without one it is a guess,
    and the second value is a note that says so."""
    first = any(int(m["a"]) > 12 for *_, m, _ in messages if len(m["a"]) < 3)
    second = any(int(m["b"]) > 12 for *_, m, _ in messages)
    if first == second and not all(len(m["a"]) == 4 for *_, m, _ in messages):
        return True, "Whether the day or the month comes first in the dates of the chat is a guess: the day."
    return first or not second, None


def _sent_on(match: re.Match[str], day_first: bool) -> tuple[Known, ...]:
    a, b, c = (int(match[name]) for name in "abc")
    year, month, day = (a, b, c) if len(match["a"]) == 4 else (c, b, a) if day_first else (c, a, b)
    try:
        return known_day(dt.date(year + 2000 if year < 100 else year, month, day).isoformat(), "message: time")
    except ValueError:
        return ()


TELEGRAM = Reader("telegram", "an export of Telegram's", _read_telegram, _owns_telegram)
WHATSAPP = Reader("whatsapp", "an export of WhatsApp's", _read_whatsapp, _owns_whatsapp)
