"""Our own readers against the contract that others' must keep, too."""

from __future__ import annotations

import pytest

from dateline.readers.contract import check, rows
from dateline.readers.kinds import HEAD, kind_of
from dateline.readers.registry import OURS, named, owner
from tests.readers.samples import samples

SAMPLES = samples()


def test_there_is_a_sample_of_each_reader() -> None:
    assert {reader.name for reader in OURS} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_our_readers_keep_the_contract(name: str) -> None:
    reader = named(name)
    assert reader is not None
    file, data, many = SAMPLES[name]
    check(reader, file, data, many)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ending", ["", ".txt", ".html", ".csv", ".json", ".pdf", ".docx", ".zip", ".eml"])
def test_a_file_under_another_ending_is_told_by_its_bytes(name: str, ending: str) -> None:
    _, data, many = SAMPLES[name]
    if name == "download" and ending in (".html", ".csv", ".json"):
        pytest.skip("words under such an ending are no download")
    assert kind_of(data[:HEAD], f"a{ending}") == name
    reader = owner(data[:HEAD], f"a{ending}")
    assert reader is not None
    assert sum(hasattr(row, "text") for row in rows(reader, f"a{ending}", data)) == many
