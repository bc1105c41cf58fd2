"""Errors of a watch."""

from __future__ import annotations

from dateline.model.errors import DatelineError


class BadWatch(DatelineError):
    """The settings file of a watch does not have the right form."""

    code = "DL-W001"
    remedy = "docs/watch.md tells every setting, with an example."


class WatchRuns(DatelineError):
    """Another process is already watching with this state file."""

    code = "DL-W002"
    remedy = "Let one process watch a file; name another `state` for a second one."


class BadState(DatelineError):
    """The state file, which keeps what a watch has seen, cannot be read or written."""

    code = "DL-W003"
    remedy = "Put it aside: all feeds are read anew then, and reports that are in the ledger are known."


class FeedFails(DatelineError):
    """A feed or page that did not answer, or answered with an error; it is asked again later."""

    code = "DL-W004"
    remedy = "Nothing, if it passes; `dateline watch FILE --status` tells since when."


class FeedGone(DatelineError):
    """A feed that is gone for good (status 410); it is not asked again."""

    code = "DL-W005"
    remedy = "Take it out of the file, or name its new address."


class NoFeed(DatelineError):
    """The answer is no feed: neither RSS nor Atom nor a sitemap."""

    code = "DL-W006"
    remedy = "Name the address of the feed itself; a page is watched as [[page]]."


class Barred(DatelineError):
    """The site's robots.txt asks us not to fetch this."""

    code = "DL-W007"
    remedy = "Ask the site, or leave it out."


class GivenUp(DatelineError):
    """A story that could not be fetched or read in all tries."""

    code = "DL-W008"
    remedy = "Add it by hand: `dateline add`, with the page saved."


class NotDelivered(DatelineError):
    """A notice that could not be delivered; it is tried again."""

    code = "DL-W009"
    remedy = "Look whether the receiver answers, and whether the address and the secret are right."


class NoSecret(DatelineError):
    """A secret that is missing in the environment."""

    code = "DL-W010"
    remedy = "Set the variable that the file names; systemd reads it from an EnvironmentFile."


class BadSince(DatelineError):
    """The beginning of a digest (`--since`) cannot be read as a moment."""

    code = "DL-W011"
    remedy = "Say yesterday, today, a number of days (7d), or a date (YYYY-MM-DD)."
