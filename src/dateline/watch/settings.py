"""The settings file of a watch (TOML): which feeds and pages are asked, how politely, and who gets notices."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dateline.version import VERSION
from dateline.watch.errors import BadWatch

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhd])")
On = Literal["new", "revised", "disputed", "withdrawn", "corrected"]


def seconds_of(words: object) -> float:
    """A length of time ("90s", "15m", "6h", "3d") in seconds; a plain number means seconds."""
    if isinstance(words, (int, float)) and not isinstance(words, bool):
        return float(words)
    found = _LENGTH.fullmatch(str(words).strip())
    if found is None:
        raise ValueError(f"{words!r} is no length of time (90s, 15m, 6h, 3d)")
    return float(found[1]) * _UNITS[found[2]]


Length = Annotated[float, BeforeValidator(seconds_of), Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Polling(_Part):
    """How politely sites are asked. `agent` is the name that sites see. `own_hosts` are the only hosts (with ports) of
    a private network that may be asked."""

    agent: str = Field(default=f"dateline/{VERSION}", min_length=3, max_length=300, pattern=r"^[\x20-\x7e]+$")
    every: Length = 900.0
    host_delay: Length = 2.0
    at_once: int = Field(default=8, ge=1, le=64)
    revisit: tuple[Length, ...] = (3_600.0, 21_600.0, 86_400.0, 259_200.0)
    tries: int = Field(default=6, ge=1, le=50)
    retry: Length = 60.0
    robots: bool = True
    own_hosts: tuple[str, ...] = ()


class Limits(_Part):
    """Upper limits: bytes and seconds of an answer, redirects, entries of a feed, seconds of coding."""

    bytes: int = Field(default=10_000_000, ge=1_000)
    seconds: Length = 20.0
    redirects: int = Field(default=5, ge=0, le=20)
    entries: int = Field(default=1_000, ge=1)
    coding: Length = 30.0


class Source(_Part):
    """A feed. The pages of its entries are fetched; with `text = "feed"` the entries themselves are the reports."""

    url: str = Field(pattern=r"^https?://\S+$")
    every: Length | None = None
    publisher: str | None = None
    access: Literal["open", "team", "sealed"] = "open"
    consent: str = ""
    text: Literal["page", "feed"] = "page"


class Page(Source):
    """A page that is itself the report. With `links` (a pattern with `*`), the pages that its matching links lead to
    are the reports."""

    links: str | None = None


class Mail(_Part):
    """E-mail by SMTP. The password is in the environment, under the name of `password_env`."""

    to: tuple[str, ...]
    sender: str
    host: str = "localhost"
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None


class Webhook(_Part):
    """An address to which notices are sent, signed with the secret in the environment under `secret_env`."""

    url: str = Field(pattern=r"^https?://\S+$")
    secret_env: str = "DATELINE_WEBHOOK_SECRET"


class NoticeFor(_Part):
    """Who gets notices of which events: those of a saved query (its name), or of a query string of the page."""

    name: str = Field(min_length=1, max_length=100)
    saved: str | None = None
    query: str = ""
    on: tuple[On, ...] = ("new", "revised", "disputed", "withdrawn", "corrected")
    webhook: Webhook | None = None
    mail: Mail | None = None
    atom: str | None = None


class Settings(_Part):
    """The whole settings file. Paths in it are relative to its folder."""

    ledger: str | None = None
    state: str = "watch.state.sqlite"
    keep_originals: str | None = None
    reader: Literal["learned", "rules"] | None = None
    home: str = "http://127.0.0.1:8000/"
    polling: Polling = Polling()
    limits: Limits = Limits()
    feed: tuple[Source, ...] = ()
    page: tuple[Page, ...] = ()
    notice: tuple[NoticeFor, ...] = ()

    def sources(self) -> tuple[Source, ...]:
        """All feeds and pages."""
        return (*self.feed, *self.page)


def read_settings(path: Path) -> Settings:
    """The settings of a file. Raises BadWatch (DL-W001)."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = Settings.model_validate(told)
    except OSError as error:
        raise BadWatch(f"It cannot be read ({error.strerror}).", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadWatch(f"It is no TOML ({error}).", where=str(path)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadWatch(f"{first['msg']}.", where=f"{path}: {where}") from None
    return _checked(found, path)


def _checked(found: Settings, path: Path) -> Settings:
    if not found.sources():
        raise BadWatch("It names neither a [[feed]] nor a [[page]].", where=str(path))
    for what, names in (("url", [s.url for s in found.sources()]), ("notice", [n.name for n in found.notice])):
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise BadWatch(f"This {what} is named twice.", where=f"{path}: {twice}")
    folder = path.parent
    moved = {"state": str(folder / found.state)}
    if found.keep_originals:
        moved["keep_originals"] = str(folder / found.keep_originals)
    if found.ledger and "://" not in found.ledger:
        moved["ledger"] = str(folder / found.ledger)
    notices = tuple(
        one.model_copy(update={"atom": str(folder / one.atom)}) if one.atom else one for one in found.notice
    )
    return found.model_copy(update={**moved, "notice": notices})
