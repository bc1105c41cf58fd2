"""A site on loopback: feeds and stories that a test writes, and whatever else it wants to go wrong."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What is at each path: an answer, or what gives one, from the headers that came."""

    port: int = 0
    paths: dict[str, Answer | Callable[[dict[str, str]], Answer]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def put(self, path: str, body: str, kind: str = "text/html; charset=utf-8", tag: str | None = None) -> None:
        """Put a page at a path; with a tag, whoever has it is told that nothing is new."""
        data, headers = body.encode(), {"Content-Type": kind, **({"ETag": tag} if tag else {})}

        def give(came: dict[str, str]) -> Answer:
            return (304, headers, b"") if tag and came.get("if-none-match") == tag else (200, headers, data)

        self.paths[path] = give

    def feed(self, path: str, stories: list[str], titles: dict[str, str] | None = None, tag: str | None = None) -> None:
        """Put an RSS feed of stories at a path."""
        items = "".join(
            f"<item><title>{(titles or {}).get(s, s)}</title><link>{self.url(s)}?utm_source=rss</link>"
            f"<pubDate>Wed, 15 May 2024 10:00:00 GMT</pubDate></item>"
            for s in stories
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
        self.put(path, body, "application/rss+xml", tag)

    def story(self, path: str, text: str, title: str = "A story of the day") -> None:
        """Put a story at a path."""
        paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body>"
        self.put(path, page)


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        path = self.path
        self.site.asked[path] += 1
        self.site.agents.add(self.headers.get("User-Agent", ""))
        found: Any = self.site.paths.get(path, (404, {}, b"nothing here"))
        status, headers, body = found({k.lower(): v for k, v in self.headers.items()}) if callable(found) else found
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.site.posts.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        found: Any = self.site.paths.get(self.path, (204, {}, b""))
        status, _, body = found(dict(self.headers)) if callable(found) else found
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    """A site that runs until it is left."""
    site = Site()
    server = ThreadingHTTPServer((address, 0), type("Handler", (_Handler,), {"site": site}))
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
