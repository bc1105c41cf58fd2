"""How fast are events exported, and in how much memory? `python -m benchmarks.export_speed` fills a ledger with 100,000
events that are made up, each with the report that tells of it, and writes them as each of some formats.

The must: Parquet in under 20 s, in memory that does not grow with the events (a quarter as many take about as much).
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, cast

from dateline.ledger import Ledger
from dateline.ledger.rows import body_of
from dateline.ledger.tables import actors, codings, places, reports, revisions, versions
from dateline.ledger.versions import search_rows
from dateline.model import Account, Actor, Coding, Count, Place, Report, Span, Speaker, When
from dateline.model.event import Event
from dateline.model.vocabulary import Type
from dateline.version import CODER, VERSION

#: Events that are written at once.
_AT_ONCE = 1_000
_TYPES = ("bombing", "attack", "arrest", "clash", "protest", "airstrike")
_PLACES = (("Mosul", "Nineveh", "IQ", 36.335, 43.119), ("Goma", "North Kivu", "CD", -1.679, 29.222),
           ("Lyon", "Auvergne-Rhône-Alpes", "FR", 45.748, 4.846))  # fmt: skip


def _day(n: int) -> str:
    return f"{2000 + n % 24}-{n % 12 + 1:02}-{n % 28 + 1:02}"


def record(n: int) -> dict[str, Any]:
    """An event."""
    name, admin1, country, lat, lon = _PLACES[n % 3]
    day = _day(n)
    figure = {
        "report_uri": f"https://news.example/{n}", "account_id": "a1", "low": n % 9, "best": n % 9, "high": n % 9,
        "text": f"{n % 9} people", "said_by": "police", "party": "civilian",
    }  # fmt: skip
    count = {"what": "killed", "party": "civilian", "low": n % 9, "best": n % 9, "high": n % 9, "rule": "agreed"}
    return {
        "schema": "dateline.event/1", "id": f"e-{n:012x}", "type": _TYPES[n % 6], "method": [], "status": "occurred",
        "scope": "event", "when": {"start": day, "end": day, "precision": "day", "rule": "agreed"},
        "where": [{"name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon, "precision": "city",
                   "gazetteer_id": f"geonames:{n % 3}", "text": name}],
        "actors": [{"role": "agent", "kind": "unknown", "name": "gunmen", "id": None, "worded": ["gunmen"]},
                   {"role": "victim", "kind": "civilian", "name": "people", "id": None, "worded": ["people"]}],
        "counts": [{**count, "figures": [figure], "history": []}],
        "accounts": [{"report_uri": f"https://news.example/{n}", "account_id": "a1", "key": f"{n:016x}#a1",
                      "report": f"{n:016x}"}],
        "sources": 1, "disagreements": [], "part_of": None, "case": None, "why": [], "confidence": 0.9,
        "corrections": [], "review": "unreviewed",
    }  # fmt: skip


def told(n: int) -> Coding:
    """The report that an event is of, and its one account: the values of the event, with the words that say them."""
    name, admin1, country, lat, lon = _PLACES[n % 3]
    day, killed = _day(n), n % 9
    text = f"{_TYPES[n % 6].title()} by gunmen in {name} on {day}: {killed} people were killed, police said."

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    people, all_of = f"{killed} people", Span(0, len(text))
    account = Account(
        "a1", cast(Type, _TYPES[n % 6]), "occurred", "event", Span(0, text.index(" by")), (all_of,),
        when=When(day, day, "day", "stated", day, span(day)),
        where=(Place(name, span(name), name, country, admin1, lat, lon, "city", f"geonames:{n % 3}"),),
        actors=(Actor("agent", "unknown", "gunmen", "gunmen", span("gunmen")),
                Actor("victim", "civilian", "people", "people", span("people"))),
        counts=(Count("killed", "civilian", killed, killed, killed, people, span(people)),),
        said_by=(Speaker("police", span("police")),), confidence=0.9,
    )  # fmt: skip
    own = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Coding(Report(own, f"https://news.example/{n}", text, None, "The Example", "en"), (account,))


def fill(address: str, number: int) -> None:
    """A ledger of so many events, written as one revision. What no export looks at (accounts to search, blocks, pairs)
    is left out, so that many are made soon."""
    with Ledger.open(address, create=True, by="bench") as ledger, ledger.store.writing() as connection:
        at = "2026-01-01T00:00:00+00:00"
        connection.execute(revisions.insert(), [{"number": 1, "at": at, "kind": "add", "by": "bench", "note": ""}])
        for first in range(0, number, _AT_ONCE):
            made = [(n + 1, Event.from_record(record(n))) for n in range(first, min(first + _AT_ONCE, number))]
            connection.execute(versions.insert(), [_version(num, one) for num, one in made])
            some = [(num, told(num - 1)) for num, _ in made]
            connection.execute(reports.insert(), [_report(num, one.report) for num, one in some])
            connection.execute(codings.insert(), [_coding(num, one) for num, one in some])
            where, who = search_rows(made, first + 1, 2 * first + 1)
            connection.execute(places.insert(), where)
            connection.execute(actors.insert(), who)


def _version(num: int, one: Event) -> dict[str, Any]:
    when = one.when
    return {
        "num": num, "event": one.id, "body": one.to_json(), "type": one.type, "status": one.status,
        "scope": one.scope, "start": when.start if when else None, "end": when.end if when else None,
        "confidence": 0.9, "sources": 1, "people": 1, "review": "unreviewed", "case": None, "doubt": 0.1, "revision": 1,
    }  # fmt: skip


def _report(num: int, one: Report) -> dict[str, Any]:
    key = f"{num - 1:016x}"
    return {
        "num": num, "key": key, "id": one.id, "uri": one.uri, "title": one.title, "publisher": one.publisher,
        "lang": one.lang, "text": one.text, "signature": b"", "source": key, "revision": 1,
    }  # fmt: skip


def _coding(num: int, one: Coding) -> dict[str, Any]:
    return {"num": num, "report": num, "coder": CODER, "version": VERSION, "body": body_of(one), "revision": 1}


def _export(address: str, form: str) -> tuple[float, float, int, float]:
    """Write an export; gives the seconds, those of the processor, the rows and the most megabytes in use."""
    from dateline.publishing import Edition, written_bare

    with Ledger.open(address) as ledger, tempfile.TemporaryFile() as out:
        began, worked = time.perf_counter(), time.process_time()
        rows = written_bare(ledger, Edition(format=form), out)["rows"]
        seconds, work = time.perf_counter() - began, time.process_time() - worked
    return seconds, work, rows, _most()


def _most() -> float:
    """The most megabytes that this process has held (VmHWM); `getrusage` would count those of its parent, too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def measured(address: str, form: str) -> tuple[float, float, int, float]:
    """An export in a process of its own; where that fails, its error is raised here."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_export, address, form).result()


def main() -> None:
    """Print a line for each format and number of events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--formats", default="parquet,csv,geoparquet,gpkg,sqlite,xlsx,jsonld,stix")
    given = parser.parse_args()
    for number in (given.events // 4, given.events):
        with tempfile.TemporaryDirectory() as folder:
            address = str(Path(folder) / "bench.sqlite")
            fill(address, number)
            for form in given.formats.split(","):
                seconds, work, rows, memory = measured(address, form)
                print(
                    f"{form:11} {rows:7} events {seconds:6.1f} s ({work:.1f} s of the processor) {memory:5.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
