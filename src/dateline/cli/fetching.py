"""Web addresses on the command line. They are fetched with the same protection as on the page (service.fetching)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.model import RejectedReport, Report
    from dateline.readers.given import Fetched

fetch_option = click.option(
    "--fetch", is_flag=True, help="Fetch the pages whose addresses the files list, too (sitemaps, lists of addresses)."
)


def reports_of_paths(
    paths: tuple[str, ...],
    published: str | None,
    lists: bool,
    max_chars: int | None = None,
    told: Callable[[Report, str | Fetched], None] | None = None,
) -> Iterator[Report | RejectedReport]:
    """The reports of files, folders and addresses. With `lists`, addresses that a file lists are fetched, too. `told`
    is called with each report and the file or page that it is from."""
    from dateline.readers import MAX_CHARS, read_paths

    return read_paths(paths, published, max_chars or MAX_CHARS, fetched, lists, told)


def fetched(address: str) -> Fetched:
    """Fetch an address. Raises NoAnswer (DL-R020)."""
    from dateline.model.rejections import NoAnswer
    from dateline.service.errors import BadAddress
    from dateline.service.fetching import fetch

    try:
        return fetch(address)
    except BadAddress as bad:
        raise NoAnswer(bad.what, where=address) from None
