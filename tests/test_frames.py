"""Frames: codings, ledgers and exports as pandas, Arrow and GeoPandas have them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

import dateline
from dateline.ledger import Ledger, Query
from dateline.model import Coding
from dateline.publishing import Edition, written
from dateline.publishing.columns import tables
from dateline.publishing.errors import BadEdition, BadExport
from tests.ledger.conftest import codings  # noqa: F401  fixture


@pytest.fixture
def ledger(tmp_path: Path, codings: list[Coding]):  # type: ignore[no-untyped-def]  # noqa: F811
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann") as opened:
        opened.add(codings)
        yield opened


def test_a_coding_is_a_frame_at_three_levels() -> None:
    coding = dateline.code("KABUL, 3 May 2024 - Police arrested two men in Herat on Tuesday.")
    accounts, claims = coding.to_frame(), coding.to_frame("claim")
    assert list(accounts["type"]) == ["arrest"] and list(accounts["place"]) == ["Herat"]
    assert list(accounts.columns) == [c.name for c in tables()["accounts"].columns]
    assert "two men" in set(claims["words"]) and set(coding.to_frame("event")["type"]) == {"arrest"}
    assert coding.to_arrow().num_rows == 1
    assert coding.to_geopandas().geometry.iloc[0].x == pytest.approx(62.2, abs=0.2)
    with pytest.raises(BadEdition, match="no level"):
        coding.to_frame("nosuch")


def test_a_ledger_and_a_page_are_frames(ledger: Ledger) -> None:
    frame = ledger.to_frame()
    assert len(frame) == ledger.count() == len(ledger.events().to_frame())
    assert str(frame["start"].dtype) == "date32[day][pyarrow]" and str(frame["confidence"].dtype) == "double[pyarrow]"
    accounts = ledger.events(Query(types=("bombing",))).to_frame("account")
    assert set(accounts["report_uri"]) >= {"wire", "paper"}
    assert set(ledger.to_frame(level="claim")["event_id"]) == set(frame["event_id"])
    assert ledger.to_geopandas().crs.to_epsg() == 4326
    assert list(ledger.to_arrow(columns=("event_id", "type")).column_names) == ["event_id", "type"]
    assert "Saad Hamdani" in str(ledger.to_frame(level="claim")["speaker"].tolist())
    assert "Hamdani" not in str(ledger.to_frame(level="claim", names="none").to_dict())


def test_pandas_has_arrows_memory(ledger: Ledger) -> None:
    made = ledger.to_arrow()
    frame = made.to_pandas(types_mapper=pd.ArrowDtype)
    ours = frame["confidence"].array.__arrow_array__().chunk(0).buffers()[1].address
    assert ours == made.column("confidence").chunk(0).buffers()[1].address


@pytest.mark.parametrize("form", ["csv", "parquet", "geoparquet", "sqlite", "gpkg", "xlsx", "hxl", "jsonl"])
def test_an_export_is_read_back(ledger: Ledger, tmp_path: Path, form: str) -> None:
    path = tmp_path / "e.zip"
    with path.open("wb") as out:
        written(ledger, Edition(format=form), out)
    read = dateline.read_export(path)
    frame = read.to_frame()
    assert len(frame) == ledger.count()
    assert set(frame["id" if form == "jsonl" else "event_id"]) == {e.id for e in ledger.all_events()}
    assert len(read.to_frame("sources")) == read.manifest["sources"]
    with pytest.raises(BadExport, match="no table"):
        read.to_frame("nosuch")


def test_what_is_no_export_is_said(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no")
    with pytest.raises(BadExport, match="cannot be read"):
        dateline.read_export(tmp_path / "no.zip")
    out = io.BytesIO()
    written(ledger, Edition(), out)
    broken = bytearray(out.getvalue())
    (tmp_path / "short.zip").write_bytes(bytes(broken[: len(broken) // 2]))
    with pytest.raises(BadExport):
        dateline.read_export(tmp_path / "short.zip")
