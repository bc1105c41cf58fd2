"""Who may use the page: users with roles, their sessions and tokens, and the audit log.

Passwords are kept as argon2id hashes; of sessions and tokens only the SHA-256 is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from sqlalchemy import Connection, delete, func, select

from dateline.ledger import Ledger
from dateline.ledger.digests import rewrite, said_of
from dateline.ledger.rows import insert, next_number
from dateline.ledger.tables import audit, keys, users
from dateline.service.errors import BadUser, LastAdmin

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
#: Hours that a log-in lasts, and characters that a password must have (NIST SP 800-63B asks for 8, better 15).
_HOURS, _LENGTH = 12, 10
_NAME = re.compile(r"[\w.@-]{1,64}")
#: A token's id is the first so many digits of its hash.
_DIGITS = 12
#: This lock is held while a hash is made, so that the memory of two hashes is never taken at the same time.
_one_hash = threading.Lock()


@dataclass(frozen=True, slots=True)
class User:
    """A user of the page."""

    name: str
    role: Role


@cache
def _hasher() -> PasswordHasher:
    """The password hasher, with RFC 9106's parameters for little memory (64 MB, three passes). It has one lane, so that
    a log-in takes one core and not all."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)


@cache
def _nobody() -> str:
    """A hash that no password matches. It is checked for unknown names, so that they take as long as a wrong password
    and nobody can find out which names exist."""
    return _hasher().hash(secrets.token_hex(16))


def digest(secret: str) -> str:
    """The SHA-256 of a session's or token's secret: only this is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _roles(connection: Connection) -> dict[str, str]:
    return {row.name: row.role for row in connection.execute(select(users.c.name, users.c.role))}


def _check_others(held: dict[str, str], name: str) -> None:
    """Raises LastAdmin (DL-S014) where no user but this one could manage users."""
    if held.get(name) == "admin" and all(role != "admin" for one, role in held.items() if one != name):
        raise LastAdmin("The last admin stays one.", where=name)


class People:
    """The users of a ledger."""

    def __init__(self, ledger: Ledger, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._store = ledger.store
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))

    def any(self) -> bool:
        """Does the ledger have users?"""
        with self._store.reading() as connection:
            return connection.execute(select(users.c.name).limit(1)).first() is not None

    def admins(self) -> list[str]:
        """The names of the admins, who manage users."""
        return [row["name"] for row in self.all() if row["role"] == "admin"]

    def all(self) -> list[dict[str, str]]:
        """All users, in order of names: name, role, and the day they were added."""
        with self._store.reading() as connection:
            query = select(users.c.name, users.c.role, users.c.added).order_by(users.c.name)
            return [dict(row) for row in connection.execute(query).mappings()]

    def add(self, name: str, role: str | None, password: str, *, keep_an_admin: bool = False) -> Role:
        """Add a user, or change the role and password of a known user; gives the role.

        Without a role, a known user keeps their role, and a new user becomes a reviewer. The first user always becomes
        an admin, so that somebody can add others. With `keep_an_admin`, the last admin keeps the role. Raises BadUser
        (DL-S011), LastAdmin (DL-S014).
        """
        if not _NAME.fullmatch(name):
            raise BadUser("A name is letters, digits and . _ @ - (64 at most).", where=name)
        if role is not None and role not in ROLES:
            raise BadUser(f"{role!r} is no role. Known: {', '.join(ROLES)}.", where=name)
        if len(password) < _LENGTH:
            raise BadUser(f"A password has {_LENGTH} characters at least.", where=name)
        with _one_hash:
            row = {"name": name, "hash": _hasher().hash(password), "added": self._now()}
        with self._store.writing() as connection:
            held = _roles(connection)
            given = "admin" if not held.keys() - {name} else role or held.get(name, "reviewer")
            if keep_an_admin and given != "admin":
                _check_others(held, name)
            connection.execute(delete(keys).where(keys.c.user == name))
            if name in held:
                rewrite(connection, users, users.c.name == name, role=given, hash=row["hash"])
            else:
                insert(connection, users, [{**row, "role": given}])
        return cast(Role, given)

    def remove(self, name: str, *, keep_an_admin: bool = False) -> None:
        """Remove a user; their judgements stay signed by them.

        With `keep_an_admin`, the last admin cannot be removed: without users, anybody on the machine would be an admin.
        Raises BadUser (DL-S011), LastAdmin (DL-S014).
        """
        with self._store.writing() as connection:
            if keep_an_admin:
                _check_others(_roles(connection), name)
            connection.execute(delete(keys).where(keys.c.user == name))
            if connection.execute(delete(users).where(users.c.name == name)).rowcount == 0:
                raise BadUser("There is no such user.", where=name)

    def recognised(self, name: str, password: str) -> User | None:
        """The user of this name, if the password is right; else None."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).mappings().first()
        try:
            with _one_hash:
                _hasher().verify(row["hash"] if row else _nobody(), password)
        except (Argon2Error, InvalidHashError):
            return None
        return User(row["name"], row["role"]) if row else None

    # ------------------------------------------------------------ sessions and tokens

    def open_session(self, user: User) -> str:
        """Log a user in; gives the secret of the session's cookie."""
        expires = (self._clock() + dt.timedelta(hours=_HOURS)).isoformat(timespec="seconds")
        return self._key("session", user.name, "", expires)

    def make_token(self, user: str, name: str) -> str:
        """Make a token for scripts; gives its secret, which can be shown only now."""
        return self._key("token", user, name, None)

    def _key(self, kind: str, user: str, name: str, expires: str | None) -> str:
        secret = f"dl_{secrets.token_urlsafe(32)}"
        made = self._now()
        row = {"hash": digest(secret), "kind": kind, "user": user, "name": name, "made": made, "expires": expires}
        with self._store.writing() as connection:
            connection.execute(delete(keys).where(keys.c.expires < made))
            insert(connection, keys, [row])
        return secret

    def behind(self, kind: Literal["session", "token"], secret: str) -> User | None:
        """The user that a session or token belongs to; None where it is unknown or has expired."""
        query = (
            select(users.c.name, users.c.role, keys.c.expires)
            .join_from(keys, users, keys.c.user == users.c.name)
            .where(keys.c.hash == digest(secret), keys.c.kind == kind)
        )
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        if row is None or (row.expires is not None and row.expires < self._now()):
            return None
        return User(row.name, row.role)

    def tokens(self, user: str) -> list[dict[str, str]]:
        """A user's tokens: name, when made, and id (the first digits of the hash that is kept)."""
        query = select(keys.c.name, keys.c.made, keys.c.hash).where(keys.c.user == user, keys.c.kind == "token")
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(keys.c.made, keys.c.name)).all()
        return [{"name": row.name, "made": row.made, "id": row.hash[:_DIGITS]} for row in rows]

    def drop_token(self, user: str, number: str) -> bool:
        """Revoke a user's token by its `id`; says whether there was one."""
        named = func.substr(keys.c.hash, 1, _DIGITS) == number
        held = delete(keys).where(keys.c.user == user, keys.c.kind == "token", named)
        with self._store.writing() as connection:
            return connection.execute(held).rowcount > 0

    def close_session(self, secret: str) -> None:
        """Log out."""
        with self._store.writing() as connection:
            connection.execute(delete(keys).where(keys.c.hash == digest(secret)))

    # ------------------------------------------------------------ audit

    def note(self, user: str, address: str, action: str, what: str = "") -> None:
        """Write what a user did into the audit log."""
        with self._store.writing() as connection:
            row = {"num": next_number(connection, audit), "at": self._now(), "user": user, "address": address}
            insert(connection, audit, [{**row, "action": action, "what": what[:500]}])

    def noted(self, limit: int = 200, before: int | None = None) -> list[dict[str, Any]]:
        """The audit log, the newest first."""
        query = select(*said_of(audit)).order_by(audit.c.num.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.num < before)
        with self._store.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="seconds")
