"""The steps of linking, each for the rows of one task. Together they do what `dateline.linking` does with all accounts.

An account is identified by its position: the number of its report, and its place in the report. Positions have the
order in which the reports came, as in `linking.link`. The events depend on this order.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.engines.seam import as_json
from dateline.linking.candidates import blocks_of, worth_comparing
from dateline.linking.clustering import cluster
from dateline.linking.consolidating import event_of
from dateline.linking.copies import are_copies, bands, signature
from dateline.linking.facts import Fact, Told, compared, facts_from, key_of, report_key
from dateline.linking.rivals import Weigher, weigh
from dateline.linking.rules import Rules
from dateline.linking.stages import relations
from dateline.linking.totals import Totals, extent_of
from dateline.linking.weights import Weights, default_weights
from dateline.model import Coding
from dateline.model.event import Event

if TYPE_CHECKING:
    import pyarrow as pa

#: The number of low bits of a position that hold the account's place in its report.
BITS = 16
TOLD = "report long, key string, body string, record string, slim string"
BANDS = "band binary, report long, signature binary"
COPIES = "report long, parent long"
BLOCKS = "block string, at long, lies boolean, looks boolean"
PAIRS = "a long, b long"
WEIGHED = "a long, b long, weight double, beside boolean, one string, other string"
GROUPS = "first long, at long, main boolean"
EVENTS = "rank long, id string, record string"
_Batches = Iterable["pa.RecordBatch"]


@dataclass(frozen=True, slots=True)
class By:
    """The rules and weights by which events are made; None: the default ones."""

    rules: Rules | None
    weights: Weights | None

    @property
    def weighed(self) -> Weights:
        """The weights in force."""
        return self.weights or default_weights()


def position(report: int, place: int) -> int:
    """The position of an account."""
    return (report << BITS) | place


def told(batches: _Batches) -> Iterator[pa.RecordBatch]:
    """For each coding: the key of its report, what linking compares, and a short form of what the driver must know."""
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            coding = Coding.from_json(row["record"])
            key = report_key(coding.report)
            rows.append({"report": row["number"], "key": key, "body": as_json(compared(coding)),
                         "record": row["record"], "slim": as_json(_slim(coding))})  # fmt: skip
        yield _batch(rows, TOLD)


def _slim(coding: Coding) -> dict[str, Any]:
    """The names of a report's accounts, which account is part of which, and which are of one case; by place."""
    at = {account.id: n for n, account in enumerate(coding.accounts)}
    wholes = [(at[k.source], at[k.target]) for k in coding.links if k.kind == "part_of"]
    related = [(at[r.one], at[r.other], r.strength) for r in relations(coding)]
    return {"names": list(at), "wholes": wholes, "related": related}


# ---------------------------------------------------------------- copies


def banded(batches: _Batches) -> Iterator[pa.RecordBatch]:
    """The bands of each report's signature. Two reports that are copies share at least one band."""
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            sign = signature(Coding.from_json(row["record"]).report)
            rows += [
                {"band": b, "report": row["report"], "signature": sign.tobytes()} for b in sorted(set(bands(sign)))
            ]
        yield _batch(rows, BANDS)


def copies(table: pa.Table) -> pa.Table:
    """For each report in a band, the first earlier report that it is a copy of."""
    rows = sorted(table.to_pylist(), key=lambda row: row["report"])
    signs = [array("I", row["signature"]) for row in rows]
    found = []
    for n, row in enumerate(rows):
        parent = next((rows[m]["report"] for m in range(n) if are_copies(signs[n], signs[m])), None)
        if parent is not None:
            found.append({"report": row["report"], "parent": parent})
    return _table(found, COPIES)


# ---------------------------------------------------------------- pairs


def facts_of(body: str, source: str | None) -> list[Fact]:
    """The facts of a coding."""
    record = json.loads(body)
    return facts_from(record if source is None else {**record, "source": source})


def blocks(batches: _Batches) -> Iterator[pa.RecordBatch]:
    """The blocks of each account: those that it lies in, and those in which it looks for candidates."""
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            for n, fact in enumerate(facts_of(row["body"], row["source"])):
                found, at = blocks_of(fact), position(row["report"], n)
                names = found.lies_in | found.looks_in
                rows += [{"block": f"{b[0]}/{b[1]}", "at": at, "lies": b in found.lies_in, "looks": b in found.looks_in}
                         for b in sorted(names)]  # fmt: skip
        yield _batch(rows, BLOCKS)


def pairs(table: pa.Table) -> pa.Table:
    """The pairs of accounts in a block: the first account lies in it, and a later one of another report looks in it."""
    rows = sorted((row["at"], row["lies"], row["looks"]) for row in table.to_pylist())
    lying: list[int] = []
    found: tuple[list[int], list[int]] = [], []
    for at, lies, looks in rows:
        if looks:
            near = [one for one in lying if one >> BITS != at >> BITS]
            found[0].extend(near)
            found[1].extend([at] * len(near))
        if lies:
            lying.append(at)
    return _columns(dict(zip(("a", "b"), found, strict=True)), PAIRS)


def weighing(by: By) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """A function that weighs the pairs of a bucket of reports: left are the pairs, right the bodies of their codings.

    All pairs of any two reports are in the same bucket.
    """

    def weighed(left: pa.Table, right: pa.Table) -> pa.Table:
        facts = _facts(right)
        near = [(a, b) for a, b in zip(left["a"].to_pylist(), left["b"].to_pylist(), strict=True)
                if worth_comparing(facts[a], facts[b])]  # fmt: skip
        rows = [
            {"a": a, "b": b, **asdict(w), "one": key_of(facts[a]), "other": key_of(facts[b])}
            for (a, b), w in weigh(facts, sorted(near), by.weighed).items()
        ]
        return _table(rows, WEIGHED)

    return weighed


def clustering(by: By) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """A function that groups the accounts of a bucket of chains into events: left are the weighed pairs with their
    chain, right the bodies."""

    def clustered(left: pa.Table, right: pa.Table) -> pa.Table:
        facts = _facts(right)
        chains: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
        for row in left.to_pylist():
            chains[row["chain"]][row["a"], row["b"]] = row["weight"]
        rows = []
        for chain in sorted(chains):
            own = chains[chain]
            members = sorted({at for pair in own for at in pair})
            weigher = Weigher(facts, own, by.weighed)
            for group in cluster(members, own, lambda i: facts[i].telling.key, weigh=weigher):
                rows += [{"first": group[0], "at": at, "main": facts[at].is_main} for at in group]
        return _table(rows, GROUPS)

    return clustered


def mains(batches: _Batches) -> Iterator[pa.RecordBatch]:
    """Each account as a group of its own, and whether its report is mainly about it."""
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            at = [position(row["report"], n) for n in range(len(json.loads(row["slim"])["names"]))]
            facts = facts_of(row["body"], None)
            rows += [{"first": p, "at": p, "main": f.is_main} for p, f in zip(at, facts, strict=True)]
        yield _batch(rows, GROUPS)


def _facts(table: pa.Table) -> dict[int, Fact]:
    """The facts of the codings in a table, by position; each coding is read once."""
    return {
        position(row["report"], n): fact
        for row in table.to_pylist()
        for n, fact in enumerate(facts_of(row["body"], row["source"]))
    }


# ---------------------------------------------------------------- events


def making(by: By) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """A function that makes the events of a bucket: left are their accounts (rank, at, whole, case_id, beside), right
    the codings."""

    def made(left: pa.Table, right: pa.Table) -> pa.Table:
        facts = _facts(right)
        codings = {row["report"]: Coding.from_json(row["record"]) for row in right.to_pylist()}
        events: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in left.to_pylist():
            events[row["rank"]].append(row)
        rows = []
        for rank in sorted(events):
            own = sorted(events[rank], key=lambda row: row["at"])
            group = [Told(facts[r["at"]], codings[r["at"] >> BITS].accounts[_place(r["at"])]) for r in own]
            wholes = [row["whole"] for row in own if row["whole"]]
            roll_up = max(sorted(set(wholes)), key=wholes.count, default=None)
            beside = {(key_of(facts[a]), key_of(facts[row["at"]])) for row in own for a in row["beside"] or ()}
            event = event_of(group, roll_up, by.rules, by.weights, beside, own[0]["case_id"])
            rows.append({"rank": rank, "id": event.id, "record": event.to_json()})
        return _table(rows, EVENTS)

    return made


def _place(at: int) -> int:
    return at & ((1 << BITS) - 1)


def in_totals(totals: list[Event]) -> Callable[[_Batches], Iterator[pa.RecordBatch]]:
    """A function that marks events as part of the totals that hold them, where no report says so itself."""

    def put(batches: _Batches) -> Iterator[pa.RecordBatch]:
        known = Totals(extent for total in totals if (extent := extent_of(total)))
        for batch in batches:
            rows = batch.to_pylist()
            for row in rows:
                event = Event.from_json(row["record"])
                extent = extent_of(event) if event.part_of is None else None
                if extent is not None and (whole := known.whole_of(extent)) is not None:
                    row["record"] = replace(event, part_of=whole).to_json()
            yield _batch(rows, EVENTS)

    return put


# ---------------------------------------------------------------- tables


def _schema(form: str) -> pa.Schema:
    """The Arrow schema of a table that is described in Spark's words."""
    import pyarrow as pa

    kinds = {"long": pa.int64(), "string": pa.string(), "double": pa.float64(), "boolean": pa.bool_(),
             "binary": pa.binary()}  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in (column.split() for column in form.split(", "))])


def _batch(rows: list[dict[str, Any]], form: str) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(rows, schema=_schema(form))


def _table(rows: list[dict[str, Any]], form: str) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=_schema(form))


def _columns(columns: dict[str, list[Any]], form: str) -> pa.Table:
    import pyarrow as pa

    return pa.table(columns, schema=_schema(form))
