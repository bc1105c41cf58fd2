"""Messages (.eml) and mailboxes (.mbox): the text of each, and its attachments as reports of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import IO

from dateline.model import Known, Origin, RejectedReport, Report, Span
from dateline.model.rejections import BrokenDocument, EmptyReport, TooDeep, TooLong
from dateline.readers.decoding import decoded
from dateline.readers.given import DEEPEST, Given, Reader
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.said import iso

#: The most bytes of a message, the most parts of a message, and the most bytes of a mailbox that are read as one line.
_LIMIT, _PARTS, _LINE = 50_000_000, 500, 65_536
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?")
_SURE = re.compile(r"^(?:from|date|subject|message-id|received|return-path|mime-version|to|delivered-to):", re.I | re.M)
_FROM = re.compile(rb"From \S{1,200} .{0,80}\d{2}:\d{2}")
#: Encodings of host names, which no mail uses. Python needs quadratic time to decode long ones, so they are refused;
#: the pattern finds the places where a header names one.
_OF_HOSTS = ("punycode", "idna")
_NAMES = re.compile(rb"""(=\?|=["']?|\*=)(?:punycode|idna)(?=[?'";\s])""", re.I)


def _is_message(head: bytes) -> bool:
    """Do the bytes begin with the head of a message: only header lines, among them "From:" and two more sure ones?"""
    text = head[:4_000].decode("latin-1").replace("\r\n", "\n")
    top = text.split("\n\n", 1)[0]
    lines = [line for line in top.split("\n") if not line.startswith((" ", "\t"))]
    whole = lines if len(top) < len(text) else lines[:-1]
    told = {mark.lower() for mark in _SURE.findall(top)}
    return bool(whole) and all(_HEADER.match(line) for line in whole) and "from:" in told and len(told) >= 3


def _is_mailbox(head: bytes) -> bool:
    first, _, rest = head.partition(b"\n")
    return bool(_FROM.match(first)) and bool(_HEADER.match(rest[:100].decode("latin-1")))


def _owns_message(head: bytes, name: str) -> bool:
    return _is_message(head)


def _owns_mailbox(head: bytes, name: str) -> bool:
    return _is_mailbox(head)


def _read_message(given: Given) -> Iterator[Report | RejectedReport]:
    data = given.data(_LIMIT)
    yield from _reports(data, given, given.name, Span(0, len(data)))


def _read_mailbox(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of a mailbox, message by message; only one message is in memory at a time."""
    for number, (place, data) in enumerate(_messages(given.stream), 1):
        name = f"{given.name}:{number}"
        try:
            if len(data) > _LIMIT:
                raise TooLong(f"The message has more than {_LIMIT:,} bytes.", where=name)
            yield from _reports(data, given, name, place)
        except RejectedReport as rejected:
            rejected.where = rejected.where or name
            yield rejected


def _messages(stream: IO[bytes]) -> Iterator[tuple[Span, bytes]]:
    """Each message of a mailbox with its span in bytes. Of a message that is too long only the beginning comes."""
    at = start = 0
    message = bytearray()
    blank = True
    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From ") and _FROM.match(line):
            if message:
                yield Span(start, at), bytes(message)
            message, start = bytearray(), at
        elif len(message) <= _LIMIT:
            message += line[1:] if line.startswith(b">From ") else line
        at += len(line)
        blank = not line.strip()
    if message:
        yield Span(start, at), bytes(message)


def _reports(data: bytes, given: Given, name: str, place: Span) -> Iterator[Report | RejectedReport]:
    if given.depth > DEEPEST:
        raise TooDeep("It is a message in too many others.", where=name)
    message = _parsed(data, name)
    try:
        yield _of_message(message, given, name, place)
    except EmptyReport as empty:
        if not any(True for _ in _attached(message)):
            raise
        empty.what = "The message has attachments, and no text of its own."
    for number, (label, part) in enumerate(_attached(message), 1):
        yield from given.inside(f"{name}/{_safe(label) or number}", part)


def _parsed(data: bytes, name: str) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parse(io.BytesIO(_NAMES.sub(rb"\1utf-8", data)))
        if sum(1 for _, _ in zip(message.walk(), range(_PARTS + 1), strict=False)) > _PARTS:
            raise TooLong(f"The message has more than {_PARTS} parts.", where=name)
    except RejectedReport:
        raise
    except Exception as error:  # The parser raises many kinds of errors, RecursionError among them.
        raise BrokenDocument(f"It is no message that can be read ({type(error).__name__}).", where=name) from None
    return message


def _of_message(message: EmailMessage, given: Given, name: str, place: Span) -> Report:
    """The report of the message itself: its plain text part, or else its HTML part."""
    from dateline.readers.page import report_in

    plain, page = _body(message, "plain"), _body(message, "html")
    said = list(_said(message))
    title = next((one.value for one in said if one.field == "title"), None)
    if plain is not None and plain[0].strip():
        text, notes = plain
    elif page is not None:
        found = report_in(page[0].encode("utf-8", "replace"), name, given.max_chars)
        text, notes = found.text, page[1]
        said.extend(found.known)
    else:
        raise EmptyReport("The message has no text.", where=name)
    text = text.replace("\r\n", "\n").strip("\n")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    origins = (Origin(Span(0, len(text)), "bytes", place.start, place.end),)
    return Story(text, name, said, origins, notes).report(given.max_chars)


def _body(message: EmailMessage, kind: str) -> tuple[str, tuple[str, ...]] | None:
    """The text of the first part of a kind ("plain", "html") that is no attachment, and notes on how it was decoded."""
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and not part.get_filename():
            data = part.get_payload(decode=True)
            if not isinstance(data, bytes) or not data.strip():
                continue
            charset = str(part.get_content_charset() or "utf-8")
            try:
                if charset in _OF_HOSTS:
                    raise LookupError(charset)
                return data.decode(charset), ()
            except (LookupError, ValueError):  # An unknown encoding, or a name with "\0" in it.
                read = decoded(data, "message")
                return read.text, read.notes
    return None


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The attachments, each with its name; an attached message comes whole, as one attachment."""
    waiting = list(message.iter_parts()) if message.is_multipart() else []
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield "message.eml", inner[0].as_bytes()
        elif part.is_multipart():
            waiting[:0] = list(part.iter_parts())
        elif part.get_filename():
            data = part.get_payload(decode=True)
            yield str(part.get_filename()), data if isinstance(data, bytes) else b""


def _said(message: EmailMessage) -> Iterator[Known]:
    yield from known_day(iso(_header(message, "Date") or ""), "header: Date")
    yield from known("title", _header(message, "Subject"), "header: Subject")
    sender = _header(message, "From") or ""
    yield from known("author", sender.partition("<")[0].strip(' "') or sender.strip("<>"), "header: From")
    yield from known("publisher", _header(message, "Organization"), "header: Organization")
    language = (_header(message, "Content-Language") or "").split("-")[0].lower()
    yield from known("lang", language, "header: Content-Language", chosen=False)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return None if value is None else str(value)
    except Exception:  # The parser of headers fails on some that are damaged.
        return None


def _safe(label: str) -> str:
    """The name of an attachment without folders, and without characters that cannot be shown."""
    bare = label.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in bare if c.isprintable())[:120]


MESSAGE = Reader("message", "an e-mail", _read_message, _owns_message, (".eml",))
MBOX = Reader("mbox", "a mailbox", _read_mailbox, _owns_mailbox, (".mbox",))
