"""All readers: our own, and those that other packages add with entry points of the group `dateline.readers`."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from dateline.readers import (
    addresses,
    chats,
    docx,
    downloads,
    feed,
    mail,
    packed,
    parquet,
    pdf,
    rtf,
    sheet,
    warc,
)
from dateline.readers.given import Reader

GROUP = "dateline.readers"
#: Our readers, in the order in which they are asked whether a file is of their format: the surest marks first.
OURS: tuple[Reader, ...] = (
    pdf.PDF, parquet.PARQUET, rtf.RTF, docx.DOCX, sheet.SHEET, warc.WACZ, warc.WARC, packed.TAR, packed.GZIP,
    feed.FEED, addresses.SITEMAP, chats.TELEGRAM, mail.MBOX, mail.MESSAGE, chats.WHATSAPP, addresses.GDELT,
    addresses.CRAWL, addresses.ADDRESSES, downloads.DOWNLOAD,
)  # fmt: skip


@cache
def readers() -> tuple[Reader, ...]:
    """All readers. Those of other packages come first: a user who installs one wants it to be asked."""
    return (*_others(), *OURS)


def owner(head: bytes, name: str) -> Reader | None:
    """The reader for a file, by its first bytes and its name; None where no reader takes it."""
    return next((reader for reader in readers() if reader.owns(head, name)), None)


def named(name: str) -> Reader | None:
    """The reader of a name; None where there is none."""
    return next((reader for reader in readers() if reader.name == name), None)


def _others() -> tuple[Reader, ...]:
    found = (_loaded(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))
    return tuple(reader for reader in found if reader is not None)


def _loaded(point: EntryPoint) -> Reader | None:
    """A reader of another package; None, with a warning, where it cannot be loaded."""
    import warnings

    try:
        found = point.load()
    except Exception as error:  # A broken package must not stop our own readers.
        warnings.warn(f"The reader {point.name!r} cannot be loaded ({error!r}).", stacklevel=2)
        return None
    return found if isinstance(found, Reader) else None
