"""What a site can say to break whoever watches it."""

from __future__ import annotations

import pytest

from dateline.watch.feeds import entries_in, links_in

#: Addresses that Python's own functions for addresses end with an error on.
_BROKEN = ("http://[x/", "//[::1", "http://a:port/", "http://\u2100.example/", "https://[v1.x]/", "http://[::1%25]x/")


@pytest.mark.parametrize("broken", _BROKEN)
def test_a_story_with_a_broken_address_is_left_out_and_the_others_stay(broken: str) -> None:
    feed = f"""<rss><channel><item><title>A</title><link>{broken}</link></item>
    <item><title>B</title><link>/b</link></item></channel></rss>"""
    found = entries_in(feed.encode(), "http://paper.example/feed", 10)
    assert [one.url for one in found if one.title == "B"] == ["http://paper.example/b"]
    page = f"<a href='{broken}'>A</a><a href='/b'>B</a>"
    assert "http://paper.example/b" in [one.url for one in links_in(page.encode(), "http://paper.example/", "*", 10)]
