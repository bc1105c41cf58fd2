"""Which readers there are: ours, and those that other packages add by entry points of the group `dateline.readers`."""

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
#: In the order in which they are asked whether a file is theirs: those with the surest marks first.
OURS: tuple[Reader, ...] = (
    pdf.PDF, parquet.PARQUET, rtf.RTF, docx.DOCX, sheet.SHEET, warc.WACZ, warc.WARC, packed.TAR, packed.GZIP,
    feed.FEED, addresses.SITEMAP, chats.TELEGRAM, mail.MBOX, mail.MESSAGE, chats.WHATSAPP, addresses.GDELT,
    addresses.CRAWL, addresses.ADDRESSES, downloads.DOWNLOAD,
)  # fmt: skip


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, others' first: whoever installed one wants it asked."""
    return (*_others(), *OURS)


def owner(head: bytes, name: str) -> Reader | None:
    """The reader whose file begins so."""
    return next((reader for reader in readers() if reader.owns(head, name)), None)


def named(name: str) -> Reader | None:
    """A reader by its name."""
    return next((reader for reader in readers() if reader.name == name), None)


def _others() -> tuple[Reader, ...]:
    found = (_loaded(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))
    return tuple(reader for reader in found if reader is not None)


def _loaded(point: EntryPoint) -> Reader | None:
    """A reader of another package; one that cannot be loaded is warned of and passed over."""
    import warnings

    try:
        found = point.load()
    except Exception as error:  # Whatever is wrong with it, ours still read.
        warnings.warn(f"The reader {point.name!r} cannot be loaded ({error!r}).", stacklevel=2)
        return None
    return found if isinstance(found, Reader) else None
