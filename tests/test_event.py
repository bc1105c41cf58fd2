"""The event as an object and as JSON: what is read is written with the same bytes, and what is no event is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any, get_type_hints

import pytest

from dateline.coding import code_report
from dateline.linking import link
from dateline.model import Coding
from dateline.model.errors import BadRecord
from dateline.model.event import AccountKey, Correction, Event, EventActor, EventCount, EventPlace, Pointed, Tie
from dateline.readers import report_of
from dateline.service.shapes import events as shapes
from dateline.service.shapes.shape import Shape

_TOLD = (
    ("wire", "2024-05-15", "MOSUL, Iraq - A car bomb exploded in Mosul on Tuesday, killing 12 people, police said."),
    ("paper#2", "2024-05-16", "A car bomb killed at least 14 people in Mosul on Tuesday. Gunmen later fled."),
    ("year", "2024-12-31", "Police arrested 426 members of the Islamic State in Iraq in 122 operations in 2024."),
)


@pytest.fixture(scope="module")
def events() -> list[Event]:
    """The events of the samples, and of reports that tell of one happening."""
    samples = files("dateline") / "samples"
    texts = [(one.name, "2024-05-15", one.read_text("utf-8")) for one in samples.iterdir() if one.name.endswith(".txt")]
    codings: list[Coding] = [code_report(report_of(text, uri, day)) for uri, day, text in (*sorted(texts), *_TOLD)]
    return link(codings)


def as_bytes(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def test_events_go_through_json_byte_for_byte(events: list[Event]) -> None:
    assert len(events) > 30
    assert any(len(e.accounts) > 1 and e.why for e in events)
    assert any(c.history for e in events for c in e.counts)
    for event in events:
        again = Event.from_json(event.to_json())
        assert again == event
        assert again.to_json() == event.to_json()


def test_an_event_of_a_ledger_has_what_people_made_of_it(events: list[Event]) -> None:
    one = events[0]
    accounts = tuple(replace(a, key=f"k#{a.account_id}", report="k") for a in one.accounts)
    words = Pointed("k", 3, 9)
    place = EventPlace("Goma", "CD", None, None, None, "city", None)
    told = (Correction("where", 4, "ada"), Correction("type", 5, "ada", words))
    kept = replace(one, accounts=accounts, corrections=told, review="accepted", where=(place,), coarsened=("x",))
    row = kept.as_record()
    assert list(row)[-3:] == ["corrections", "review", "coarsened"]
    assert row["corrections"] == [
        {"field": "where", "judgement": 4, "by": "ada"},
        {"field": "type", "judgement": 5, "by": "ada", "words": {"report": "k", "start": 3, "end": 9}},
    ]
    assert "text" not in row["where"][0], "no report names it"
    assert Event.from_record(row) == kept
    assert "review" not in one.as_record(), "nobody has judged what is in no ledger"


def test_what_an_older_version_did_not_write_is_empty(events: list[Event]) -> None:
    event = next(e for e in events if e.counts and e.actors and e.where)
    row = event.as_record()
    del row["case"]
    for key, name in (("where", "text"), ("actors", "worded"), ("counts", "history")):
        for one in row[key]:
            del one[name]
    for figure in (f for c in row["counts"] for f in c["figures"]):
        del figure["party"]
    read = Event.from_record(row | {"later": 1})
    assert (read.case, read.where[0].text, read.actors[0].worded, read.counts[0].history) == (None, None, (), ())
    assert read.counts[0].figures[0].party is None
    assert read.id == event.id


def test_an_account_is_read_from_its_end_of_a_tie() -> None:
    row = {"between": ["a#b.txt#a1", "c#a2"], "weight": 1.5, "parts": []}
    whole = {
        "id": "e", "type": "other", "method": [], "status": "occurred", "scope": "event", "when": None, "where": [],
        "actors": [], "counts": [], "accounts": [], "sources": 1, "disagreements": [], "part_of": None, "why": [row],
        "confidence": 0.5,
    }  # fmt: skip
    assert Event.from_record(whole).why[0].between == (AccountKey("a#b.txt", "a1"), AccountKey("c", "a2"))


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"id": 1, "when": 3}', "null"])
def test_what_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(BadRecord, match="not an event") as found:
        Event.from_json(line)
    assert "dateline link" in found.value.remedy


def test_a_tie_of_the_api_has_the_fields_of_a_tie() -> None:
    assert set(shapes.TieOf.model_fields) == set(Tie.__slots__)


@pytest.mark.parametrize(
    ("shape", "form"),
    [
        (shapes.CountOf, EventCount),
        (shapes.BriefPlace, EventPlace),
        (shapes.BriefActor, EventActor),
        (shapes.Brief, Event),
    ],
)
def test_an_event_in_a_line_says_its_values_in_the_words_of_the_event(shape: type[Shape], form: type) -> None:
    told, own = get_type_hints(shape), get_type_hints(form)
    simple = {"type", "status", "scope", "review", "what", "party", "role", "kind", "precision", "low", "best", "high"}
    assert {name: told[name] for name in simple & set(told)} == {name: own[name] for name in simple & set(told)}


def test_the_apis_event_has_the_fields_of_an_event() -> None:
    names = {field.alias or name for name, field in shapes.EventRecord.model_fields.items()}
    assert names == {"schema", *Event.__slots__} - {"coarsened"}, "coarse events are only published in files"
