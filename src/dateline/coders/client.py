"""A language model behind a server with OpenAI's protocol: failures are retried, answers are checked."""

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

#: The environment variables for the key. The second one is sent only to OpenAI's own server.
VARIABLE, OPENAI_VARIABLE = "DATELINE_API_KEY", "OPENAI_API_KEY"
#: Statuses after which asking again may help.
_AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
#: Statuses that mean that the server will answer no question (refused, moved, not there).
_REFUSED = frozenset((301, 302, 303, 307, 308, 401, 403, 404, 407))
#: The user name and password in an address.
_SECRET = re.compile(r"//[^/]*@")
#: The longest wait, in seconds, that a server may ask for (`Retry-After`).
_LONGEST_WAIT = 120.0
#: The ways to make the server hold the model to JSON, the best first. A way that the server refuses is not tried again.
_FORMATS: tuple[dict[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "accounts", "schema": answer_schema()}},
    {"type": "json_object"},
    None,
)


def bare_address(base_url: str | None) -> str:
    """A server's address as it may be shown: without user name, password and query."""
    return _SECRET.sub("//", base_url or "OpenAI").partition("?")[0]


def _server_in(base_url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of a server's address; None where it is no such address."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


def api_key(file: Path | None, base_url: str | None) -> str | None:
    """The key from the file, else from the environment; None where there is none (local servers need none).

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
    """Asks a model, tries again where that may help, keeps each answer and counts its tokens."""

    base_url: str | None
    settings: Settings
    key: str | None = field(default=None, repr=False)
    keeping: Keeping = field(default_factory=lambda: Keeping(None))
    spending: Spending = field(default_factory=Spending)
    tries: int = 6
    timeout: float = 120.0
    #: Seconds to wait before the second try; twice as many before each later one.
    wait: float = 1.0
    #: After so many reports without any answer, where the server has given none before, the run ends; 0: it never does.
    patience: int = 0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    _format: int = field(default=0, init=False)
    #: How many reports got no answer before the first one; None once the server has answered.
    _silent: int | None = field(default=0, init=False)
    _made: OpenAI | None = field(default=None, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    #: Raises for an address, set with `move_to`, that may not be asked (any more); None: every address may be asked.
    _guard: Callable[[str], None] | None = field(default=None, init=False, repr=False)
    #: The address and the key with which the service was started.
    _first: tuple[str | None, str | None] = field(default=(None, None), init=False, repr=False)

    def __post_init__(self) -> None:
        self._first = (self.base_url, self.key)

    def move_to(self, base_url: str, guard: Callable[[str], None] | None = None) -> None:
        """Ask at another address from now on. The key is sent only to the server that it was given for.

        `guard` raises where an address may not be asked. It is called now and before each question, because a host name
        may later lead to another machine. The host that was given first may always be asked. Raises NoServer (DL-M006)
        where `base_url` is no address.
        """
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
        """A readable answer to a question. Raises NotReached (DL-M005), NotUnderstood (DL-M004), OverBudget (DL-M007),
        and NoServer (DL-M006) where the server answers no question at all."""
        self.spending.hold(question)
        try:
            kept = self._read(question)
        finally:
            self.spending.release(question)
        self.keeping.keep(kept)
        return kept

    def _read(self, question: Question) -> Kept:
        """A readable answer; if the first cannot be read, the question is asked once more."""
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
        self._give_up(why)
        raise NotReached(f"The model's server gave no answer in {self.tries} tries: {why}.", where=question.uri)

    def _give_up(self, why: str) -> None:
        """Raises NoServer (DL-M006) where the server has answered nothing so far, and `patience` is at its end."""
        with self._lock:
            if self._silent is None:
                return
            self._silent += 1
            if not self.patience or self._silent < self.patience:
                return
        what = f"The server answers nothing ({self._silent} reports, {self.tries} tries each): {why}."
        raise NoServer(what, where=bare_address(self.base_url))

    def _once(self, question: Question) -> Kept:
        """One try, with the best JSON form that the server accepts. A server that accepts none is asked without our
        settings (some models refuse a temperature), in the same order of forms."""
        import openai

        form = self._format
        while True:
            try:
                found = self._sent(question, _FORMATS[form % len(_FORMATS)], bare=form >= len(_FORMATS))
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                form += 1
                if form >= 2 * len(_FORMATS):
                    raise  # The server refuses the question, not the form.
                continue
            with self._lock:
                self._format, self._silent = max(self._format, form), None
            return self._kept(question, found)

    def _sent(self, question: Question, form: dict[str, Any] | None, bare: bool) -> Any:
        extra = {} if bare else dict(self.settings.extra)
        more: dict[str, Any] = extra | ({"response_format": form} if form else {})
        told: Any = list(question.messages)
        if self._guard is not None and self.base_url is not None:
            self._guard(self.base_url)
        return self._client().chat.completions.create(model=self.settings.model, messages=told, **more)

    def _kept(self, question: Question, found: Any) -> Kept:
        """The server's answer in the form in which it is kept; raises ValueError where it is empty."""
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
        """The reason of a refusal, where asking again may help. Otherwise raises the error for this report (NotReached)
        or for all reports (NoServer)."""
        status, why = int(error.status_code), self._plain(error)
        if status in _REFUSED:
            raise NoServer(f"The server answers {status}: {why}.", where=bare_address(self.base_url))
        if status not in _AGAIN:
            raise NotReached(f"The model's server answers {status}: {why}.", where=question.uri)
        return f"it answers {status}"

    def _plain(self, error: Exception) -> str:
        """What went wrong, in one short line without the key. The first key is hidden: the address may have been
        changed since the question was sent, and the current key with it."""
        words, (_, key) = " ".join(str(error).split()).rstrip("."), self._first
        return (words.replace(key, "***") if key else words)[:300]

    def _client(self) -> OpenAI:
        """OpenAI's client, made at the first question. Raises NotInstalled (DL-E010), NoServer (DL-M006)."""
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
    # Without a key the client would take one from the environment. Redirects are not followed: reports go only to the
    # server that the user named.
    try:
        client = DefaultHttpxClient(follow_redirects=False, timeout=timeout)
        return OpenAI(base_url=base_url, api_key=key or "none", timeout=timeout, max_retries=0, http_client=client)
    except Exception as error:  # A bad address: the error comes from the client's HTTP library.
        raise NoServer(f"The address cannot be used: {error}.", where=bare_address(base_url)) from None


def _wished(seconds: str | None) -> float | None:
    """The wait in seconds that the server asks for; None where it gives no number of seconds."""
    try:
        wished = float(seconds or "nan")
    except ValueError:
        return None
    return min(max(wished, 0.0), _LONGEST_WAIT) if wished == wished else None


def _tokens(usage: Any, key: str) -> int:
    """The number of tokens that a server reports; 0 where it gives none, or no valid number."""
    said = getattr(usage, key, None)
    return said if isinstance(said, int) and said > 0 else 0
