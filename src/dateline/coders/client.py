"""A language model behind a server that speaks OpenAI's protocol: asked with patience, and never trusted."""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dateline.coders import answer, prompt
from dateline.coders.answer import NoAnswer
from dateline.coders.asking import UNNAMED, Question, Settings
from dateline.coders.errors import NoServer, NotReached, NotUnderstood
from dateline.coders.kept import Keeping, Kept
from dateline.coders.schema import answer_schema
from dateline.coders.spending import Spending
from dateline.model.errors import NotInstalled

if TYPE_CHECKING:
    from openai import OpenAI

#: Where the key is looked for; OpenAI's own is sent to nobody else.
VARIABLE, OPENAI_VARIABLE = "DATELINE_API_KEY", "OPENAI_API_KEY"
#: Statuses after which asking again may help.
_AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
#: Statuses that say that nobody will be answered.
_REFUSED = frozenset((301, 302, 303, 307, 308, 401, 403, 404, 407))
#: A name and password in an address.
_SECRET = re.compile(r"//[^/]*@")
#: A server's own wish of how long to wait is heeded up to so many seconds.
_LONGEST_WAIT = 120.0
#: How a server is asked to hold the model to JSON, best first: what it refuses is not asked again.
_FORMATS: tuple[dict[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "accounts", "schema": answer_schema()}},
    {"type": "json_object"},
    None,
)


def bare_address(base_url: str | None) -> str:
    """A server's address as it may be shown: without a name, a password, or a query."""
    return _SECRET.sub("//", base_url or "OpenAI").partition("?")[0]


def _server_in(base_url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of the address of a server; None where it is none."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


def api_key(file: Path | None, base_url: str | None) -> str | None:
    """The key: of the file, else of the environment; None where there is none (servers at home need none).

    Raises NoServer (DL-M006) where the file cannot be read.
    """
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError):
            raise NoServer("The key file cannot be read.", where=str(file)) from None
    own = os.environ.get(VARIABLE)
    return own or (os.environ.get(OPENAI_VARIABLE) if base_url is None else None)


@dataclass
class Server:
    """Asks a model, several times where that may help; keeps each answer, counts its tokens."""

    base_url: str | None
    settings: Settings
    key: str | None = field(default=None, repr=False)
    keeping: Keeping = field(default_factory=lambda: Keeping(None))
    spending: Spending = field(default_factory=Spending)
    tries: int = 6
    timeout: float = 120.0
    #: Seconds to wait before the second try; twice as many before each later one.
    wait: float = 1.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    _format: int = field(default=0, init=False)
    _made: OpenAI | None = field(default=None, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    #: Refuses an address that it was moved to and that may not be asked (any more); None: any may be.
    _guard: Callable[[str], None] | None = field(default=None, init=False, repr=False)
    #: The address and the key that it was made with.
    _first: tuple[str | None, str | None] = field(default=(None, None), init=False, repr=False)

    def __post_init__(self) -> None:
        self._first = (self.base_url, self.key)

    def move_to(self, base_url: str, guard: Callable[[str], None] | None = None) -> None:
        """Ask at another address from now on. The key goes to no other server than the one it was given for. `guard`
        raises where an address may not be asked: it is called now and before each question, for a name may come to
        mean another machine; the host that the server was made with may always be asked. Raises NoServer (DL-M006)
        where it is no address."""
        asked = _server_in(base_url)
        if asked is None:
            raise NoServer("It is no address of a server.", where=bare_address(base_url), remedy="Give an http(s) URL.")
        first, key = self._first
        own = _server_in(first) if first is not None else None
        guard = None if own is not None and own[1] == asked[1] else guard
        if guard is not None:
            guard(base_url)
        key = key if own == asked else None
        made = _openai(base_url, key, self.timeout)
        with self._lock:
            self.base_url, self.key, self._made, self._format, self._guard = base_url, key, made, 0, guard

    def __call__(self, question: Question) -> Kept:
        """The answer to a question, which can be read. Raises NotReached (DL-M005), NotUnderstood (DL-M004),
        OverBudget (DL-M007), and NoServer (DL-M006) where the server answers nobody."""
        self.spending.hold(question)
        try:
            kept = self._read(question)
        finally:
            self.spending.release(question)
        self.keeping.keep(kept)
        return kept

    def _read(self, question: Question) -> Kept:
        """An answer that can be read: asked once more where the first cannot."""
        kept = self._asked(question)
        try:
            answer.read(kept.answer)
        except NoAnswer:
            kept = self._asked(question)
            try:
                answer.read(kept.answer)
            except NoAnswer as why:
                part = f"part {question.part} of {question.of}"
                what = f"The model's answer to {part} cannot be read, and neither could the one before: {why}."
                raise NotUnderstood(what, where=question.uri) from None
        return kept

    def _asked(self, question: Question) -> Kept:
        import openai

        why = "nothing came back"
        for turn in range(self.tries):
            try:
                return self._once(question)
            except openai.APIStatusError as error:
                why = self._settled(error, question)
                pause = _wished(error.response.headers.get("retry-after"))
            except (openai.APIConnectionError, openai.APIError, ValueError) as error:
                why, pause = self._plain(error), None
            if turn + 1 < self.tries:
                self.sleep(pause if pause is not None else self.wait * 2**turn * random.uniform(0.75, 1.25))
        raise NotReached(f"The model's server gave no answer in {self.tries} tries: {why}.", where=question.uri)

    def _once(self, question: Question) -> Kept:
        """One try, in the best form that the server takes."""
        import openai

        form = self._format
        while True:
            try:
                found = self._sent(question, _FORMATS[form])
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                form += 1
                if form >= len(_FORMATS):
                    raise  # It is the question that it refuses, not the form.
                continue
            with self._lock:
                self._format = max(self._format, form)
            return self._kept(question, found)

    def _sent(self, question: Question, form: dict[str, Any] | None) -> Any:
        more: dict[str, Any] = dict(self.settings.extra) | ({"response_format": form} if form else {})
        told: Any = list(question.messages)
        if self._guard is not None and self.base_url is not None:
            self._guard(self.base_url)
        return self._client().chat.completions.create(model=self.settings.model, messages=told, **more)

    def _kept(self, question: Question, found: Any) -> Kept:
        """What came back, as it is kept; raises ValueError where nothing did."""
        usage = getattr(found, "usage", None)
        tokens = (_tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens"))
        self.spending.count(*tokens)
        choices = getattr(found, "choices", None)
        first = choices[0] if isinstance(choices, list) and choices else None
        content = getattr(getattr(first, "message", None), "content", None)
        if not isinstance(content, str) or not content.strip():
            raise ValueError("the answer has no words")
        stopped = getattr(first, "finish_reason", None) == "length"
        return Kept(question.key, content, self.settings.model, prompt.version(), tokens, stopped, question.of)

    def _settled(self, error: Any, question: Question) -> str:
        """What a server's refusal says, where asking again may help; else raises what it means for the report or for
        all of them."""
        status, why = int(error.status_code), self._plain(error)
        if status in _REFUSED:
            raise NoServer(f"The server answers {status}: {why}.", where=bare_address(self.base_url))
        if status not in _AGAIN:
            raise NotReached(f"The model's server answers {status}: {why}.", where=question.uri)
        return f"it answers {status}"

    def _plain(self, error: Exception) -> str:
        """What went wrong, in one short line and without the key: the first one, for the server may have been moved
        since the question was sent."""
        words, (_, key) = " ".join(str(error).split()), self._first
        return (words.replace(key, "***") if key else words)[:300]

    def _client(self) -> OpenAI:
        """The client, made at the first question. Raises NotInstalled (DL-E010), NoServer (DL-M006)."""
        with self._lock:
            if self._made is None:
                if self.settings.model == UNNAMED:
                    raise NoServer("No --model is named.")
                if self.base_url is None and self.key is None:
                    raise NoServer("There is neither an address nor a key.")
                self._made = _openai(self.base_url, self.key, self.timeout)
            return self._made


def _openai(base_url: str | None, key: str | None, timeout: float) -> OpenAI:
    try:
        from openai import DefaultHttpxClient, OpenAI
    except ImportError:
        what = "The client for language models is not installed."
        raise NotInstalled(what, remedy="pip install 'dateline[model]'") from None
    # Without a key of its own the client would take one of its own environment. A server that sends us elsewhere is not
    # followed: reports go to the server that was named.
    try:
        client = DefaultHttpxClient(follow_redirects=False, timeout=timeout)
        return OpenAI(base_url=base_url, api_key=key or "none", timeout=timeout, max_retries=0, http_client=client)
    except Exception as error:  # An address that is none: what is raised is of the client's own client.
        raise NoServer(f"The address cannot be used: {error}.", where=bare_address(base_url)) from None


def _wished(seconds: str | None) -> float | None:
    """How long the server asks to wait, where it says so in seconds."""
    try:
        wished = float(seconds or "nan")
    except ValueError:
        return None
    return min(max(wished, 0.0), _LONGEST_WAIT) if wished == wished else None


def _tokens(usage: Any, key: str) -> int:
    """How many tokens a server says; 0 where it says none, or nonsense."""
    said = getattr(usage, key, None)
    return said if isinstance(said, int) and said > 0 else 0
