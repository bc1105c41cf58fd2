"""A time-stamp authority and a calendar on loopback, each of its own making."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from dateline.custody.opentimestamps import Node, _node_bytes, in_block, pending
from tests.watch.site import Answer, Site

_CONFIG = """
[tsa]
default_tsa = tsa1
[tsa1]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[req]
distinguished_name = dn
[dn]
[ext_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[ext_tsa]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""


class Authority:
    """Signs what it is sent, with a key and certificates that are made anew."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.ca = folder / "ca.pem"
        self._config = folder / "tsa.cnf"
        self._config.write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", str(self._config))
        self._run("req", "-x509", *new, "-subj", "/CN=Test CA", "-days", "2", "-extensions", "ext_ca",
                  "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
        self._run("req", *new, "-subj", "/CN=Test TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
        self._run("x509", "-req", "-in", "tsa.csr", *signed, "-extfile", str(self._config), "-extensions", "ext_tsa",
                  "-out", "tsa.pem")  # fmt: skip

    def _run(self, *args: str) -> None:
        subprocess.run(["openssl", *args], cwd=self._folder, check=True, capture_output=True)

    def answer(self, query: bytes) -> bytes:
        """The answer to a request."""
        (self._folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-config", str(self._config), "-section", "tsa1", "-queryfile", "query",
                  "-inkey", "tsa.key", "-signer", "tsa.pem", "-out", "reply")  # fmt: skip
        return (self._folder / "reply").read_bytes()

    def serve(self, site: Site, path: str) -> str:
        """Answer at a path of a site; gives the address."""
        site.paths[path] = lambda _: (200, {}, self.answer(site.posts[-1][2]))
        return site.url(path)


class Calendar:
    """Promises at once, and tells a block when it is asked again."""

    def __init__(self, site: Site) -> None:
        self._site, self.url = site, site.url("/calendar")
        site.paths["/calendar/digest"] = self._promise

    def _promise(self, _: dict[str, str]) -> Answer:
        digest = self._site.posts[-1][2]
        told = hashlib.sha256(b"before" + digest).digest()
        node = Node(steps=[(0xF1, b"before", Node(steps=[(0x08, b"", Node(attested=[pending(self.url)]))]))])
        later = Node(steps=[(0xF0, b"more", Node(steps=[(0x08, b"", Node(attested=[in_block(800_000)]))]))])
        self._site.paths[f"/calendar/timestamp/{told.hex()}"] = (200, {}, _node_bytes(later))
        self.root = hashlib.sha256(told + b"more").digest()[::-1].hex()
        return 200, {}, _node_bytes(node)
