"""The tables beside the main table of an edition: figures, sources, links, roll-ups, custody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.ledger import Ledger
from dateline.publishing import tables
from dateline.publishing.columns import Value
from dateline.publishing.columns import tables as all_tables
from dateline.publishing.edition import LEVELS, Edition
from dateline.publishing.levels import Row, Table, Told
from dateline.publishing.paths import bare, shared_folder


def tables_beside(ledger: Ledger, edition: Edition, revision: int, told: Told) -> Iterator[Table]:
    """The tables beside the main one, for a format that holds all tables."""
    yield from (told.table(f"{level}s") for level in LEVELS if level != edition.level)
    links: list[list[Value]] = []
    rollups: list[list[Value]] = []
    seen: dict[tuple[str, str], str] = {}
    yield _plain("figures", list(figure_rows(told, seen, links, rollups)))
    keys = {report for report, _ in seen}
    yield _plain("sources", list(source_rows(ledger, edition, revision, keys, seen, links)))
    yield _plain("links", links)
    yield _plain("rollups", rollups)
    yield _plain("custody", list(custody_rows(ledger, revision, keys)))


def _plain(name: str, rows: Sequence[list[Value]]) -> Table:
    return Table(name, all_tables()[name].columns, lambda: map(Row, rows))


def figure_rows(
    told: Told, seen: dict[tuple[str, str], str], links: list[list[Value]], rollups: list[list[Value]]
) -> Iterator[list[Value]]:
    """The rows of all figures. While reading the events, it also fills `seen` (the event of each account, by report and
    id) and the rows of `links` and `rollups`."""
    cases: dict[str, str] = {}
    for event in told.events():
        seen.update({(account.report, account.account_id): event.id for account in event.accounts})
        links += tables.links_of(event, cases)
        rollups += tables.rollups_of(event)
        yield from tables.figures_of(event)


def source_rows(
    ledger: Ledger,
    edition: Edition,
    revision: int,
    keys: set[str],
    seen: dict[tuple[str, str], str],
    links: list[list[Value]],
) -> Iterator[list[Value]]:
    """The rows of the reports. While reading them, it also adds to `links` the links between events that they state."""
    folder = shared_folder(ledger.files(revision))
    for source in ledger.sources(keys, revision):
        source = {**source, "uri": bare(source["uri"], folder)}
        for link in source["links"]:
            ends = [seen.get((source["key"], link[end])) for end in ("from", "to")]
            if None not in ends and ends[0] != ends[1]:
                links.append([link["kind"], *ends, source["uri"]])
        yield tables.source_row(source, edition.names == "all" and not edition.coarsening)


def custody_rows(ledger: Ledger, revision: int, keys: set[str]) -> Iterator[list[Value]]:
    folder = shared_folder(ledger.files(revision))
    for row in ledger.brought_in(keys, revision):
        yield tables.custody_row({**row, "uri": bare(row["uri"], folder)})
