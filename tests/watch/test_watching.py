"""The watch: what feeds and pages publish is in the ledger once, whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.coding import code_or_reject
from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.watch import Watcher, read_settings
from dateline.watch.errors import BadWatch, WatchRuns
from dateline.watch.feeds import Entry
from dateline.watch.watcher import Seen
from tests.ledger.conftest import postgres_server, postgres_url, url  # noqa: F401  fixtures
from tests.watch.site import Site, serving

BOMB = (
    "MOSUL, Iraq - A car bomb exploded outside the Zaytun market in Mosul on Tuesday, killing 12 people and wounding "
    "30, police colonel Saad Hamdani said.\nShopkeeper Walid Jabbar said the blast threw cars into the air."
)
RAID = (
    "KABUL - Gunmen killed two teachers in Kabul on Monday, the education ministry said.\nNobody claimed the attack, "
    "which came a week after a similar one in the north of the country."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.feed("/feed", ["/bomb", "/raid"], tag='"f1"')
        found.story("/bomb", BOMB)
        found.story("/raid", RAID)
        yield found


class Watching:
    """A watch that a test runs once and again, at the times that it says."""

    def __init__(self, folder: Path, site: Site, ledger: str, more: str = "", head: str = "") -> None:
        self.now = 1_715_800_000.0
        self._file, self._ledger = folder / "watch.toml", ledger
        self._file.write_text(
            f'{head}\n[polling]\nagent = "desk-test/1.0 (+https://desk.example)"\nhost_delay = "0s"\n'
            f'own_hosts = ["{site.host}"]\nretry = "10s"\n{more or self.feed(site)}'
        )

    @staticmethod
    def feed(site: Site, path: str = "/feed", more: str = "") -> str:
        return f'[[feed]]\nurl = "{site.url(path)}"\npublisher = "The Site"\n{more}\n'

    def once(self, after: float = 0.0) -> Seen:
        self.now += after
        with Ledger.open(self._ledger, create=True, by="watch") as ledger:
            watcher = Watcher(read_settings(self._file), ledger, code_or_reject, lambda: self.now)
            try:
                return watcher.once()
            finally:
                watcher.close()

    def asked(self, what: Callable[[Ledger], Any]) -> Any:
        with Ledger.open(self._ledger) as ledger:
            return what(ledger)

    def sound(self) -> bool:
        def check(ledger: Ledger) -> bool:
            with ledger.store.reading() as connection:
                return list(problems(connection)) == []

        return bool(self.asked(check))


@pytest.fixture
def watching(tmp_path: Path, site: Site, url: str) -> Watching:  # noqa: F811
    return Watching(tmp_path, site, url)


def test_the_stories_of_a_feed_are_reports_once(watching: Watching, site: Site) -> None:
    seen = watching.once()
    assert (seen.polled, seen.found, seen.new, seen.failed, seen.said) == (1, 2, 2, 0, [])
    assert site.agents == {"desk-test/1.0 (+https://desk.example)"}
    assert watching.asked(lambda ledger: ledger.info()["reports"]) == 2
    report = watching.asked(lambda ledger: ledger.report(site.url("/bomb")).report)
    assert (report.publisher, report.published.start, report.title) == ("The Site", "2024-05-15", "A story of the day")
    again = watching.once(1_000)
    assert (again.unchanged, again.new, again.known) == (1, 0, 0)
    assert (site.asked["/bomb"] == 0 and site.asked["/bomb?utm_source=rss"] == 0) or site.asked["/bomb"] == 1
    assert watching.sound()


def test_the_log_tells_where_it_came_from(watching: Watching, site: Site) -> None:
    watching.once()
    (entry,) = watching.asked(lambda ledger: ledger.custody(site.url("/bomb")))
    told = entry["body"]
    assert (told["source"], told["status"], told["tool"]) == (site.url("/bomb"), 200, "dateline 0.1.0 watch")
    assert told["at"] == "2024-05-15T19:06:40+00:00"
    assert ["Content-Type", "text/html; charset=utf-8"] in told["headers"]


def test_a_corrected_story_is_a_new_version(watching: Watching, site: Site) -> None:
    watching.once()
    before = watching.asked(lambda ledger: {e.id for e in ledger.all_events()})
    site.story("/bomb", BOMB.replace("12 people", "17 people"))
    assert watching.once(4_000).corrected == 1
    assert watching.asked(lambda ledger: {e.id for e in ledger.all_events()}) == before
    (fate,) = watching.asked(lambda ledger: ledger.fates(0))
    assert "+" in fate["diff"] and "17 people" in fate["diff"]
    assert watching.once(30_000).corrected == 0
    assert watching.asked(lambda ledger: ledger.info()["reports"]) == 2
    assert watching.sound()


def test_a_feed_that_says_a_story_changed_is_believed(watching: Watching, site: Site) -> None:
    watching.once()
    site.story("/raid", RAID.replace("two teachers", "three teachers"))
    site.feed("/feed", ["/bomb", "/raid"], {"/raid": "UPDATED"})
    assert watching.once(60).corrected == 1


def test_a_story_that_is_withdrawn_is_said_to_be_and_stays(watching: Watching, site: Site) -> None:
    watching.once()
    site.paths["/raid"] = (410, {}, b"gone")
    assert watching.once(4_000).gone == 1
    assert watching.asked(lambda ledger: ledger.info()["reports"]) == 2
    assert [row["after"] for row in watching.asked(lambda ledger: ledger.fates(0))] == [None]
    site.story("/raid", RAID)
    assert watching.once(100_000).back == 1
    assert watching.asked(lambda ledger: [e["act"] for e in ledger.custody(site.url("/raid"))]) == [
        "added", "withdrawn at its source", "back at its source",
    ]  # fmt: skip


def test_what_fails_is_tried_again_later_and_later(watching: Watching, site: Site) -> None:
    site.paths["/bomb"] = (503, {}, b"")
    site.paths["/feed2"] = (500, {}, b"")
    assert (watching.once().new, watching.once(1).new) == (1, 0)
    assert site.asked["/bomb"] == 1
    site.story("/bomb", BOMB)
    assert watching.once(15).new == 1
    assert watching.sound()


def test_a_site_that_asks_to_wait_is_not_asked_before(watching: Watching, site: Site) -> None:
    site.paths["/feed"] = (429, {"Retry-After": "7200"}, b"")
    assert watching.once().failed == 1
    watching.once(7_000)
    assert site.asked["/feed"] == 1
    site.feed("/feed", ["/bomb"])
    assert watching.once(300).new == 1


def test_robots_are_obeyed(watching: Watching, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: desk-test\nDisallow: /ra*d$", "text/plain")
    seen = watching.once()
    assert (seen.new, [error.code for error in seen.said]) == (1, ["DL-W007"])
    assert site.asked["/raid"] == 0


def test_a_clock_that_is_put_back_stops_nothing(watching: Watching, site: Site) -> None:
    watching.once()
    site.feed("/feed", ["/bomb", "/raid", "/third"], tag='"f2"')
    site.story("/third", BOMB.replace("Mosul", "Basra"))
    assert watching.once(-400_000_000).new == 1
    site.story("/bomb", BOMB.replace("12 people", "17 people"))
    assert watching.once(90_000).corrected == 1


@pytest.mark.parametrize("body", ["", "<html><body>Not found</body></html>", "\x00\x01", "<rss><channel>", "{}"])
def test_what_is_no_feed_is_told_and_the_others_go_on(tmp_path: Path, site: Site, body: str) -> None:
    site.put("/broken", body, "application/rss+xml")
    more = Watching.feed(site) + Watching.feed(site, "/broken")
    seen = Watching(tmp_path, site, str(tmp_path / "l.sqlite"), more).once()
    assert seen.new == 2
    assert [error.code for error in seen.said] == ["DL-W006"]


def test_pages_and_the_links_of_pages_are_watched(tmp_path: Path, site: Site) -> None:
    site.put("/index", '<html><body><a href="/raid">r</a><a href="/about">a</a><a href="mailto:x">m</a></body></html>')
    more = (
        f'[[page]]\nurl = "{site.url("/index")}"\nlinks = "{site.url("/r*")}"\n'
        f'[[page]]\nurl = "{site.url("/bomb")}"\nevery = "10m"\n'
    )
    watching = Watching(tmp_path, site, str(tmp_path / "l.sqlite"), more)
    assert watching.once().new == 2
    site.story("/bomb", BOMB.replace("12 people", "13 people"))
    assert watching.once(700).corrected == 1
    site.paths["/bomb"] = (410, {}, b"")
    assert watching.once(700).gone == 1


def test_a_report_that_was_taken_out_does_not_come_back(watching: Watching, site: Site) -> None:
    watching.once()
    watching.asked(lambda ledger: ledger.remove(site.url("/bomb"), "not ours"))
    site.story("/bomb", BOMB.replace("12 people", "17 people"))
    seen = watching.once(4_000)
    assert (seen.new, seen.corrected, seen.known) == (0, 0, 1)
    assert watching.asked(lambda ledger: ledger.info()["reports"]) == 1


def test_sources_of_a_feed_may_be_sealed(tmp_path: Path, site: Site) -> None:
    more = Watching.feed(site, more='access = "sealed"\nconsent = "by phone, 3 May"')
    watching = Watching(tmp_path, site, str(tmp_path / "l.sqlite"), more)
    watching.once()
    acts = watching.asked(lambda ledger: [e["act"] for e in ledger.custody(site.url("/bomb"))])
    assert acts == ["added", "access"]


def test_originals_are_kept_as_web_archives(tmp_path: Path, site: Site) -> None:
    watching = Watching(tmp_path, site, str(tmp_path / "l.sqlite"), head='keep_originals = "kept"')
    watching.once()
    entry = watching.asked(lambda ledger: ledger.custody(site.url("/bomb")))[0]
    kept = tmp_path / "kept" / entry["body"]["kept"][:2] / entry["body"]["kept"]
    assert kept.name == f"{entry['body']['sha256']}.warc.gz" and kept.is_file()


def test_two_do_not_watch_by_one_state(tmp_path: Path, watching: Watching, site: Site) -> None:
    settings = read_settings(tmp_path / "watch.toml")
    with Ledger.open(str(tmp_path / "other.sqlite"), create=True) as ledger:
        first = Watcher(settings, ledger, code_or_reject)
        with pytest.raises(WatchRuns, match="DL-W002"):
            Watcher(settings, ledger, code_or_reject)
        first.close()


@pytest.mark.parametrize(
    "told",
    ["x", "[[feed]]\nurl = 'ftp://x'", "[polling]\nevery = 'soon'", "", "[[feed]]\nurl = 'http://x/'\nevry = '1h'",
     "[[feed]]\nurl = 'http://x/'\n[[feed]]\nurl = 'http://x/'", "[polling]\nagent = 'a\\nb'"],
)  # fmt: skip
def test_a_file_of_another_form_is_refused(tmp_path: Path, told: str) -> None:
    (tmp_path / "w.toml").write_text(told)
    with pytest.raises(BadWatch, match="DL-W001"):
        read_settings(tmp_path / "w.toml")


def test_stories_in_our_own_network_are_not_fetched_for_a_feed_from_outside(tmp_path: Path, site: Site) -> None:
    """A feed that names an address of our network does not lead us there."""
    with serving() as other:
        other.story("/secret", BOMB)
        site.put("/feed", f"<rss><item><link>{other.url('/secret')}</link></item></rss>", "application/rss+xml")
        seen = Watching(tmp_path, site, str(tmp_path / "l.sqlite")).once()
        assert seen.new == 0 and not other.asked


def test_where_the_entries_are_the_reports_no_page_is_ever_fetched(tmp_path: Path, site: Site) -> None:
    entry = f"<item><title>A bomb</title><link>{site.url('/bomb')}</link><description>{BOMB}</description></item>"
    site.put("/short", f'<rss version="2.0"><channel><title>S</title>{entry}</channel></rss>', "application/rss+xml")
    site.story("/bomb", RAID)
    watching = Watching(tmp_path, site, str(tmp_path / "l.sqlite"), Watching.feed(site, "/short", 'text = "feed"'))
    assert watching.once().new == 1
    assert watching.once(4_000).corrected == 0 and site.asked["/bomb"] == 0
    assert watching.asked(lambda ledger: ["Mosul" in ledger.report(site.url("/bomb")).report.text]) == [True]


def test_a_story_that_comes_back_as_it_was_is_said_to_be_back(watching: Watching, site: Site) -> None:
    watching.once()
    site.paths["/raid"] = (410, {}, b"gone")
    assert watching.once(4_000).gone == 1
    site.paths["/raid"] = (304, {}, b"")
    assert watching.once(100_000).back == 1


def test_a_story_that_changes_while_it_is_being_read_is_read_again(tmp_path: Path, site: Site) -> None:
    """The feed is polled, and says so, between the story's fetching and its writing; no later visit is due."""
    file, ledger = tmp_path / "w.toml", str(tmp_path / "l.sqlite")
    file.write_text(f'[polling]\nhost_delay = "0s"\nown_hosts = ["{site.host}"]\nrevisit = []\n{Watching.feed(site)}')
    with Ledger.open(ledger, create=True) as opened:
        watcher = Watcher(read_settings(file), opened, lambda report: code(report), lambda: 1_715_800_000.0)

        def code(report: Any) -> Any:
            if "Mosul" in report.text and "12 people" in report.text:
                site.story("/bomb", BOMB.replace("12 people", "17 people"))
                entry = Entry(site.url("/bomb"), "changed", None, None, "another mark")
                watcher.state.take(site.url("/feed"), [entry], 1_715_800_000.0)
            return code_or_reject(report)

        seen = watcher.once()
        watcher.close()
        assert (seen.new, seen.corrected) == (2, 1)
        assert "17 people" in opened.report(opened.at_address(site.url("/bomb")) or "").report.text
