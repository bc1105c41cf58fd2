"""`dateline add --coded`: what code wrote, in any form, gives the ledger that the reports themselves give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.world import World
from click.testing import CliRunner, Result
from sqlalchemy import select

from dateline.cli import cli
from dateline.engines.linked import Linked
from dateline.ledger import Ledger, Query
from dateline.ledger.tables import pairs
from dateline.linking.candidates import candidates
from dateline.linking.facts import key_of, told_by
from dateline.linking.rivals import weigh
from dateline.linking.weights import default_weights
from dateline.model import Coding, Report
from dateline.readers.parquet import AS_READ, report_of
from dateline.version import VERSION
from tests.volume.texts import write_lines


def _run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def _events(ledger: Path) -> list[str]:
    with Ledger.open(str(ledger)) as opened:
        return sorted(repr(event) for event in opened.events(Query(), limit=10_000).events)


@pytest.fixture
def reports(tmp_path: Path) -> str:
    return str(write_lines(tmp_path / "a.jsonl", 50))


def test_all_forms_give_the_same_ledger(tmp_path: Path, reports: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_READER", "rules")
    _run("add", reports, "--ledger", str(tmp_path / "plain.sqlite"), "-q")
    _run("code", reports, "--format", "jsonl", "--out", str(tmp_path / "c.jsonl"))
    _run("code", reports, "--format", "jsonl", "--out", f"{tmp_path}/lines/", "--part-reports", "20")
    _run("code", reports, "--out", f"{tmp_path}/table/", "--part-reports", "20")
    expected = _events(tmp_path / "plain.sqlite")
    assert len(expected) > 5
    for name, status in (("c.jsonl", 0), ("lines", 0), ("table", 3)):
        ledger = tmp_path / f"{name}.sqlite"
        done = _run("add", "--coded", str(tmp_path / name), "--ledger", str(ledger))
        assert done.exit_code == status, done.output
        assert _events(ledger) == expected
        assert "0 reports added" in _run("add", "--coded", str(tmp_path / name), "--ledger", str(ledger)).output


def test_what_is_no_coding_is_named_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "Police arrested two men."}\n')
    done = _run("add", "--coded", str(tmp_path / "bad.jsonl"), "--ledger", str(tmp_path / "l.sqlite"))
    assert done.exit_code == 1 and "bad.jsonl:1" in str(done.exception) and "DL-E005" in str(done.exception)
    (tmp_path / "empty").mkdir()
    assert "DL-E002" in str(_run("add", "--coded", str(tmp_path / "empty"), "--ledger", str(tmp_path / "l")).exception)


def test_in_bulk_the_events_are_those_of_small_batches_and_of_adding_on(tmp_path: Path) -> None:
    codings: list[Coding] = list(World().codings(300))
    with Ledger.open(str(tmp_path / "small.sqlite"), create=True) as ledger:
        ledger.add(codings)
    with Ledger.open(str(tmp_path / "bulk.sqlite"), create=True) as ledger:
        ledger.add(codings[:60], bulk=True)
        ledger.add(codings[60:])
    assert _events(tmp_path / "small.sqlite") == _events(tmp_path / "bulk.sqlite")


def test_packed_reports_are_coded_as_the_files_are(tmp_path: Path, reports: str) -> None:
    packed = _run("pack", reports, "--out", str(tmp_path / "packed.parquet"))
    assert packed.exit_code == 3 and "40 reports are in" in packed.output
    coded = []
    for name in (reports, str(tmp_path / "packed.parquet")):
        _run("code", name, "--reader", "rules", "--format", "jsonl", "--out", f"{name}.coded")
        coded.append(Path(f"{name}.coded").read_text("utf-8"))
    assert coded[0] == coded[1] != "" and "key: " in coded[0]


@pytest.mark.parametrize(
    "words", ["", "no json", "[]", '{"known": 5}', '{"known": [], "origins": [], "notes": [1]}',
              '{"known": [], "notes": [], "origins": [{"span": {"start": 0, "end": 99}, "unit": "row", "first": 1, '
              '"last": 1}]}'],
)  # fmt: skip
def test_a_column_that_pack_did_not_write_is_passed_over(words: str) -> None:
    row = {"text": "A bomb killed two in Kano.", "publisher": "The Watch", AS_READ: words}
    made = report_of(row, "a.parquet:1", 1, 1_000)
    assert isinstance(made, Report)
    assert [one.source for one in made.known] == ["column: publisher"] and made.origins[0].first == 1


def _linked(folder: Path, codings: list[Coding], files: list[Path]) -> None:
    """A folder as Spark writes it, with the pairs of these codings."""
    facts = dict(enumerate(one.fact for coding in codings for one in told_by(coding)))
    weighed = weigh(facts, candidates(facts.values()), default_weights())
    rows = [
        {"a": key_of(facts[a]), "b": key_of(facts[b]), "weight": w.weight, "beside": w.beside}
        for (a, b), w in sorted(weighed.items(), key=lambda item: (item[0][1], item[0][0]))
    ]
    (folder / "_pairs").mkdir(parents=True)
    for number, some in enumerate((rows[:50], rows[50:])):
        pq.write_table(pa.Table.from_pylist(some), folder / "_pairs" / f"part-{number:05}.zstd.parquet")
    told = {
        "version": VERSION,
        "weights": default_weights().table,
        "inputs": [{"bytes": f.stat().st_size} for f in files],
    }
    (folder / "_manifest.json").write_text(json.dumps(told))


def _written(folder: Path, codings: list[Coding]) -> list[Path]:
    folder.mkdir()
    files = []
    for number, start in enumerate(range(0, len(codings), 40)):
        files.append(folder / f"part-{number:05}.jsonl")
        files[-1].write_text("".join(c.to_json() + "\n" for c in codings[start : start + 40]), "utf-8")
    return files


def test_links_are_taken_over_and_what_comes_later_is_linked_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codings: list[Coding] = list(World().codings(300))
    linked, later = codings[:80], codings[80:]
    files = _written(tmp_path / "coded", [*linked, linked[3]])
    _linked(tmp_path / "events", linked, files)
    command = ("add", "--coded", str(tmp_path / "coded"), "--linked", str(tmp_path / "events"), "--ledger")
    monkeypatch.setattr("dateline.ledger.writing.reports._BULK", 30)
    ledger = str(tmp_path / "taken.sqlite")
    with monkeypatch.context() as nothing_is_weighed:
        nothing_is_weighed.setattr("dateline.ledger.writing.base.pair_up", None)
        # Stopped in the middle, and run again.
        with Ledger.open(ledger, create=True) as opened:
            opened.add(linked[:30], bulk=True, links=Linked(str(tmp_path / "events"), [str(tmp_path / "coded")]))
        done = _run(*command, ledger)
        assert done.exit_code == 0, (done.output, done.exception)
        assert "0 reports added" in _run(*command, ledger).output
    with Ledger.open(str(tmp_path / "plain.sqlite"), create=True) as plain:
        plain.add(linked)
        assert _events(tmp_path / "plain.sqlite") == _events(Path(ledger))
        plain.add(later)
        with Ledger.open(ledger) as taken:
            taken.add(later)
            assert _events(tmp_path / "plain.sqlite") == _events(Path(ledger))
            assert {row.weight for row in _pairs(plain)} == {row.weight for row in _pairs(taken)} != set()


def _pairs(ledger: Ledger) -> list[Any]:
    with ledger.store.reading() as connection:
        return list(connection.execute(select(pairs)).all())


def test_links_of_other_codings_or_for_a_ledger_that_holds_more_are_refused(tmp_path: Path) -> None:
    codings: list[Coding] = list(World().codings(60))
    files = _written(tmp_path / "coded", codings[:10])
    _written(tmp_path / "other", codings[:12])
    _linked(tmp_path / "events", codings[:10], files)
    ledger = str(tmp_path / "l.sqlite")
    with Ledger.open(ledger, create=True) as opened:
        opened.add(codings[20:])
    for coded, what in (("other", "of other codings"), ("coded", "holds more than")):
        done = _run("add", "--coded", f"{tmp_path}/{coded}", "--linked", f"{tmp_path}/events", "--ledger", ledger)
        assert done.exit_code == 1 and "DL-E019" in str(done.exception) and what in str(done.exception)
    (tmp_path / "empty").mkdir()
    done = _run("add", "--coded", f"{tmp_path}/coded", "--linked", f"{tmp_path}/empty", "--ledger", ledger)
    assert "DL-E019" in str(done.exception)
    assert _run("add", f"{tmp_path}/coded", "--linked", f"{tmp_path}/events", "--ledger", ledger).exit_code == 2
