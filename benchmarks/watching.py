"""Watch 200 feeds on loopback, of which one answer in a hundred goes wrong: nothing may be lost, nothing doubled.

`python -m benchmarks.watching --minutes 30`. Each feed is a host of its own (127.0.0.x). Stories appear all the time;
some are corrected later. Answers that go wrong: none at all (the connection is cut), 500, 502, 503, half of the bytes,
one that stalls. The watch is a process of its own, which is ended and started anew every so often, every second time by
SIGKILL. In the end the site mends, the watch looks until it has caught up, and the ledger is compared with what was
published. How busy the machine is does not change the result: what is only late is waited for.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dateline.coding import code_or_reject
from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.watch import Watcher, read_settings

_TOWNS = "Mosul Basra Kabul Herat Aleppo Homs Gao Maiduguri Goma Bunia Sanaa Taiz Tripoli Benghazi Marawi".split()
_DAY = 86_400.0
_HAPPENINGS = (
    "A bomb exploded at the {place} market in {town}, killing {many} people,",
    "Gunmen shot dead {many} villagers near the {place} mill outside {town}",
    "Police arrested {many} suspected militants in the {place} quarter of {town}",
    "About {many} people protested at the {place} court in {town}",
    "Kidnappers took {many} pupils from the {place} school in {town}",
)
_NAMES = "Aldan Brevik Corvo Dunmar Eskel Farrow Galt Hedda Ivor Jorun Kelso Lindau Marek Norvik Oslan Perrin".split()


class World:
    """What the feeds publish: stories by address, each with its versions."""

    def __init__(self, feeds: int, faults: float, seed: int) -> None:
        self.feeds, self.faults, self.random = feeds, faults, random.Random(seed)
        self.lock = threading.Lock()
        self.stories: dict[tuple[int, int], str] = {}
        self.counts: Counter[str] = Counter()

    def publish(self) -> None:
        """One more story, or a correction of an earlier one."""
        with self.lock:
            if self.stories and self.random.random() < 0.1:
                key = self.random.choice(list(self.stories))
                if " CORRECTION " not in self.stories[key]:
                    self.stories[key] += f"\nAn earlier version gave another figure. CORRECTION {key[1]}"
                    self.counts["corrected"] += 1
                return
            feed = self.random.randrange(self.feeds)
            number = len(self.stories)
            self.stories[feed, number] = self._story(number)
            self.counts["published"] += 1

    def _story(self, number: int) -> str:
        """A happening of a day and a town of its own: as news are, no thousand reports of one event."""
        pick = self.random.choice
        one, two, town = pick(_NAMES), pick(_NAMES), pick(_TOWNS)
        happened = pick(_HAPPENINGS).format(many=self.random.randrange(2, 40), place=f"{one} {two}", town=town)
        day = dt.date(2021, 1, 1) + dt.timedelta(days=self.random.randrange(1_500))
        return (
            f"{town.upper()} - {happened} on {day.day} {day:%B %Y}, police said. It was number {number}.\n"
            f"Shopkeeper {two} {one} said that it was heard at the {two} bridge."
        )


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            feed = int(self.headers["Host"].split(":")[0].rsplit(".", 1)[1]) - 1
            whole, kind = self._body(feed)
            fault = self.path != "/robots.txt" and world.random.random() < world.faults
            world.counts["answers"] += 1
            world.counts["faults"] += fault
            body = self._spoilt(whole) if fault else whole
            if body is None:
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if fault else body)

        def _body(self, feed: int) -> tuple[bytes, str]:
            with world.lock:
                if self.path == "/robots.txt":
                    return b"User-agent: *\nAllow: /\n", "text/plain"
                if self.path == "/feed":
                    items = "".join(
                        f"<item><title>{n} {len(t)}</title><link>/story/{n}</link></item>"
                        for (f, n), t in world.stories.items() if f == feed
                    )  # fmt: skip
                    return f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml"
                text = world.stories[feed, int(self.path.rsplit("/", 1)[1])]
            paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
            return f"<html><body><article>{paragraphs}</article></body></html>".encode(), "text/html"

        def _spoilt(self, body: bytes) -> bytes | None:
            how = world.random.randrange(4)
            if how == 0:
                self.close_connection = True
                return None
            if how == 1:
                self.send_error(world.random.choice((500, 502, 503)))
                return None
            if how == 2:
                time.sleep(12.0)
                return None
            return body

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def _file(folder: Path, feeds: int, port: int) -> Path:
    hosts = [f"127.0.0.{n + 1}:{port}" for n in range(feeds)]
    own = ", ".join(f'"{host}"' for host in hosts)
    head = (
        f'ledger = "l.sqlite"\nreader = "rules"\n[polling]\nevery = "20s"\nhost_delay = "0.05s"\nretry = "5s"\n'
        f'revisit = ["60s"]\ntries = 50\nown_hosts = [{own}]\n[limits]\nseconds = "8s"\n'
    )
    path = folder / "watch.toml"
    path.write_text(head + "".join(f'[[feed]]\nurl = "http://{host}/feed"\n' for host in hosts))
    return path


def _watch(file: Path, until: float, restart: float, world: World) -> Counter[str]:
    """`dateline watch` in a process of its own, ended every so often: in turn by SIGTERM and by SIGKILL."""
    done: Counter[str] = Counter()
    command = [sys.executable, "-m", "dateline", "watch", str(file)]
    while (left := until - time.monotonic()) > 0:
        with (file.parent / "said").open("a+", encoding="utf-8") as said:
            process = subprocess.Popen(command, stderr=said, stdout=said)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(min(left, restart))
            done["ended by itself"] += process.poll() is not None
            hard = done["starts"] % 2 == 1
            process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
            process.wait()
        done.update(("starts", "killed") if hard else ("starts",))
        print(f"{left / 60 - restart / 60:.1f} minutes left: {dict(world.counts)}", flush=True)
    words = (file.parent / "said").read_text(encoding="utf-8")
    return done + Counter(re.findall(r"DL-[A-Z]\d{3}", words))


def _caught_up(file: Path) -> Counter[str]:
    """The site is well again: look, each time as if two minutes later, until two looks in a row find nothing and no
    story waits. A busy machine lags behind what is published; what is only late is not lost."""
    done: Counter[str] = Counter()
    ahead, quiet = 0.0, 0
    while quiet < 2 and ahead < _DAY:
        ahead += 120.0
        with Ledger.open(str(file.parent / "l.sqlite"), create=True) as ledger:
            watcher = Watcher(read_settings(file), ledger, code_or_reject, lambda: time.time() + ahead)  # noqa: B023
            try:
                seen, waiting = watcher.once(), watcher.state.counted().get("waiting", 0)
            finally:
                watcher.close()
        quiet = 0 if seen.found or seen.new or seen.corrected or waiting else quiet + 1
        done.update({"late, new": seen.new, "late, corrected": seen.corrected, "given up": seen.given_up})
    return done


def main() -> None:
    """Run it, and say what was lost and what was doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--faults", type=float, default=0.01)
    parser.add_argument("--stories-a-minute", type=float, default=60)
    parser.add_argument("--restart", type=float, default=120, help="seconds between restarts")
    given = parser.parse_args()
    world = World(given.feeds, given.faults, 7)
    server = ThreadingHTTPServer(("0.0.0.0", 0), _handler(world))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ending = threading.Event()

    def writing() -> None:
        while not ending.wait(60 / given.stories_a_minute):
            world.publish()

    with tempfile.TemporaryDirectory(prefix="dateline-watch-") as name:
        file = _file(Path(name), given.feeds, server.server_address[1])
        threading.Thread(target=writing, daemon=True).start()
        done = _watch(file, time.monotonic() + given.minutes * 60, given.restart, world)
        ending.set()
        world.faults = 0.0
        done += _caught_up(file)
        sys.exit(_told(world, file, done, given))


def _told(world: World, file: Path, done: Counter[str], given: Any) -> int:
    with Ledger.open(str(file.parent / "l.sqlite")) as ledger:
        held = Counter(coding.report.uri for coding in ledger.stored(other_versions=False))
        texts = {coding.report.uri: coding.report.text for coding in ledger.stored(other_versions=False)}
        with ledger.store.reading() as connection:
            wrong = list(problems(connection))
    port = file.read_text().split("127.0.0.1:")[1].split('"')[0]
    published = {f"http://127.0.0.{f + 1}:{port}/story/{n}": text for (f, n), text in world.stories.items()}
    lost = published.keys() - held.keys()
    doubled = [uri for uri, times in held.items() if times > 1]
    stale = [u for u, t in published.items() if u in texts and " ".join(texts[u].split()) != " ".join(t.split())]
    print(
        f"{given.minutes:g} minutes, {given.feeds} feeds, faults {given.faults:.1%}: {dict(world.counts)}; {dict(done)}"
    )
    print(f"lost {len(lost)}, doubled {len(doubled)}, not in their newest version {len(stale)}, check: {len(wrong)}")
    of_all = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = of_all.ru_utime + of_all.ru_stime
    print(f"the watch's processes: {spent:.0f} s of a core, {of_all.ru_maxrss / 1024:.0f} MB at most")
    for uri in [*sorted(lost)[:5], *stale[:5]]:
        print("  ", uri)
    return 1 if lost or doubled or stale or wrong else 0


if __name__ == "__main__":
    main()
