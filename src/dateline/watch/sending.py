"""How a notice is delivered: a signed webhook, e-mail, an Atom file."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from dateline.model.files import whole_file
from dateline.service.dialling import Manner
from dateline.service.errors import BadAddress
from dateline.service.feeds import WRITERS, Entry, Feed
from dateline.service.fetching import ask
from dateline.version import VERSION
from dateline.watch.errors import NoSecret, NotDelivered
from dateline.watch.settings import NoticeFor, Settings
from dateline.watch.state import State

#: The seconds that a receiver may take, and the most entries of an Atom file.
_SECONDS, _ENTRIES = 20.0, 100
Told = dict[str, Any]


def secret_of(name: str) -> str:
    """A secret from the environment variable of this name. Raises NoSecret (DL-W010)."""
    found = os.environ.get(name)
    if not found:
        raise NoSecret("It is not in the environment.", where=name)
    return found


def signature(secret: str, at: int, body: bytes) -> str:
    """The value of `Dateline-Signature`: the time of signing, and HMAC-SHA256 of that time, a full stop, the body."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def is_signed(secret: str, given: str, body: bytes, now: float, patience: float = 300.0) -> bool:
    """Is this the right signature of a body, and is it at most `patience` seconds old?"""
    at = given.partition("t=")[2].partition(",")[0]
    right = at.isdecimal() and abs(now - int(at)) <= patience
    return right and hmac.compare_digest(signature(secret, int(at), body), given)


def webhook(one: NoticeFor, told: Told, settings: Settings, _: State) -> None:
    """POST a notice as JSON; `Dateline-Id` is the same when it is sent again. Raises NotDelivered (DL-W009), NoSecret
    (DL-W010)."""
    assert one.webhook is not None
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Dateline-Id": told["id"],
        "Dateline-Signature": signature(secret_of(one.webhook.secret_env), int(time.time()), body),
    }
    manner = Manner(
        settings.polling.agent, "*/*", None, tuple(headers.items()), 100_000, _SECONDS, 0,
        frozenset(settings.polling.own_hosts),
    )  # fmt: skip
    where = urlsplit(one.webhook.url).netloc
    try:
        answer = ask(one.webhook.url, manner, body)
    except BadAddress as error:
        raise NotDelivered(error.what, where=where) from None
    if not 200 <= answer.status < 300:
        raise NotDelivered(f"It answers with {answer.status}.", where=where)


def mail(one: NoticeFor, told: Told, _: Settings, __: State) -> None:
    """Send a notice by SMTP. Raises NotDelivered (DL-W009), NoSecret (DL-W010)."""
    assert one.mail is not None
    to = one.mail
    password = secret_of(to.password_env) if to.password_env else None
    try:
        with _connected(to.host, to.port, to.tls) as server:
            if to.user and password is not None:
                server.login(to.user, password)
            server.send_message(_letter(one, told))
    except (OSError, smtplib.SMTPException) as error:
        raise NotDelivered(f"It was not taken ({error}).", where=to.host) from None


def _connected(host: str, port: int, tls: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if tls == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=_SECONDS)
    if tls == "starttls":
        server.starttls(context=context)
    return server


def _letter(one: NoticeFor, told: Told) -> EmailMessage:
    assert one.mail is not None
    letter = EmailMessage()
    letter["From"], letter["To"] = one.mail.sender, ", ".join(one.mail.to)
    letter["Subject"] = " ".join(f"[{one.name}] {', '.join(told['kinds'])}: {told['title']}".split())[:200]
    letter["Date"], letter["Message-ID"] = formatdate(told["at"]), f"<{told['id']}@dateline.invalid>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(in_words(told))
    return letter


def in_words(told: Told) -> str:
    """The text of a notice for people."""
    days = " to ".join(dict.fromkeys(told["days"])) if told["days"] else "day unknown"
    lines = [told["title"], f"{days}; confidence {told['confidence']}", ", ".join(told["kinds"]), told["more"]]
    others = [uri for uri in told["reports"] if uri != told["more"]]  # A story that was corrected is named already.
    return "\n".join([*filter(None, lines), *others, "", told["url"], f"dateline {VERSION}", ""])


def atom(one: NoticeFor, _: Told, settings: Settings, state: State) -> None:
    """Write the newest notices into an Atom file. Raises NotDelivered (DL-W009)."""
    assert one.atom is not None
    told = [json.loads(row["body"]) for row in state.told(one.name, _ENTRIES)]
    entries = tuple(
        Entry(f"notice:{t['id']}", t["url"], f"{', '.join(t['kinds'])}: {t['title']}", in_words(t), _at(t))
        for t in told
    )
    updated = entries[0].updated if entries else "1970-01-01T00:00:00+00:00"
    body, _kind = WRITERS["atom"](Feed(one.name, settings.home, f"urn:dateline:notice:{one.name}", updated, entries))
    ET.fromstring(body)  # Raises where the file would not be well-formed XML: then it is not published.
    try:
        with whole_file(one.atom, "wb") as stream:
            stream.write(body)
    except OSError as error:
        raise NotDelivered(f"It cannot be written ({error.strerror}).", where=one.atom) from None


def _at(told: Told) -> str:
    return dt.datetime.fromtimestamp(told["at"], dt.UTC).isoformat(timespec="seconds")


WAYS: dict[str, Callable[[NoticeFor, Told, Settings, State], None]] = {"webhook": webhook, "mail": mail, "atom": atom}
