"""For `dateline doctor`: loads each entry point by which other packages add something to dateline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from dateline.cli.checkup import Finding


def added() -> Iterator[Finding]:
    """The findings for readers, exporters, coders and linkers of other packages, by kind and name."""
    for group, is_one in _kinds().items():
        for point in sorted(entry_points(group=group), key=lambda point: point.name):
            yield _finding(point, is_one)


def _finding(point: EntryPoint, is_one: Callable[[Any], bool]) -> Finding:
    kind = point.group.removeprefix("dateline.").removesuffix("s")
    package = f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"
    part = f"{kind} {point.name}"
    try:
        found = point.load()
    except Exception as error:  # Any error in the other package is reported.
        return Finding(part, "broken", f"of {package}: {error!r}", f"Mend {package}, or take it out.")
    if not is_one(found):
        return Finding(part, "broken", f"of {package}: {point.value} is no {kind}", f"Mend {package}, or take it out.")
    return Finding(part, "ok", f"of {package}")


def _kinds() -> dict[str, Callable[[Any], bool]]:
    from dateline.coders import GROUP as CODERS
    from dateline.linking.linkers import GROUP as LINKERS
    from dateline.publishing.formats import GROUP as EXPORTERS
    from dateline.publishing.formats import Format
    from dateline.readers.given import Reader
    from dateline.readers.registry import GROUP as READERS

    return {
        READERS: lambda found: isinstance(found, Reader),
        EXPORTERS: lambda found: isinstance(found, Format) and found.write is not None,
        CODERS: callable,
        LINKERS: callable,
    }
