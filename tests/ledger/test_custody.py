"""The custody log: who brought a report in and whatever was done to it, in chains of which no link can be taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.ledger.custody import Origin, entry_hash, hash_of
from dateline.ledger.digests import digest_of
from dateline.ledger.moving import exported, imported
from dateline.ledger.store import Store
from dateline.ledger.succeeding import Shift, diff_of
from dateline.ledger.tables import custody
from dateline.model import Coding, Span
from tests.ledger.conftest import coded

_HEADERS = (("Content-Type", "text/html"), ("ETag", '"a1"'))


def _said(ledger: Ledger, deep: bool = False) -> list[str]:
    with ledger.store.reading() as connection:
        return [str(problem) for problem in problems(connection, deep)]


def _acts(ledger: Ledger, report: str) -> list[str]:
    return [entry["act"] for entry in ledger.custody(report)]


def test_an_entry_says_who_brought_what_from_where_and_when(ledger: Ledger, codings: list[Coding]) -> None:
    origin = Origin("https://a.example/1", "dateline watch", "2024-05-15T10:00:00+00:00", "ab" * 32, 900, 200, _HEADERS)
    ledger.add(codings[:1], origins=lambda report: origin)
    (entry,) = ledger.custody("wire")
    assert (entry["act"], entry["by"], entry["at"], entry["place"]) == ("added", "ann", "2026-01-02T00:00:00+00:00", 1)
    told = entry["body"]
    assert (told["source"], told["tool"], told["sha256"], told["bytes"]) == (
        "https://a.example/1", "dateline watch", "ab" * 32, 900,
    )  # fmt: skip
    assert told["headers"] == [list(pair) for pair in _HEADERS]
    assert told["text"] == hash_of(codings[0].report.text)
    assert told["coder"] == "dateline"


def test_whatever_is_done_to_a_report_is_an_entry(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    ledger.add(codings[:1], every=True)
    key = ledger.custody("wire")[0]["report"]
    ledger.note_use("exported", [key], {"file": "a.zip"})
    ledger.gone_from_source("wire", "410")
    ledger.back_at_source("wire")
    ledger.remove("wire", "by mistake", purge_text=True)
    assert _acts(ledger, "wire") == [
        "added", "coded again", "exported", "withdrawn at its source", "back at its source", "purged",
    ]  # fmt: skip
    places = {(e["chain"], e["place"]) for e in ledger.custody("wire")}
    assert places == {("life", n) for n in range(1, 6)} | {("use", 1)}
    assert _said(ledger, deep=True) == []
    assert all(fate["diff"] is None for fate in ledger.fate(key))


@pytest.mark.parametrize("harm", ["said", "taken out", "cut off", "between"])
def test_the_check_finds_what_was_done_to_the_log(
    opened: Callable[..., Ledger], codings: list[Coding], harm: str
) -> None:
    """Digests are made anew by whoever does it: only the chain tells."""
    ledger = opened()
    ledger.add(codings)
    ledger.add(codings[:2], every=True)
    with ledger.store.writing() as connection:
        row = connection.execute(select(custody).where(custody.c.num == 3)).mappings().one()
        if harm == "said":
            changed = {**row, "by": "bob"}
            changed["hash"] = entry_hash(changed)
            changed["digest"] = digest_of(custody, changed)
            connection.execute(update(custody).where(custody.c.num == 3).values(**changed))
        elif harm == "taken out":
            connection.execute(delete(custody).where(custody.c.num == 3))
        elif harm == "cut off":
            connection.execute(delete(custody).where(custody.c.num == 6))
        else:
            added = {**row, "num": 7, "place": 2}
            added["hash"] = entry_hash(added)
            added["digest"] = digest_of(custody, added)
            connection.execute(custody.insert().values(**added))
    assert any("custody" in line for line in _said(ledger)), _said(ledger)


def test_an_export_of_the_ledger_carries_the_log(
    opened: Callable[..., Ledger], codings: list[Coding], tmp_path: Path
) -> None:
    ledger = opened()
    ledger.add(codings)
    ledger.gone_from_source("wire")
    with ledger.store.reading() as connection:
        lines = list(exported(connection))
    with Ledger.open(str(tmp_path / "copy.sqlite"), create=True) as copy:
        with copy.store.writing() as connection:
            imported(connection, lines)
        assert copy.custody("wire") == ledger.custody("wire")
        assert _said(copy) == []
        with copy.store.reading() as connection:
            assert list(exported(connection)) == lines


def test_the_log_of_an_older_ledger_begins_with_what_is_known(tmp_path: Path, codings: list[Coding]) -> None:
    path = str(tmp_path / "old.sqlite")
    with Ledger.open(path, create=True, by="ann") as ledger:
        ledger.add(codings)
        with ledger.store.writing() as connection:
            for table in ("custody", "successions", "access"):
                connection.exec_driver_sql(f"DROP TABLE {table}")
            connection.exec_driver_sql("ALTER TABLE versions DROP COLUMN killed")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0008'")
    Store(path).upgrade()
    with Ledger.open(path) as ledger:
        (entry,) = ledger.custody("wire")
        assert (entry["act"], entry["by"], entry["body"]["before_the_log"]) == ("added", "ann", True)
        assert _said(ledger) == []


# ---------------------------------------------------------------- versions of a report


_FIRST = (
    "BASRA, Iraq - Gunmen killed two teachers at a school in Basra on Monday, the education ministry said.\n"
    "Nobody claimed the attack. Police arrested a suspect on Tuesday."
)
_SECOND = (
    "BASRA, Iraq - Gunmen killed three teachers at a school in Basra on Monday, the education ministry said.\n"
    "Nobody claimed the attack. Police arrested a suspect on Tuesday.\n"
    "An earlier version of this story gave another figure."
)


def test_a_corrected_story_is_a_new_version_and_its_events_stay(ledger: Ledger) -> None:
    ledger.add([coded("https://a.example/1", _FIRST)])
    before = {event.id: event for event in ledger.all_events()}
    killing = next(event for event in before.values() if event.counts and event.counts[0].best == 2)
    ledger.judge("accept", killing.id, "seen")
    added = ledger.revise("https://a.example/1", coded("https://a.example/1", _SECOND), "at its address")
    assert (added.new, added.events_new, added.events_gone) == (1, 0, 0)
    after = {event.id: event for event in ledger.all_events()}
    assert after.keys() == before.keys()
    assert after[killing.id].counts[0].best == 3
    assert [row["kind"] for row in ledger.history(killing.id)] == ["add", "judge", "revise"]
    (fate,) = ledger.fate(after[killing.id].accounts[0].report)
    assert "-BASRA" in fate["diff"] and "+An earlier" in fate["diff"] and "Nobody" in fate["diff"]
    assert _acts(ledger, "https://a.example/1") == ["added", "corrected at its source", "new version"]
    assert ledger.judgements(killing.id)[0]["kind"] == "accept"
    assert _said(ledger, deep=True) == []


def test_the_version_before_is_not_added_again_and_may_come_back(ledger: Ledger) -> None:
    one, two = coded("https://a.example/1", _FIRST), coded("https://a.example/1", _SECOND)
    ledger.add([one])
    ledger.revise("https://a.example/1", two)
    assert ledger.add([one]).known == 1
    assert ledger.revise("https://a.example/1", two).known == 1
    assert ledger.info()["reports"] == 1
    again = ledger.revise("https://a.example/1", one)
    assert (again.new, again.again) == (0, 1)
    assert ledger.report("https://a.example/1").report.text == _FIRST
    assert ledger.add([two]).known == 1
    assert ledger.info()["reports"] == 1
    assert _said(ledger, deep=True) == []


def test_long_texts_are_compared_at_once() -> None:
    """A hundred thousand words in one line, of which a few differ, and texts that have nothing in common."""
    words = [f"{'the' if n % 3 else n} word{n % 50}" for n in range(50_000)]
    before, after = " ".join(words), " ".join([*words[:20_000], "other words", *words[20_010:]])
    shift = Shift.between(before, after)
    at = before.rindex("word49")
    moved = shift.exact(Span(at, at + 6))
    assert moved is not None and moved.of(after) == "word49"
    assert Shift.between(before, "x " * 100_000).exact(Span(0, 3)) is None
    assert len(diff_of(before, after)) < 2_000_000


def test_purging_a_report_purges_the_versions_before_it(ledger: Ledger) -> None:
    ledger.add([coded("https://a.example/1", _FIRST)])
    ledger.revise("https://a.example/1", coded("https://a.example/1", _SECOND))
    ledger.remove("https://a.example/1", "a court's order", purge_text=True)
    with ledger.store.reading() as connection:
        assert "teachers" not in "".join(exported(connection))
    assert _said(ledger) == []


def test_what_a_person_wrote_goes_with_its_words(ledger: Ledger) -> None:
    ledger.add([coded("https://a.example/1", _FIRST)])
    key = ledger.custody("https://a.example/1")[0]["report"]
    start = _FIRST.index("claimed the attack")
    written = {
        "trigger": {"start": start, "end": start + 7}, "type": "threat", "method": [], "status": "occurred",
        "scope": "event", "when": None, "where": [], "actors": [], "counts": [], "items": [], "said_by": [],
    }  # fmt: skip
    number, event = ledger.write_account(key, written)
    ledger.revise(key, coded("https://a.example/1", _SECOND))
    found = ledger.event(event).event
    assert found.type == "threat"
    report = ledger.report(found.accounts[0].report)
    account = next(a for a in report.accounts if a.id == found.accounts[0].account_id)
    assert account.trigger.of(report.report.text) == "claimed"
    assert json.loads(json.dumps(ledger.judgements(event)))[0]["num"] == number
    assert _said(ledger, deep=True) == []
