"""The interface that all engines share: a batch of reports in, a batch of records out, both as Arrow record batches.

In one process, in several, and on Spark the same function turns reports into records, so the records have the same
bytes. Arrow is used because Parquet and Spark know it, and because a batch can go to another process without being
converted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.coding import code_or_reject
from dateline.coding.choice import Reader
from dateline.engines.limits import LIMIT, limited
from dateline.engines.unsure import LEFT_OUT, with_unsure
from dateline.model import Coding, RejectedReport, Report, Span, rejections
from dateline.model.claims import When
from dateline.model.record import as_read, read_of, when_of, when_record
from dateline.model.trace import Step

if TYPE_CHECKING:
    import pyarrow as pa

Row = Report | RejectedReport
Coded = Coding | RejectedReport
#: A report's number in the order of the input, and the report or the error with which it was rejected.
Numbered = tuple[int, Row]
#: A batch ends after so many reports or characters: few enough that several processes end at nearly the same time.
_REPORTS, _CHARS = 16, 60_000


@dataclass(frozen=True, slots=True)
class Options:
    """How reports are coded; the same on all engines. `time_limit`: seconds for one report, 0 for none."""

    all_entities: bool = False
    reader: Reader | None = None
    time_limit: float = LIMIT
    min_confidence: float = 0.0


@cache
def reports_form() -> pa.Schema:
    """The columns of a batch of reports. `also` holds (as JSON) what else is known of a report, or its rejection."""
    import pyarrow as pa

    text = ("uri", "text", "title", "publisher", "also")
    return pa.schema([("number", pa.int64()), *((name, pa.string()) for name in text)])


@cache
def coded_form() -> pa.Schema:
    """The columns of a batch of records.

    A row has a `record` (a line of JSON, docs/record.md), or `rejected`, a JSON object that says why there is none. It
    also counts the report's accounts, those left out as `unsure` (`left_out` says which, as JSON) and those less sure
    than was asked for (`below`). `undated` says whether days are missing because the report has no publication date.
    """
    import pyarrow as pa

    text = ("uri", "id", "lang", "record", "rejected", "left_out")
    counts = (("accounts", pa.int32()), ("unsure", pa.int32()), ("below", pa.int32()), ("undated", pa.bool_()))
    return pa.schema([("number", pa.int64()), *((n, pa.string()) for n in text), *counts])


# ---------------------------------------------------------------- reports


def reports_batch(rows: Iterable[Numbered]) -> pa.RecordBatch:
    """Put reports into a batch, with those that are already rejected."""
    return _batch([_report_row(number, row) for number, row in rows], reports_form())


def batched(rows: Iterable[Row], first: int = 0) -> Iterator[pa.RecordBatch]:
    """Divide reports into batches, in order, numbered from `first`."""
    held: list[Numbered] = []
    chars = 0
    for numbered in enumerate(rows, first):
        held.append(numbered)
        chars += len(numbered[1].text) if isinstance(numbered[1], Report) else 0
        if len(held) >= _REPORTS or chars >= _CHARS:
            yield reports_batch(held)
            held, chars = [], 0
    if held:
        yield reports_batch(held)


def rows_of(batch: pa.RecordBatch) -> Iterator[Numbered]:
    """The reports of a batch."""
    for row in batch.to_pylist():
        also = json.loads(row["also"])
        if "code" in also:
            yield row["number"], rejection(also)
        else:
            published = when_of(also.get("published"))
            notes = tuple(also.get("notes", ()))
            told = (row["uri"], row["text"], row["title"], row["publisher"], also.get("lang"), published, notes)
            yield row["number"], Report(also["id"], *told, **read_of(also))


def _report_row(number: int, row: Row) -> dict[str, Any]:
    if isinstance(row, RejectedReport):
        return {"number": number, "uri": _plain(row.where or ""), "text": "", "also": as_json(rejected_record(row))}
    also: dict[str, Any] = {"id": row.id}
    also |= {"published": when_record(row.published)} if isinstance(row.published, When) else {}
    also |= {"lang": row.lang} if row.lang else {}
    also |= {"notes": row.notes} if row.notes else {}
    also |= as_read(row)
    return {"number": number, "uri": row.uri, "text": row.text, "title": row.title, "publisher": row.publisher,
            "also": as_json(also)}  # fmt: skip


# ---------------------------------------------------------------- records


def code_batch(batch: pa.RecordBatch, options: Options) -> pa.RecordBatch:
    """Code a batch in this process. Raises errors that concern all reports, such as BadKnowledge (DL-E004)."""
    return answered(batch, lambda row: coded(row, options), options)


def coded(row: Row, options: Options) -> Coded:
    """Code one report within its time limit; a rejected one is given back unchanged."""
    if isinstance(row, RejectedReport):
        return row
    return limited(
        row, options.time_limit, lambda: with_unsure(code_or_reject, row, options.all_entities, options.reader)
    )


def answered(batch: pa.RecordBatch, code: Callable[[Row], Coded], options: Options) -> pa.RecordBatch:
    """The records of a batch of reports, each coded with the function `code`."""
    return coded_batch(((number, code(row)) for number, row in rows_of(batch)), options.min_confidence)


def coded_batch(rows: Iterable[tuple[int, Coded]], min_confidence: float = 0.0) -> pa.RecordBatch:
    """Put codings and rejections into a batch of records."""
    return _batch([_coded_row(number, one, min_confidence) for number, one in rows], coded_form())


def _coded_row(number: int, one: Coded, min_confidence: float) -> dict[str, Any]:
    if isinstance(one, RejectedReport):
        return {"number": number, "uri": _plain(one.where or ""), "rejected": as_json(rejected_record(one))}
    one = one.at_least(min_confidence)
    return {"number": number, "uri": one.report.uri, "id": one.report.id, "lang": one.report.lang,
            "record": one.to_json(), "accounts": len(one.accounts), "unsure": len(one.unsure), "below": one.below,
            "left_out": as_json([[*step.span, step.outcome] for step in one.unsure]),
            "undated": one.report.published is None and any(a.when is None for a in one.accounts)}  # fmt: skip


def coded_of(batch: pa.RecordBatch) -> Iterator[Coded]:
    """The codings and rejections of a batch of records."""
    names = ("record", "rejected", "left_out", "below")
    for record, rejected, left_out, below in zip(*(batch[name].to_pylist() for name in names), strict=True):
        if rejected is not None:
            yield rejection(json.loads(rejected))
            continue
        unsure = tuple(Step(LEFT_OUT, Span(start, end), told) for start, end, told in json.loads(left_out))
        yield replace(Coding.from_json(record), unsure=unsure, below=below)


def _batch(rows: list[dict[str, Any]], form: pa.Schema) -> pa.RecordBatch:
    """Put rows into a batch, column by column. `from_pylist` is not used: it imports pandas wherever that is installed,
    which costs each process half a second."""
    import pyarrow as pa

    columns = []
    for one in form:
        told = pa.lib.StringBuilder()
        told.append_values([None if (value := row.get(one.name)) is None else str(value) for row in rows])
        columns.append(told.finish() if one.type == pa.string() else told.finish().cast(one.type))
    return pa.RecordBatch.from_arrays(columns, schema=form)


# ---------------------------------------------------------------- rejections


def rejected_record(one: RejectedReport) -> dict[str, str | None]:
    """A rejection as plain data."""
    return {"code": one.code, "what": _plain(one.what), "where": one.where and _plain(one.where), "remedy": one.remedy}


def rejection(row: dict[str, Any]) -> RejectedReport:
    """The rejection that `rejected_record` turned into plain data."""
    kind = _rejections().get(row["code"], RejectedReport)
    found = kind(row["what"], where=row["where"], remedy=row["remedy"])
    found.code = row["code"]
    return found


@cache
def _rejections() -> dict[str, type[RejectedReport]]:
    """The classes of rejections, by their codes."""
    kinds = (kind for kind in vars(rejections).values() if isinstance(kind, type) and issubclass(kind, RejectedReport))
    return {kind.code: kind for kind in kinds}


def as_json(value: object) -> str:
    """JSON in one line; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(words: str) -> str:
    """The text, changed where needed so that it can be written as UTF-8."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


#: The names of the options, in the order of a manifest.
OPTIONS = tuple(one.name for one in fields(Options))
