"""OpenTimestamps files (.ots): a hash, and the steps that lead from it to a record that others keep.

A calendar server promises to put the hash into Bitcoin's block chain (a pending attestation), and later tells in which
block it is. The format is version 1 of opentimestamps.org. A file is verified offline: the steps are computed again,
and the Merkle root of the block is compared with one that the person who verifies supplies (from a Bitcoin node, say).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.custody.errors import NoStamp, WrongStamp

_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_SHA256, _RIPEMD, _SHA1, _APPEND, _PREPEND, _REVERSE = 0x08, 0x03, 0x02, 0xF0, 0xF1, 0xF2
_FORK, _ATTESTED = 0xFF, 0x00
_PENDING, _BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
#: Limits of the format: the most bytes of a message and of a payload, and how deep steps may be nested.
_MESSAGE, _PAYLOAD, _DEPTH = 4_096, 8_192, 256

Post = Callable[[str, bytes, str], tuple[int, bytes]]
Get = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Attested:
    """An attestation of a hash: the promise of a calendar (`calendar`), or the height of a Bitcoin block (`block`). The
    Merkle root of that block must be `root`."""

    commitment: bytes
    calendar: str | None = None
    block: int | None = None

    @property
    def root(self) -> str:
        """The Merkle root as block explorers and Bitcoin nodes write it: hexadecimal, bytes in reverse order."""
        return self.commitment[::-1].hex()


@dataclass(slots=True)
class Node:
    """A message: its attestations, and the steps that turn it into further messages."""

    attested: list[tuple[bytes, bytes]] = field(default_factory=list)
    steps: list[tuple[int, bytes, Node]] = field(default_factory=list)


def stamp(digest: bytes, calendar: str, nonce: bytes, post: Post) -> bytes:
    """Make a new file for a SHA-256. A nonce is appended to it, and the hash of both is sent to a calendar, so the
    calendar does not learn the SHA-256. Raises NoStamp (DL-L025)."""
    sent = hashlib.sha256(digest + nonce).digest()
    status, answer = post(f"{calendar.rstrip('/')}/digest", sent, "application/octet-stream")
    if status != 200:
        raise NoStamp(f"It answers with {status}.", where=urlsplit(calendar).netloc)
    last = _read(answer, calendar)
    return written(digest, Node(steps=[(_APPEND, nonce, Node(steps=[(_SHA256, b"", last)]))]))


def upgraded(data: bytes, get: Get) -> bytes:
    """The file with newer attestations in place of promises, where calendars have them. Raises WrongStamp (DL-L026)."""
    digest, root = parsed(data)

    def visit(node: Node, message: bytes) -> None:
        for tag, payload in list(node.attested):
            if tag == _PENDING:
                status, answer = get(f"{_uri(payload).rstrip('/')}/timestamp/{message.hex()}")
                if status == 200:
                    more = _read(answer, _uri(payload))
                    node.attested = [one for one in node.attested if one != (tag, payload)] + more.attested
                    node.steps += more.steps
                    return
        for kind, argument, after in node.steps:
            visit(after, _applied(kind, argument, message))

    visit(root, digest)
    return written(digest, root)


def attested(data: bytes, digest: bytes) -> list[Attested]:
    """The attestations of a SHA-256 in its file. Raises WrongStamp (DL-L026) where the file is of other bytes."""
    own, root = parsed(data)
    if own != digest:
        raise WrongStamp("It is the time stamp of other bytes.")
    found = list(_walk(root, own))
    if not found:
        raise WrongStamp("Nothing vouches for it.")
    return found


def _walk(node: Node, message: bytes) -> Iterator[Attested]:
    for tag, payload in node.attested:
        if tag == _PENDING:
            yield Attested(message, calendar=_uri(payload))
        elif tag == _BITCOIN:
            yield Attested(message, block=_number(io.BytesIO(payload)))
    for kind, argument, after in node.steps:
        yield from _walk(after, _applied(kind, argument, message))


def _applied(kind: int, argument: bytes, message: bytes) -> bytes:
    if kind == _APPEND:
        found = message + argument
    elif kind == _PREPEND:
        found = argument + message
    elif kind == _REVERSE:
        found = message[::-1]
    elif kind in _HASHES:
        found = _hashed(_HASHES[kind], message)
    else:
        raise WrongStamp(f"It has a step of an unknown kind ({kind:#04x}).")
    if len(found) > _MESSAGE:
        raise WrongStamp("A message in it is too long.")
    return found


def _hashed(name: str, message: bytes) -> bytes:
    try:
        return hashlib.new(name, message).digest()
    except ValueError:
        raise WrongStamp(f"It has a step by {name}, which this system does not know.") from None


_HASHES = {_SHA256: "sha256", _SHA1: "sha1", _RIPEMD: "ripemd160"}


# ---------------------------------------------------------------- bytes


def parsed(data: bytes) -> tuple[bytes, Node]:
    """Read a file: the hash that it stamps, and the steps from it. Raises WrongStamp (DL-L026)."""
    stream = io.BytesIO(data)
    if stream.read(len(_MAGIC)) != _MAGIC or stream.read(1) != b"\x01":
        raise WrongStamp("It is no OpenTimestamps file of version 1.")
    if stream.read(1) != bytes([_SHA256]):
        raise WrongStamp("It is of another hash than SHA-256.")
    digest = _exactly(stream, 32)
    root = _node(stream, 0)
    if stream.read(1):
        raise WrongStamp("There is more behind its end.")
    return digest, root


def _read(answer: bytes, where: str) -> Node:
    stream = io.BytesIO(answer)
    try:
        found = _node(stream, 0)
    except WrongStamp as error:
        raise NoStamp(f"Its answer is no time stamp ({error.what})", where=where) from None
    return found


def _node(stream: io.BytesIO, depth: int) -> Node:
    if depth > _DEPTH:
        raise WrongStamp("Its steps lie too deep in one another.")
    node = Node()
    tag = _exactly(stream, 1)[0]
    while tag == _FORK:
        _branch(stream, node, _exactly(stream, 1)[0], depth)
        tag = _exactly(stream, 1)[0]
    _branch(stream, node, tag, depth)
    return node


def _branch(stream: io.BytesIO, node: Node, tag: int, depth: int) -> None:
    if tag == _ATTESTED:
        kind = _exactly(stream, 8)
        node.attested.append((kind, _bytes(stream, _PAYLOAD)))
        return
    argument = _bytes(stream, _MESSAGE) if tag in (_APPEND, _PREPEND) else b""
    if tag not in (_APPEND, _PREPEND, _REVERSE, *_HASHES):
        raise WrongStamp(f"It has a step of an unknown kind ({tag:#04x}).")
    node.steps.append((tag, argument, _node(stream, depth + 1)))


def written(digest: bytes, root: Node) -> bytes:
    """The bytes of a file, from its hash and the steps."""
    return _MAGIC + b"\x01" + bytes([_SHA256]) + digest + _node_bytes(root)


def _node_bytes(node: Node) -> bytes:
    """The bytes of a node's branches. Before each but the last stands a mark that more follow."""
    branches = [bytes([_ATTESTED]) + tag + _told(len(payload)) + payload for tag, payload in sorted(node.attested)]
    for kind, argument, after in node.steps:
        told = _told(len(argument)) + argument if kind in (_APPEND, _PREPEND) else b""
        branches.append(bytes([kind]) + told + _node_bytes(after))
    return b"".join(bytes([_FORK]) + one for one in branches[:-1]) + branches[-1]


def _number(stream: io.BytesIO) -> int:
    found = shift = 0
    while True:
        byte = _exactly(stream, 1)[0]
        found |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return found
        shift += 7
        if shift > 63:
            raise WrongStamp("A number in it is too large.")


def _told(number: int) -> bytes:
    found = b""
    while number >= 0x80:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def _bytes(stream: io.BytesIO, most: int) -> bytes:
    length = _number(stream)
    if length > most:
        raise WrongStamp("A part of it is too long.")
    return _exactly(stream, length)


def _exactly(stream: io.BytesIO, length: int) -> bytes:
    found = stream.read(length)
    if len(found) != length:
        raise WrongStamp("It ends before its end.")
    return found


def _uri(payload: bytes) -> str:
    stream = io.BytesIO(payload)
    return _bytes(stream, 1_000).decode("utf-8", "replace")


def pending(uri: str) -> tuple[bytes, bytes]:
    """A pending attestation (the promise of a calendar): tag and payload."""
    return _PENDING, _told(len(uri.encode())) + uri.encode()


def in_block(height: int) -> tuple[bytes, bytes]:
    """An attestation by a Bitcoin block of this height: tag and payload."""
    return _BITCOIN, _told(height)
